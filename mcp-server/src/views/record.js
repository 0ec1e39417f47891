// A record as a card: its name, and a line for each field that says something.
const HIDDEN = new Set(["id", "object", "version", "name"]);

const words = (name) => {
  const text = name.replace(/_id$/, "").replace(/_ids$/, "s").replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
};

function value(told) {
  if (told === true || told === false) return told ? "yes" : "no";
  if (Array.isArray(told)) return told.map(value).join(", ");
  if (told && typeof told === "object") return "currency" in told ? money(told) : JSON.stringify(told);
  return String(told);
}

function line(record, name) {
  const source = record._from_outside?.[name];
  return [
    element("dt", {}, words(name), source ? element("small", { class: "outside" }, `from outside (${source})`) : null),
    element("dd", {}, value(record._names?.[name] ?? record[name])),
  ];
}

host.onResult((result) => {
  const record = result.structuredContent?.record;
  if (!record) return show(failure(result));
  const fields = Object.keys(record).filter((name) => !HIDDEN.has(name) && !name.startsWith("_"));
  show(
    element("header", {}, element("small", {}, words(record.object)), element("h1", {}, record.name ?? record.id)),
    element("dl", {}, ...fields.flatMap((name) => line(record, name))),
  );
});
host.begin();
