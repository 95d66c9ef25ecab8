// 谁在做: who holds a theme, or the themes of a scope; what firms, the home region and one applicant leave open.
import { $, ask, clauses, make, newest, problem, text } from "./common.js";
import { studyTable } from "./tables.js";
import { bare } from "./values.js";

// Column → the field of the search form that a click on its values fills; a theme goes with each.
const FIELDS = { applicant: "applicant", partner: "applicant", leaders: "applicant", region: "region", cities: "region" };
const latest = newest("who-answer"), latestGaps = newest("who-gaps");
// The scope that the section shows.
let shownFor = null, list = null;

const link = (name, title, onclick) => make("button", { type: "button", text: name, title, onclick });

/** Names in the tables list their patents by `show`; `of` tells what else those have in common. */
function linked(of, show) {
  return (name, value, cell) => {
    const theme = of.theme ?? cell("name");
    if (name === "name" && value) return link(value, text("page-list-patents-help"), () => show({ theme: value }));
    if (name === "own" && value) return link(String(value), text("page-list-these"), () => show({ theme, applicant: of.applicant }));
    const field = FIELDS[name];
    if (!field || !value?.length) return null;
    return [value].flat().flatMap((one) => [link(one, text("page-list-of", { name: bare(one) }), () => show({ theme, [field]: bare(one) })), " "]);
  };
}

function tables(answer, of, show) {
  return answer.tables.map((table, at) => studyTable(table, {
    open: at === 0, cell: linked(of, show), notes: [text("page-coverage", table.coverage), ...table.notes] }));
}

/** Who holds one theme, folded; asked for when it is opened. `show` lists the patents that some fields mean. */
export function holdersOf(theme, where, show) {
  const box = make("div", { class: "holders" });
  const load = async (event) => {
    if (!event.target.open || box.childElementCount) return;
    box.replaceChildren(make("p", { class: "quiet", role: "status", text: text("page-counting") }));
    try {
      const answer = await ask(`api/themes/${encodeURIComponent(theme.id)}/who?${new URLSearchParams(where ? { where } : {})}`);
      box.replaceChildren(make("p", { class: "quiet", text: text("page-holders-counted", { count: answer.count }) }),
        ...tables(answer, { theme: theme.id }, show));
    } catch (error) {
      box.replaceChildren(problem(error));
    }
  };
  return make("details", { class: "who", ontoggle: load }, make("summary", { text: text("page-holders") }), box);
}

const fill = (wanted) => latest(async (current) => {
  shownFor = wanted;
  // Gaps of the scope before are no longer asked for.
  latestGaps(() => {});
  $("who-note").textContent = text("page-counting");
  for (const id of ["who-status", "who-gaps", "who-answer"]) $(id).replaceChildren();
  const slow = setTimeout(() => {
    if (current()) $("who-note").textContent = text("page-counting-slow");
  }, 3000);
  try {
    const answer = await ask(`api/themes/who?${wanted}`);
    if (!current()) return;
    $("who-note").textContent = text("page-titled", { title: answer.title,
      text: clauses([text("page-holders-counted", { count: answer.count }), text("page-who-help")]) });
    $("who-answer").replaceChildren(...tables(answer, {}, list));
    $("who-names").replaceChildren(...leaders(answer).map((value) => make("option", { value })));
    if ($("who-applicant").value.trim()) await gaps();
  } catch (error) {
    if (current()) $("who-note").replaceChildren(problem(error));
  } finally { clearTimeout(slow); }
});

/** Leading applicants of all themes, to choose from. */
function leaders(answer) {
  const held = answer.tables.map((table) => [table, table.columns.findIndex((column) => column.name === "leaders")]);
  return [...new Set(held.flatMap(([table, place]) => (place < 0 ? [] : table.rows.flatMap((row) => row[place].map(bare)))))].sort();
}

/** The holdings of one applicant in every theme. */
const gaps = () => latestGaps(async (current) => {
  const applicant = $("who-applicant").value.trim();
  $("who-gaps").replaceChildren();
  $("who-status").textContent = applicant ? text("page-counting") : "";
  if (!applicant) return;
  try {
    const answer = await ask(`api/themes/who?${new URLSearchParams([...new URLSearchParams(shownFor), ["applicant", applicant]])}`);
    if (!current()) return;
    const [table] = answer.tables, own = table.columns.findIndex((column) => column.name === "own");
    const holds = table.missing || table.rows.some((row) => row[own] > 0);
    $("who-status").replaceChildren(...(holds ? [] : [problem({ message: text("page-who-none", { applicant }), help: text("page-who-none-help") })]));
    if (holds) $("who-gaps").replaceChildren(...tables(answer, { applicant }, list));
  } catch (error) { if (current()) $("who-status").replaceChildren(problem(error)); }
});

function close() {
  $("who").hidden = true;
  $("themes-who").setAttribute("aria-expanded", "false");
  $("themes-who").focus();
}

function makeSection() {
  const section = make("section", { class: "directions", id: "who", hidden: "", "aria-labelledby": "who-title" }, make("div", {},
    make("div", { class: "who-head" }, make("h2", { id: "who-title", tabindex: -1, text: text("page-who") }),
      make("button", { type: "button", class: "minor", text: text("page-fold"), onclick: close })),
    make("p", { class: "quiet", id: "who-note", role: "status", "aria-live": "polite" }),
    make("form", { id: "who-form" }, make("div", { class: "filters" },
      make("label", { class: "wide", text: text("page-who-applicant") },
        make("input", { type: "text", id: "who-applicant", list: "who-names", autocomplete: "off" })),
      make("button", { type: "submit", text: text("page-who-gaps") }), make("datalist", { id: "who-names" }))),
    make("p", { class: "quiet", id: "who-status", role: "status" }), make("div", { id: "who-gaps" }), make("div", { id: "who-answer" })));
  section.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.isComposing) close(); });
  $("answer").before(section);
  $("who-form").addEventListener("submit", (event) => { event.preventDefault(); gaps(); });
}

/** The button that opens and closes the section; `wanted` gives the scope, `show` lists patents. */
export function whoButton(wanted, show) {
  const open = () => {
    if (!$("who").hidden) { close(); return; }
    $("who").hidden = false;
    $("themes-who").setAttribute("aria-expanded", "true");
    followWho(wanted());
    $("who").scrollIntoView({ block: "nearest" });
    $("who-title").focus({ preventScroll: true });
  };
  list = show;
  makeSection();
  return make("button", { type: "button", class: "minor", id: "themes-who", text: text("page-who"), "aria-expanded": "false",
    "aria-controls": "who", title: text("page-who-title"), onclick: open });
}

/** Where the section is open it shows the same scope as the themes. */
export function followWho(wanted) {
  if (!$("who").hidden && shownFor !== wanted) fill(wanted);
}

/** Themes changed: what was counted no longer holds. */
export function forgetWho() { shownFor = null; }
