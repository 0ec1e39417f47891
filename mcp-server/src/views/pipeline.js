// The pipeline as a board: a column for each stage, then what was won and lost.
const plural = new Intl.PluralRules(document.documentElement.lang);
const count = (deals) => say(TEXTS.deals[plural.select(deals)] ?? TEXTS.deals.other, { count: number(deals) });

// None where the deals have none.
const amount = (row) => (row.mixed_currencies ? TEXTS.currencies : row.amount ? money(row.amount) : null);

function column(row) {
  const expected = row.mixed_currencies ? null : row.expected_revenue;
  return element(
    "li",
    { class: "column" },
    element("h2", {}, row.stage ?? TEXTS.none),
    amount(row) && element("strong", {}, amount(row)),
    element("p", {}, count(row.deals ?? 0)),
    expected && element("p", { class: "quiet" }, say(TEXTS.expected, { amount: money(expected) })),
  );
}

function list(title, rows, by) {
  if (rows.length === 0) return null;
  const told = (row) => [count(row.deals ?? 0), amount(row)].filter(Boolean).join(", ");
  const lines = rows.map((row) => element("li", {}, `${row[by] ?? TEXTS.none}: ${told(row)}`));
  return element("section", {}, element("h2", {}, title), element("ul", {}, lines));
}

host.onResult((result) => {
  const told = result.structuredContent;
  if (!told?.open) return show(failure(result));
  // What may be wider than its place is to be reached by keys.
  const board = element("ol", { class: "board", tabindex: "0", "aria-label": TEXTS.open }, told.open.map(column));
  const ended = [list(TEXTS.won, told.won ?? [], "owner"), list(TEXTS.lost, told.lost ?? [], "lost_reason")];
  show(
    element("h1", {}, TEXTS.pipeline),
    told.open.length > 0 ? board : element("p", {}, TEXTS.empty),
    element("div", { class: "ended" }, ended),
  );
});
host.begin();
