import { AddressInput } from "./AddressInput";
import { AnyReferenceInput } from "./AnyReferenceInput";
import { BooleanInput } from "./BooleanInput";
import { DateInput, DateTimeInput } from "./DateInputs";
import { DurationInput } from "./DurationInput";
import { FileInput } from "./FileInput";
import type { InputProps } from "./InputProps";
import { JsonInput } from "./JsonInput";
import { LocationInput } from "./LocationInput";
import { MoneyInput } from "./MoneyInput";
import { NumberInput } from "./NumberInput";
import { RatingInput } from "./RatingInput";
import { ReferenceInput, ReferencesInput } from "./ReferenceInput";
import { MultiSelectInput, SelectInput } from "./SelectInputs";
import { LongTextInput, TextInput } from "./TextInputs";
import { valueType } from "../api/schema";

/** The input for a field's type. */
export function FieldInput(props: InputProps) {
  switch (valueType(props.field)) {
    case "long_text": case "rich_text": return <LongTextInput {...props} />;
    case "number": case "decimal": case "percent": return <NumberInput {...props} />;
    case "money": return <MoneyInput {...props} />;
    case "rating": return <RatingInput {...props} />;
    case "boolean": return <BooleanInput {...props} />;
    case "date": return <DateInput {...props} />;
    case "datetime": return <DateTimeInput {...props} />;
    case "duration": return <DurationInput {...props} />;
    case "select": return <SelectInput {...props} />;
    case "multi_select": return <MultiSelectInput {...props} />;
    case "reference": case "user": return <ReferenceInput {...props} />;
    case "references": return <ReferencesInput {...props} />;
    case "any_reference": return <AnyReferenceInput {...props} />;
    case "file": return <FileInput {...props} />;
    case "address": return <AddressInput {...props} />;
    case "location": return <LocationInput {...props} />;
    case "json": return <JsonInput {...props} />;
    default: return <TextInput {...props} />;
  }
}
