// 产业链与对比: a chain drawn by its nodes, tables below it; two to six sides next to each other.
import { $, ask, language, make, newest, parted, problem, text } from "./common.js";
import { SPACE, studyTable } from "./tables.js";
import { besideOf, isBelow, nodeName } from "./values.js";

/** Rows of a table as objects by column. */
function records(table) {
  return table.rows.map((row) => Object.fromEntries(row.map((value, at) => [table.columns[at].name, value])));
}

function box(node, leaders) {
  const rta = typeof node.rta === "number" && node.standing ? text("page-node-standing", { rta: node.rta.toFixed(2), standing: node.standing }) : "";
  const held = leaders.get(node.label)?.leading ?? [];
  return make("div", { class: "node", "data-standing": node.standing ?? "",
    title: [node.standing && text("page-node-interval", { standing: node.standing, interval: node.interval }), ...(held ?? [])].filter(Boolean).join("\n") || null },
    make("b", { text: nodeName(node.label) }), make("span", { text: text("page-patents", { count: node.count }) }), rta && make("span", { text: rta }));
}

/** Links in a row, what is below each beneath it, what stands beside it above it. */
function drawn(chapter) {
  const nodes = records(chapter.tables[0]);
  const leaders = new Map(records(chapter.tables[1]).map((one) => [one.label, one]));
  const columns = [], byName = new Map();
  let column = null;
  for (const node of nodes) {
    if (!besideOf(node.label) && !isBelow(node.label)) {
      column = { link: node, above: [], below: [] };
      columns.push(column); byName.set(node.label, column);
    }
  }
  let list = null;
  for (const node of nodes) {
    const beside = besideOf(node.label);
    if (beside) { list = byName.get(beside).above; list.push(node); }
    else if (byName.has(node.label)) list = byName.get(node.label).below;
    else list.push(node);
  }
  return make("div", { class: "chain", role: "group", tabindex: 0, "aria-label": chapter.title }, ...columns.map((one) =>
    make("div", { class: "chain-column" },
      make("div", { class: "chain-beside" }, ...one.above.map((node) => box(node, leaders))),
      make("div", { class: "chain-link" }, box(one.link, leaders)),
      make("div", { class: "chain-below" }, ...one.below.map((node) => box(node, leaders))))));
}

const sentences = (chapter) =>
  make("p", { class: "findings" }, ...chapter.findings.map((finding) => make("span", { text: finding.text })));

async function show(event) {
  event.preventDefault();
  const form = new FormData($("chains-form")), query = new URLSearchParams({ language });
  for (const name of ["where", "reference", "alliance"]) if (form.get(name)?.trim()) query.set(name, form.get(name).trim());
  for (const name of parted(form.get("holder"))) query.append("holder", name);
  await fill(`api/chains/${encodeURIComponent(form.get("name"))}?${query}`, (answer) => [
    drawn(answer.chapter), sentences(answer.chapter),
    ...answer.needs.map((need) => make("p", { class: "quiet", text: need })),
    ...answer.chapter.tables.map((table, at) => studyTable(table, { open: at === 0 }))]);
}

async function compare(event) {
  event.preventDefault();
  const form = new FormData($("compare-form")), sides = parted(form.get("sides"));
  const query = new URLSearchParams([["language", language], ...sides.map((side) => ["side", side])]);
  if (sides.length < 2) {
    $("chains-summary").replaceChildren(problem({ message: text("page-sides-too-few"), help: text("page-sides-too-few-help") }));
    return;
  }
  if (form.get("where")?.trim()) query.set("where", form.get("where").trim());
  await fill(`api/compare?${query}`, (answer) => [
    sentences(answer.chapter), ...answer.chapter.tables.map((table, at) => studyTable(table, { open: at === 0 }))]);
}

const latest = newest("chains-answer");

const fill = (path, items) => latest(async (current) => {
  $("chains-summary").textContent = text("page-counting");
  try {
    const answer = await ask(path), chapter = answer.chapter;
    if (!current()) return;
    $("chains-summary").textContent = answer.sides
      ? answer.sides.map((side) => text("page-side", side)).join(SPACE)
      : text("page-chain-summary", chapter);
    $("chains-answer").replaceChildren(...items(answer));
  } catch (error) {
    if (!current()) return;
    $("chains-summary").replaceChildren(problem(error));
    $("chains-answer").replaceChildren();
  }
});

async function open() {
  if (!$("chains").open || $("chain-name").children.length) return;
  const { chains } = await ask("api/chains");
  $("chain-name").replaceChildren(...chains.map((chain) => make("option", { value: chain.name, text: chain.title })));
}

$("chains").addEventListener("toggle", () => open().catch((error) => $("chains-summary").replaceChildren(problem(error))));
$("chains-form").addEventListener("submit", show);
$("compare-form").addEventListener("submit", compare);
