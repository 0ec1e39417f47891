// The pipeline as a board: a column for each stage, then what was won and lost.
const count = (deals) => `${deals} ${deals === 1 ? "deal" : "deals"}`;

function column(name, row) {
  return element(
    "section",
    { class: "column" },
    element("h2", {}, name),
    element("strong", {}, row.mixed_currencies ? "several currencies" : money(row.amount)),
    element("p", {}, count(row.deals ?? 0)),
    row.expected_revenue === undefined ? null : element("p", { class: "quiet" }, `expected ${money(row.expected_revenue)}`),
  );
}

function list(title, rows, by) {
  if (rows.length === 0) return null;
  const lines = rows.map((row) => element("li", {}, `${row[by] ?? "–"}: ${count(row.deals ?? 0)}, ${money(row.amount)}`));
  return element("section", {}, element("h2", {}, title), element("ul", {}, ...lines));
}

host.onResult((result) => {
  const told = result.structuredContent;
  if (!told?.open) return show(failure(result));
  const columns = told.open.map((row) => column(row.stage ?? "–", row));
  const board = columns.length > 0 ? element("div", { class: "board" }, ...columns) : element("p", {}, "No open deals.");
  const ended = [list("Won", told.won ?? [], "owner"), list("Lost", told.lost ?? [], "lost_reason")];
  show(element("h1", {}, "Pipeline"), board, ...ended.filter(Boolean));
});
host.begin();
