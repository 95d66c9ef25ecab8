// Searching: by text, number or several patents for similar ones, by filters alone for a list.
import { $, ask, complain, json, make, newest, save } from "./common.js";
import { showFacets } from "./facets.js";
import { hitItem, listedItem } from "./hits.js";

const PAGE = 20, MOST = 200, MOST_LISTED = 1000, LONGEST_LINK = 6000;
// Patents that hits should be like or not, by number.
const judged = { like: new Set(), unlike: new Set() };
const NOTHING = { said: "输入一段技术描述或专利号；只填条件则列出符合的专利。", items: [], facets: [], tools: [], more: false };
const turn = newest();
let wanted = PAGE;
// What the address of the page last asked.
let linked = location.search;

/** The fields of the form that narrow. */
function given() {
  return [...new FormData($("form"))].map(([name, value]) => [name, value.trim()]).filter(([name, value]) => name !== "text" && value);
}

const plain = (name) => name === "where" || name.startsWith("filed_");

/** Filters as the API takes them: a 检索式 and dates are texts, all others lists of alternatives. */
function filters() {
  return Object.fromEntries(given().map(([name, value]) =>
    [name, plain(name) ? value : value.split(/[;；]/).map((one) => one.trim()).filter(Boolean)]));
}

function filterQuery(more = {}) {
  const query = new URLSearchParams(more);
  for (const [name, values] of Object.entries(filters())) for (const value of [values].flat()) query.append(name, value);
  return query;
}

function question() {
  return { query: $("text").value.trim(), filters: filters(), like: [...judged.like], unlike: [...judged.unlike] };
}

function judge(kind, number) {
  judged[kind === "like" ? "unlike" : "like"].delete(number);
  if (!judged[kind].delete(number)) judged[kind].add(number);
  search();
}

const act = { judge, find: (number) => { $("text").value = number; search(); } };

function judgedItems() {
  const chips = (kind, label) => [...judged[kind]].map((number) => make("button", {
    type: "button", class: `chip ${kind}`, title: "去掉", text: `${label} ${number} ×`, onclick: () => judge(kind, number) }));
  return [...chips("like", "像"), ...chips("unlike", "不像")];
}

const scopeOf = ({ text, count }) => (text === "*" ? `全库 ${count} 件专利` : `${text} 的 ${count} 件专利`);

/** Patents like what was asked, with their facets. */
async function similar(asked) {
  const answer = await ask("api/search", json({ ...asked, k: wanted, facets: true, highlight: true }));
  const { hits } = answer, best = Math.max(1, ...hits.map((hit) => hit.lexical));
  const file = (kind) => make("button", { type: "button", text: `导出 ${kind}`, onclick: () =>
    save(`api/search?export=${kind}`, json({ ...asked, k: hits.length, highlight: true }), `相似专利.${kind}`).catch(complain) });
  return {
    said: [hits.length ? `${scopeOf(answer.selection)}中最相似的 ${hits.length} 项技术` : `${scopeOf(answer.selection)}中没有结果；请放宽条件`, ...answer.notes].join("；"),
    items: hits.map((hit) => hitItem(hit, best, act)), facets: answer.facets,
    tools: hits.length ? [file("xlsx"), file("docx")] : [],
    more: hits.length === wanted && wanted < MOST,
  };
}

/** All patents that the filters mean, a page of them. */
async function listed() {
  const answer = await ask(`api/select?${filterQuery({ limit: wanted })}`);
  const { patents, selection, noise, notes } = answer;
  const file = (kind) => make("a", { href: `api/export?${filterQuery({ kind })}`, download: "", text: `导出全部 ${kind}` });
  const said = [patents.length ? `${scopeOf(selection)}，列出前 ${patents.length} 件` : `${scopeOf(selection)}；请放宽条件`,
    noise && `另有 ${noise} 件标为噪声`, ...notes].filter(Boolean).join("；");
  return {
    said, items: patents.map((patent) => listedItem(patent, act)), facets: [],
    tools: patents.length ? [file("xlsx"), file("csv")] : [],
    more: patents.length < Math.min(selection.count, MOST_LISTED),
  };
}

function show({ said, items, facets, tools, more }, chosen) {
  const lost = $("hits").contains(document.activeElement) || $("judged").contains(document.activeElement);
  $("summary").textContent = said;
  $("tools").replaceChildren(...tools);
  $("hits").replaceChildren(...items);
  showFacets(facets, chosen, search);
  $("more").hidden = !more;
  // Who works by keys goes on at the answer, not at the top of the page.
  if (lost) $("summary").focus({ preventScroll: true });
}

/** On a small screen the answer lies below the fold: bring it up. */
function bringUp() {
  if ($("summary").getBoundingClientRect().top > innerHeight * .8) $("answer").scrollIntoView();
}

async function answer(asked) {
  const current = turn();
  $("judged").replaceChildren(...judgedItems());
  const likeness = asked.query || asked.like.length;
  if (!likeness && !given().length) {
    show(NOTHING, {});
    return;
  }
  $("summary").textContent = "检索中…";
  try {
    const found = await (likeness ? similar(asked) : listed());
    if (current()) show(found, asked.filters);
  } catch (error) {
    if (!current()) return;
    if (wanted === PAGE) show(NOTHING, {});
    $("more").hidden = true;
    complain(error);
  }
  bringUp();
}

/** What is asked as a link to this page; empty when the text is too long for one. */
function link() {
  const query = new URLSearchParams(given()), text = $("text").value.trim();
  if (text) query.set("q", text);
  for (const kind of ["like", "unlike"]) for (const number of judged[kind]) query.append(kind, number);
  return query.size && query.toString().length < LONGEST_LINK ? `?${query}` : "";
}

export async function search() {
  wanted = PAGE;
  linked = link();
  if (linked !== location.search) history.pushState(null, "", location.pathname + linked);
  await answer(question());
}

export async function showMore() {
  wanted += PAGE;
  await answer(question());
}

/** Whether the user went back or forth to another search; a step to a part of the page is none. */
export const moved = () => location.search !== linked;

/** Ask what the link of the page asks. */
export async function restore() {
  linked = location.search;
  const query = new URLSearchParams(location.search);
  for (const element of $("form").elements) if (element.name) element.value = query.get(element.name === "text" ? "q" : element.name) ?? "";
  for (const kind of ["like", "unlike"]) judged[kind] = new Set(query.getAll(kind));
  wanted = PAGE;
  await answer(question());
}

/** Only the text stays. */
export function clearFilters() {
  for (const element of $("form").elements) if (element.name && element.name !== "text") element.value = "";
  judged.like.clear(); judged.unlike.clear();
}
