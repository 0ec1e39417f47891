// A record as a card: its name, and a line for each field that says something. What the fields are called comes beside
// the answer, for this view alone; a client of which it is not known that it shows views is not told.
const HIDDEN = new Set(["id", "object", "version", "name"]);

const words = (name) => {
  const text = name.replace(/_id$/, "").replace(/_ids$/, "s").replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const exact = (value) => number(value, { maximumFractionDigits: 9 });

const KINDS = {
  money,
  date: day,
  datetime: instant,
  number: exact,
  decimal: exact,
  percent: (value) => number(value / 100, { style: "percent", maximumFractionDigits: 2 }),
};

function value(told, field) {
  if (Array.isArray(told)) return told.map((one) => value(one, field)).join(", ");
  if (told === true || told === false) return told ? TEXTS.yes : TEXTS.no;
  if (told && typeof told === "object") {
    return "currency" in told ? money(told) : Object.values(told).filter((part) => typeof part !== "object").join(", ");
  }
  const write = KINDS[field.kind] ?? (typeof told === "number" ? number : String);
  return field.options?.[told] ?? write(told);
}

function line(record, name, field) {
  const source = record._from_outside?.[name];
  const named = record._names?.[name];
  return element(
    "div",
    {},
    element("dt", {}, field.label ?? words(name), source ? element("small", { class: "outside" }, say(TEXTS.outside, { source })) : null),
    element("dd", {}, named === undefined ? value(record[name], field) : value(named, {})),
  );
}

host.onResult((result) => {
  const record = result.structuredContent?.record;
  if (!record) return show(failure(result));
  const called = result._meta?.["parley/labels"] ?? {};
  const fields = Object.keys(record).filter((name) => !HIDDEN.has(name) && !name.startsWith("_"));
  show(
    element("header", {}, element("small", {}, called.object ?? words(record.object)), element("h1", {}, record.name ?? record.id)),
    element("dl", {}, fields.map((name) => line(record, name, called.fields?.[name] ?? {}))),
  );
});
host.begin();
