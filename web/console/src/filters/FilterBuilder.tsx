import AddIcon from "@mui/icons-material/Add";
import DeleteIcon from "@mui/icons-material/DeleteOutlineOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import IconButton from "@mui/material/IconButton";
import Paper from "@mui/material/Paper";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import Tooltip from "@mui/material/Tooltip";
import { useMemo } from "react";
import { useSchema } from "../api/schema";
import type { ObjectDef } from "../api/types";
import { useText } from "../i18n";
import { ConditionRow } from "./ConditionRow";
import { RelatedRow } from "./RelatedRow";
import { emptyGroup, type Group, type Node } from "./model";
import { choicesFor, valueFor } from "./operators";
import { pathsOf } from "./paths";

interface FilterBuilderProps { object: ObjectDef; group: Group; onChange: (group: Group) => void; depth?: number }

export function FilterBuilder({ object, group, onChange, depth = 0 }: FilterBuilderProps) {
  const t = useText();
  const schema = useSchema();
  const paths = useMemo(() => pathsOf(object, schema), [object, schema]);
  const replace = (index: number, next: Node | null) => {
    const items = [...group.items];
    if (next) items[index] = next;
    else items.splice(index, 1);
    onChange({ ...group, items });
  };
  const add = (node: Node) => onChange({ ...group, items: [...group.items, node] });
  const addCondition = () => {
    const first = paths[0];
    const choice = first && choicesFor(first.field)[0];
    if (first && choice) add({ kind: "condition", field: first.path, op: choice.op, value: valueFor(choice, undefined) });
  };
  return (
    <Box role="group" aria-label={t("filter.group")}>
      <Box sx={{ display: "flex", alignItems: "center", gap: 1, mb: 2 }}>
        <ToggleButtonGroup
          exclusive size="small" value={group.join} aria-label={t("filter.join")}
          onChange={(_, join: Group["join"] | null) => { if (join) onChange({ ...group, join }); }}
        >
          <ToggleButton value="and" sx={{ py: 0.25, textTransform: "none" }}>{t("filter.all")}</ToggleButton>
          <ToggleButton value="or" sx={{ py: 0.25, textTransform: "none" }}>{t("filter.anyOf")}</ToggleButton>
        </ToggleButtonGroup>
        <Tooltip title={t("filter.negateHelp")}>
          <ToggleButton value="not" size="small" selected={group.negated ?? false} onChange={() => onChange({ ...group, negated: !group.negated })} sx={{ py: 0.25, textTransform: "none" }}>{t("filter.negate")}</ToggleButton>
        </Tooltip>
      </Box>
      {group.items.map((item, index) => (
        <Box key={index} sx={{ display: "flex", gap: 0.5, alignItems: "flex-start", mb: 1.5 }}>
          <Box sx={{ flex: 1, minWidth: 0 }}>
            {item.kind === "condition" && <ConditionRow object={object} paths={paths} condition={item} onChange={(next) => replace(index, next)} />}
            {item.kind === "related" && <RelatedRow object={object} related={item} onChange={(next) => replace(index, next)} depth={depth} />}
            {item.kind === "group" && <Paper variant="outlined" sx={{ p: 1.5 }}><FilterBuilder object={object} group={item} depth={depth + 1} onChange={(next) => replace(index, next)} /></Paper>}
          </Box>
          <IconButton aria-label={t("filter.remove")} onClick={() => replace(index, null)}><DeleteIcon fontSize="small" /></IconButton>
        </Box>
      ))}
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 0.5 }}>
        <Button startIcon={<AddIcon />} onClick={addCondition} disabled={paths.length === 0}>{t("filter.addCondition")}</Button>
        {depth < 2 && <Button startIcon={<AddIcon />} onClick={() => add({ ...emptyGroup(), join: group.join === "and" ? "or" : "and" })}>{t("filter.addGroup")}</Button>}
        {depth < 2 && (object.relations?.length ?? 0) > 0 && <Button startIcon={<AddIcon />} onClick={() => add({ kind: "related", through: object.relations?.[0]?.name ?? "", none: false, inner: emptyGroup() })}>{t("filter.addRelated")}</Button>}
      </Box>
    </Box>
  );
}
