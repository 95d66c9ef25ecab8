// Tables of a study, as 技术方向 and 产业链与对比 both show them.
import { listed, make, text } from "./common.js";

// Wide enough to set notes and facts apart.
export const SPACE = "\u2003";
const NUMBERS = ["count", "share", "ratio", "number"];

function written(value, kind) {
  if (value === null || value === "") return "—";
  if (Array.isArray(value)) return listed(value);
  if (typeof value !== "number") return String(value);
  if (kind === "share") return (100 * value).toFixed(1);
  if (kind === "ratio") return value.toFixed(2);
  return kind === "number" ? value.toFixed(1) : String(value);
}

/**
 * A table that folds, its notes below it, then what else belongs there; columns of row numbers are for programs.
 * `cell(name, value, other)` may give elements in place of a text; `other(name)` is another value of the row.
 */
export function studyTable(table, { open = false, notes = table.notes, below = [], cell = () => null } = {}) {
  if (table.missing) return make("p", { class: "quiet", text: text("page-titled", { title: table.title, text: table.missing }) });
  if (!table.rows.length) return make("p", { class: "quiet", text: [text("page-titled", { title: table.title, text: text("page-table-empty") }), ...notes].join(SPACE) });
  const columns = table.columns.filter((column) => column.kind !== "rows");
  const places = columns.map((column) => table.columns.indexOf(column));
  const number = (column) => (NUMBERS.includes(column.kind) ? "n" : null);
  const filled = (row, place) => {
    const { name, kind } = table.columns[place];
    const made = cell(name, row[place], (other) => row[table.columns.findIndex((column) => column.name === other)]);
    return make("td", { class: number({ kind }), text: made ? null : written(row[place], kind) }, ...[made].flat());
  };
  return make("details", { class: "study-table", open: open ? "" : null },
    make("summary", { text: text("page-table-title", { title: table.title, count: table.rows.length }) }),
    make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": table.title }, make("table", {},
      make("thead", {}, make("tr", {}, ...columns.map((column) =>
        make("th", { scope: "col", class: number(column), text: column.unit ? text("page-bracketed", { text: column.label, note: column.unit }) : column.label })))),
      make("tbody", {}, ...table.rows.map((row) => make("tr", {}, ...places.map((place) => filled(row, place))))))),
    make("p", { class: "quiet", text: notes.join(SPACE) }), ...below);
}
