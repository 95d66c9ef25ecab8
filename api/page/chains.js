// 产业链与对比: a chain drawn by its nodes, tables below it; two to six sides next to each other.
import { $, ask, make, newest, problem } from "./common.js";
import { studyTable } from "./tables.js";

/** Rows of a table as objects by column. */
function records(table) {
  return table.rows.map((row) => Object.fromEntries(row.map((value, at) => [table.columns[at].name, value])));
}

function box(node, leaders) {
  const name = node.label.trim().replace(/（旁支：.*）$/, "");
  const rta = typeof node.rta === "number" && node.standing ? `区位熵 ${node.rta.toFixed(2)}，${node.standing}` : "";
  const held = leaders.get(node.label)?.leading ?? [];
  return make("div", { class: "node", "data-standing": node.standing ?? "",
    title: [node.standing && `${node.standing}，95%区间 ${node.interval}`, ...(held ?? [])].filter(Boolean).join("\n") || null },
    make("b", { text: name }), make("span", { text: `${node.count} 件` }), rta && make("span", { text: rta }));
}

/** Links in a row, what is below each beneath it, what stands beside it above it. */
function drawn(chapter) {
  const nodes = records(chapter.tables[0]);
  const leaders = new Map(records(chapter.tables[1]).map((one) => [one.label, one]));
  const columns = [], byName = new Map();
  let column = null;
  for (const node of nodes) {
    const beside = node.label.match(/（旁支：(.*)）$/)?.[1];
    if (!beside && !node.label.startsWith("　")) {
      column = { link: node, above: [], below: [] };
      columns.push(column); byName.set(node.label, column);
    }
  }
  let list = null;
  for (const node of nodes) {
    const beside = node.label.match(/（旁支：(.*)）$/)?.[1];
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
  const form = new FormData($("chains-form")), query = new URLSearchParams();
  for (const name of ["where", "reference", "alliance"]) if (form.get(name)?.trim()) query.set(name, form.get(name).trim());
  for (const name of (form.get("holder") ?? "").split(/[;；]/)) if (name.trim()) query.append("holder", name.trim());
  await fill(`api/chains/${encodeURIComponent(form.get("name"))}?${query}`, (answer) => [
    drawn(answer.chapter), sentences(answer.chapter),
    ...answer.needs.map((need) => make("p", { class: "quiet", text: need })),
    ...answer.chapter.tables.map((table, at) => studyTable(table, { open: at === 0 }))]);
}

async function compare(event) {
  event.preventDefault();
  const form = new FormData($("compare-form")), query = new URLSearchParams();
  for (const side of (form.get("sides") ?? "").split(/[;；]/)) if (side.trim()) query.append("side", side.trim());
  if (query.size < 2) {
    $("chains-summary").replaceChildren(problem({ message: "请写两项以上，用；分隔，例如：十二五；十三五" }));
    return;
  }
  if (form.get("where")?.trim()) query.set("where", form.get("where").trim());
  await fill(`api/compare?${query}`, (answer) => [
    sentences(answer.chapter), ...answer.chapter.tables.map((table, at) => studyTable(table, { open: at === 0 }))]);
}

const latest = newest("chains-answer");

const fill = (path, items) => latest(async (current) => {
  $("chains-summary").textContent = "统计中…";
  try {
    const answer = await ask(path), chapter = answer.chapter;
    if (!current()) return;
    $("chains-summary").textContent = answer.sides
      ? answer.sides.map((side) => `${side.title} ${side.count} 件`).join("　")
      : `${chapter.title}：${chapter.study}，${chapter.count} 件专利，截至 ${chapter.as_of}`;
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
