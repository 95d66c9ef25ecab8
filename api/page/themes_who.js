// 谁在做: who holds a theme, or the themes of a scope; what firms, the home region and one applicant leave open.
import { $, ask, make, newest, problem } from "./common.js";
import { studyTable } from "./tables.js";

// Column → the field of the search form that a click on its values fills; a theme goes with each.
const FIELDS = { applicant: "applicant", partner: "applicant", leaders: "applicant", region: "region", cities: "region" };
const latest = newest("who-answer"), latestGaps = newest("who-gaps");
// The scope that the section shows.
let shownFor = null, list = null;

/** 贵州大学（12） without its count. */
const bare = (text) => text.replace(/（\d+）$/, "");

const link = (text, title, onclick) => make("button", { type: "button", text, title, onclick });

/** Names in the tables list their patents by `show`; `of` tells what else those have in common. */
function linked(of, show) {
  return (name, value, cell) => {
    const theme = of.theme ?? cell("name");
    if (name === "name" && value) return link(value, "列出这个主题的专利", () => show({ theme: value }));
    if (name === "own" && value) return link(String(value), "列出这些专利", () => show({ theme, applicant: of.applicant }));
    const field = FIELDS[name];
    if (!field || !value?.length) return null;
    return [value].flat().flatMap((one) => [link(one, `列出${bare(one)}在这个主题中的专利`, () => show({ theme, [field]: bare(one) })), " "]);
  };
}

function tables(answer, of, show) {
  return answer.tables.map((table, at) => studyTable(table, {
    open: at === 0, cell: linked(of, show), notes: [`数据覆盖 ${table.coverage.known}/${table.coverage.of}`, ...table.notes] }));
}

/** Who holds one theme, folded; asked for when it is opened. `show` lists the patents that some fields mean. */
export function holdersOf(theme, where, show) {
  const box = make("div", { class: "holders" });
  const load = async (event) => {
    if (!event.target.open || box.childElementCount) return;
    box.replaceChildren(make("p", { class: "quiet", role: "status", text: "统计中…" }));
    try {
      const answer = await ask(`api/themes/${encodeURIComponent(theme.id)}/who?${new URLSearchParams(where ? { where } : {})}`);
      box.replaceChildren(make("p", { class: "quiet", text: `按 ${answer.count} 件统计，不含外观设计` }),
        ...tables(answer, { theme: theme.id }, show));
    } catch (error) {
      box.replaceChildren(problem(error));
    }
  };
  return make("details", { class: "who", ontoggle: load }, make("summary", { text: "持有人" }), box);
}

const fill = (wanted) => latest(async (current) => {
  shownFor = wanted;
  // Gaps of the scope before are no longer asked for.
  latestGaps(() => {});
  $("who-note").textContent = "统计中…";
  for (const id of ["who-told", "who-gaps", "who-answer"]) $(id).replaceChildren();
  const slow = setTimeout(() => {
    if (current()) $("who-note").textContent = "统计中…专利多时第一次要几十秒，之后很快";
  }, 3000);
  try {
    const answer = await ask(`api/themes/who?${wanted}`);
    if (!current()) return;
    $("who-note").textContent = `${answer.title}：${answer.count} 件专利，不含外观设计；点主题、申请人或城市即列出其专利`;
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
  $("who-told").textContent = applicant ? "统计中…" : "";
  if (!applicant) return;
  try {
    const answer = await ask(`api/themes/who?${new URLSearchParams([...new URLSearchParams(shownFor), ["applicant", applicant]])}`);
    if (!current()) return;
    const [table] = answer.tables, own = table.columns.findIndex((column) => column.name === "own");
    const holds = table.missing || table.rows.some((row) => row[own] > 0);
    $("who-told").replaceChildren(...(holds ? [] : [problem({ message: `这些主题中没有“${applicant}”的专利`,
      help: "请核对名称，须与库中写法一致；输入时可从主要申请人中选" })]));
    if (holds) $("who-gaps").replaceChildren(...tables(answer, { applicant }, list));
  } catch (error) { if (current()) $("who-told").replaceChildren(problem(error)); }
});

function close() {
  $("who").hidden = true;
  $("themes-who").setAttribute("aria-expanded", "false");
  $("themes-who").focus();
}

function makeSection() {
  const section = make("section", { class: "directions", id: "who", hidden: "", "aria-labelledby": "who-title" }, make("div", {},
    make("div", { class: "who-head" }, make("h2", { id: "who-title", tabindex: -1, text: "谁在做" }),
      make("button", { type: "button", class: "minor", text: "收起", onclick: close })),
    make("p", { class: "quiet", id: "who-note", role: "status", "aria-live": "polite" }),
    make("form", { id: "who-form" }, make("div", { class: "filters" },
      make("label", { class: "wide", text: "一个申请人或集团在各主题的布局与空白" },
        make("input", { type: "text", id: "who-applicant", list: "who-names", autocomplete: "off" })),
      make("button", { type: "submit", text: "看空白" }), make("datalist", { id: "who-names" }))),
    make("p", { class: "quiet", id: "who-told", role: "status" }), make("div", { id: "who-gaps" }), make("div", { id: "who-answer" })));
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
  return make("button", { type: "button", class: "minor", id: "themes-who", text: "谁在做", "aria-expanded": "false",
    "aria-controls": "who", title: "这些主题的持有人、企业空白、本地空白", onclick: open });
}

/** Where the section is open it shows the same scope as the themes. */
export function followWho(wanted) {
  if (!$("who").hidden && shownFor !== wanted) fill(wanted);
}

/** Themes changed: what was counted no longer holds. */
export function forgetWho() { shownFor = null; }
