// Searching: by text, number or several patents for similar ones, by filters alone for a list.
import { $, ask, clauses, complain, json, make, newest, parted, save, text } from "./common.js";
import { showFacets } from "./facets.js";
import { hitItem, listedItem } from "./hits.js";

const PAGE = 20, MOST = 200, MOST_LISTED = 1000, LONGEST_LINK = 6000;
// Patents that hits should be like or not, by number.
const judged = { like: new Set(), unlike: new Set() };
const NOTHING = { summary: text("page-nothing-asked"), items: [], facets: [], tools: [], more: false };
const latest = newest("hits", "facets", "tools", "more");
let wanted = PAGE;
// Whether hits below the floor of the scores are listed too.
let far = false;
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
    [name, plain(name) ? value : parted(value)]));
}

function filterQuery(more = {}) {
  const query = new URLSearchParams(more);
  for (const [name, values] of Object.entries(filters())) for (const value of [values].flat()) query.append(name, value);
  return query;
}

function question() {
  return { query: $("text").value.trim(), filters: filters(), like: [...judged.like], unlike: [...judged.unlike], far };
}

function judge(kind, number) {
  judged[kind === "like" ? "unlike" : "like"].delete(number);
  if (!judged[kind].delete(number)) judged[kind].add(number);
  search();
}

const act = { judge, find: (number) => { $("text").value = number; search(); } };

function judgedItems() {
  const chips = (kind, label) => [...judged[kind]].map((number) => make("button", {
    type: "button", class: `chip ${kind}`, title: text("page-take-away"), text: `${label} ${number} ×`, onclick: () => judge(kind, number) }));
  return [...chips("like", text("page-like")), ...chips("unlike", text("page-unlike"))];
}

const scopeOf = ({ text: query, count }) => (query === "*" ? text("page-scope-all", { count }) : text("page-scope", { query, count }));

/** Patents like what was asked, with their facets. */
async function similar(asked) {
  const answer = await ask("api/search", json({ ...asked, k: wanted, facets: true, highlight: true }));
  const { hits } = answer, best = Math.max(1, ...hits.map((hit) => hit.lexical));
  const file = (kind) => make("button", { type: "button", text: text("page-export", { kind }), onclick: () =>
    save(`api/search?export=${kind}`, json({ ...asked, k: hits.length, highlight: true }), `${text("page-file-hits")}.${kind}`).catch(complain) });
  return {
    summary: hits.length
      ? clauses([text("page-hits", { scope: scopeOf(answer.selection), count: hits.length }), ...answer.notes])
      : clauses([text("page-no-hits", { scope: scopeOf(answer.selection) }), ...(answer.notes.length ? answer.notes : [text("page-widen")])]),
    items: hits.map((hit) => hitItem(hit, best, act)), facets: answer.facets,
    tools: [...(hits.length ? [file("xlsx"), file("docx")] : []), answer.far && make("button", { type: "button",
      text: text("page-show-far", { count: answer.far }), onclick: showFar })].filter(Boolean),
    more: hits.length + answer.far === wanted && wanted < MOST,
  };
}

/** All patents that the filters mean, a page of them. */
async function listed() {
  const answer = await ask(`api/select?${filterQuery({ limit: wanted })}`);
  const { patents, selection, noise, notes } = answer;
  const file = (kind) => make("button", { type: "button", text: text("page-export-all", { kind }), onclick: () =>
    save(`api/export?${filterQuery({ kind })}`, undefined, `${text("page-file-list")}.${kind}`).catch(complain) });
  const scope = scopeOf(selection);
  const summary = clauses([patents.length ? text("page-list", { scope, count: patents.length }) : clauses([scope, text("page-widen")]),
    noise && text("page-noise", { count: noise }), ...notes]);
  return {
    summary, items: patents.map((patent) => listedItem(patent, act)), facets: [],
    tools: patents.length ? [file("xlsx"), file("csv")] : [],
    more: patents.length < Math.min(selection.count, MOST_LISTED),
  };
}

function show({ summary, items, facets, tools, more }, chosen) {
  const lost = $("hits").contains(document.activeElement) || $("judged").contains(document.activeElement);
  $("summary").textContent = summary;
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

const answer = (asked) => latest(async (current) => {
  $("judged").replaceChildren(...judgedItems());
  const likeness = asked.query || asked.like.length;
  if (!likeness && !given().length) {
    show(NOTHING, {});
    return;
  }
  $("summary").textContent = text("page-searching");
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
});

/** What is asked as a link to this page; empty when the text is too long for one. */
function link() {
  const query = new URLSearchParams(given()), asked = $("text").value.trim();
  if (asked) query.set("q", asked);
  for (const kind of ["like", "unlike"]) for (const number of judged[kind]) query.append(kind, number);
  return query.size && query.toString().length < LONGEST_LINK ? `?${query}` : "";
}

export async function search() {
  wanted = PAGE;
  far = false;
  linked = link();
  if (linked !== location.search) history.pushState(null, "", location.pathname + linked);
  await answer(question());
}

async function showFar() {
  far = true;
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
  far = false;
  await answer(question());
}

/** Only the text stays. */
export function clearFilters() {
  for (const element of $("form").elements) if (element.name && element.name !== "text") element.value = "";
  judged.like.clear(); judged.unlike.clear();
}
