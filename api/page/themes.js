// Themes of an industry or of the whole library: listed or as a tree, explained, changed, on the map.
import { $, ask, clauses, listed, make, newest, problem, sends, text } from "./common.js";
import { clearFilters, search } from "./search.js";
import { forgetMap, lookAt, showMap } from "./theme_map.js";
import { editor, seeder, showEdits } from "./themes_edit.js";
import { followWho, forgetWho, holdersOf, whoButton } from "./themes_who.js";

document.head.append(make("link", { rel: "stylesheet", href: "page/themes.css" }));

const SVG = "http://www.w3.org/2000/svg", FIRST = 30;
const latest = newest("themes", "themes-edits");
// Those of the last answer, to choose from when two are merged.
let known = [];

function bars(counts, partialFrom) {
  const svg = document.createElementNS(SVG, "svg");
  const years = Object.keys(counts).map(Number).sort((a, b) => a - b);
  if (!years.length) return null;
  const first = years[0], span = years.at(-1) - first + 1, top = Math.max(...Object.values(counts));
  svg.setAttribute("viewBox", `0 0 ${span} 1`); svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", text("page-years", { years: listed(years.map((year) => `${year}: ${counts[year]}`)) }));
  for (const year of years) {
    const bar = document.createElementNS(SVG, "rect"), height = counts[year] / top;
    for (const [name, value] of Object.entries({ x: year - first + .1, width: .8, y: 1 - height, height }))
      bar.setAttribute(name, value);
    if (year >= partialFrom) bar.setAttribute("class", "partial");
    const title = document.createElementNS(SVG, "title");
    title.textContent = text(year >= partialFrom ? "page-year-incomplete" : "page-year", { year: String(year), count: counts[year] });
    bar.append(title); svg.append(bar);
  }
  return make("div", { class: "years" }, svg, make("div", { class: "quiet", "aria-hidden": "true" },
    make("span", { text: first }), make("span", { text: text("page-year-most", { count: top }) }), make("span", { text: years.at(-1) })));
}

async function changed() {
  forgetMap(); forgetWho();
  await showThemes();
  $("themes-title").focus({ preventScroll: true });
}

function growth(found) {
  if (!found) return "";
  return text("page-bracketed", {
    text: found.ratio === null ? text("page-growth-new") : text("page-growth-ratio", { ratio: found.ratio.toFixed(2) }),
    note: text("page-growth-counts", { earlier: found.earlier, later: found.later,
      low: found.low.toFixed(2), high: found.high?.toFixed(2) ?? "∞" }) });
}

/** List the patents of a theme, or search for what is like its most typical one where it has no id. */
function look(theme) {
  $("form").elements.theme.value = theme.id;
  if ($("themes-where").value.trim()) $("form").elements.where.value = $("themes-where").value.trim();
  $("text").value = theme.id ? "" : theme.representatives?.[0] ?? theme.keywords.join(" ");
  search();
}

/** List exactly the patents that some fields mean, within the industry and the 检索式 of the themes. */
function list({ theme, ...fields }) {
  const industry = $("industry").value;
  clearFilters();
  const id = known.find((one) => one.name === theme)?.id ?? theme;
  const given = { industry, where: $("themes-where").value.trim(), theme: id, ...fields };
  for (const [name, value] of Object.entries(given)) $("form").elements[name].value = value;
  $("text").value = "";
  search();
}

function details(theme, found) {
  const act = (code, help, onclick) => make("button", { type: "button", text: text(code), title: text(help), onclick });
  return [
    found.above.length ? make("div", { class: "quiet", text: text("page-theme-above", { names: found.above.join(" › ") }) }) : null,
    make("ul", {}, ...found.keywords.slice(0, 5).map((word) => make("li", {},
      make("b", { text: word.text }), make("span", { class: "quiet", text: ` ${text("page-keyword-counts", { core: word.patents, elsewhere: word.elsewhere })}` }),
      word.evidence && make("div", {}, make("q", { text: word.sentence, title: word.evidence.number }))))),
    found.trend?.growth && make("div", { text: growth(found.trend.growth) }),
    ...found.plan_terms.map((plan) => make("div", { class: "quiet", text: text("page-plan-terms", {
      plan: plan.plan, count: plan.patents, terms: listed(plan.terms.slice(0, 6).map((term) => term.text)) }) })),
    found.neighbours.length ? make("div", { class: "quiet", text: text("page-neighbours", { names: clauses(found.neighbours.map((near) => near.name)) }) }) : null,
    make("div", { class: "row" },
      act("page-list-patents", "page-list-patents-help", () => look(theme)),
      act("page-on-map", "page-on-map-help", () => { $("map").open = true; $("map").scrollIntoView(); lookAt(theme.id); })),
    holdersOf(theme, $("themes-where").value.trim(), list),
    editor({ ...theme, name: found.name }, known, changed)].filter(Boolean);
}

async function explain(theme, box, button) {
  const open = !box.childElementCount;
  button.setAttribute("aria-expanded", String(open));
  if (!open) { box.replaceChildren(); return; }
  box.textContent = text("page-loading");
  try {
    box.replaceChildren(...details(theme, await ask(`api/themes/${encodeURIComponent(theme.id)}?${wanted(false)}`)));
  } catch (error) { box.replaceChildren(problem(error)); }
}

function themeItem(theme, partialFrom, trend) {
  const more = make("div", { class: "more" });
  const button = make("button", { type: "button", class: "name", title: text(theme.id ? "page-unfold" : "page-search-theme"),
    "aria-expanded": theme.id ? "false" : null, onclick: () => (theme.id ? explain(theme, more, button) : look(theme)) },
  make("strong", { text: theme.name }));
  const moving = trend && clauses([growth(trend.growth), text("page-emergence", { score: trend.emergence.score.toFixed(2) })]);
  return make("li", { class: "theme" }, button,
    make("div", { class: "words", text: listed(theme.keywords) }),
    make("div", { class: "quiet", text: clauses([
      text("page-theme-size", { count: theme.size, core: theme.core_size }),
      theme.stability !== null && text("page-stability", { score: theme.stability.toFixed(2) })]) }),
    moving ? make("div", { class: "quiet", text: moving }) : null,
    bars(theme.counts_by_year, partialFrom), more);
}

/** A list, the first of it shown; the rest on request. */
function fill(items) {
  $("themes").replaceChildren(...items.slice(0, FIRST));
  if (items.length <= FIRST) return;
  const rest = make("li", {}, make("button", { type: "button", class: "minor", text: text("page-more-themes", { count: items.length - FIRST }),
    onclick: () => rest.replaceWith(...items.slice(FIRST)) }));
  $("themes").append(rest);
}

/** A node of the tree with what is below it; finer ones are folded. */
function branch(nodes, place, depth) {
  const node = nodes[place], head = [make("strong", { text: node.name }), make("span", { class: "quiet", text: ` ${text("page-patents", { count: node.size })}` })];
  const take = node.id && make("button", { type: "button", text: text("page-list-patents"), "aria-label": text("page-titled", { title: text("page-list-patents"), text: node.name }), onclick: () => look(node) });
  if (!node.children.length) return make("li", {}, ...head, " ", take);
  return make("li", {}, make("details", { open: depth === 0 ? "" : null }, make("summary", {}, ...head), take,
    make("ul", {}, ...node.children.map((child) => branch(nodes, child, depth + 1)))));
}

function wanted(layer = true) {
  const given = { industry: $("industry").value, where: $("themes-where")?.value.trim() ?? "" };
  if (layer) given.layer = Number($("themes-layer")?.value) || "";
  return new URLSearchParams(Object.entries(given).filter(([, value]) => value)).toString();
}

function choice(id, values) {
  const made = make("select", { id }, ...values.map(([value, code, values]) => make("option", { value, text: text(code, values) })));
  made.addEventListener("change", showThemes);
  return made;
}

function makeTools() {
  if ($("themes-layer")) return;
  const where = make("input", { type: "text", id: "themes-where", placeholder: text("page-themes-query-example") });
  where.addEventListener("keydown", (event) => { if (sends(event)) { event.preventDefault(); showThemes(); } });
  $("themes-note").before(make("div", { class: "themes-tools" },
    make("label", { text: text("page-layer") }, choice("themes-layer", [["", "page-layer-default"],
      ...[8, 40, 200].map((count) => [String(count), "page-layer-about", { count }]), ["tree", "page-layer-tree"]])),
    make("label", { text: text("page-order") }, choice("themes-order", [["", "page-order-size"], ["emergence", "page-order-emergence"], ["growth", "page-order-growth"]])),
    make("label", { class: "wide", text: text("page-themes-within") }, where), whoButton(() => wanted(false), list)),
  seeder(changed), make("div", { id: "themes-edits" }));
}

/** Trends by theme when they order the list; those of the default layer only. */
async function trendsOf(order) {
  if (!order) return new Map();
  const { themes } = await ask(`api/themes/trends?${wanted(false)}`);
  return new Map(themes.map((theme) => [theme.id, theme]));
}

const RANKS = { emergence: (trend) => trend?.emergence.score ?? -1, growth: (trend) => (trend?.growth ? trend.growth.ratio ?? Infinity : -1) };

async function showList(current) {
  const order = $("themes-layer").value ? "" : $("themes-order").value;
  const [answer, trends] = await Promise.all([ask(`api/themes?${wanted()}`), trendsOf(order)]);
  if (!current()) return;
  known = answer.themes.filter((theme) => theme.id);
  const rank = (theme) => RANKS[order](trends.get(theme.id));
  const themes = order ? [...answer.themes].sort((a, b) => rank(b) - rank(a)) : answer.themes;
  $("themes-note").textContent = themes.length
    ? clauses([text("page-themes-found", { count: themes.length }),
      text("page-themes-placed", { core: answer.core, assigned: answer.assigned, unplaced: answer.unplaced }),
      answer.tagged_noise && text("page-noise", { count: answer.tagged_noise }),
      answer.hidden && text("page-themes-hidden", { count: answer.hidden })])
    : answer.note;
  fill(themes.map((theme) => themeItem(theme, answer.incomplete_from_year, trends.get(theme.id))));
}

async function showTree(current) {
  const { nodes, unplaced } = await ask(`api/themes/tree?${wanted(false)}`);
  if (!current()) return;
  const tops = nodes.filter((node) => node.parent < 0);
  $("themes-note").textContent = clauses([text("page-tree-found", { count: tops.length }), text("page-unplaced", { count: unplaced })]);
  $("themes").replaceChildren(...tops.map((node) => make("li", { class: "theme tree" }, make("ul", {}, branch(nodes, node.place, 0)))));
}

export function showThemes() {
  makeTools();
  $("themes-order").disabled = $("themes-layer").value !== "";
  const industry = $("industry").value;
  $("scope").textContent = industry ? industry.split(":")[1] : text("page-whole-library");
  showMap(wanted(false));
  followWho(wanted(false));
  return latest(async (current) => {
    try {
      await ($("themes-layer").value === "tree" ? showTree(current) : showList(current));
      await showEdits(changed, current);
    } catch (error) { if (current()) { $("themes-note").replaceChildren(problem(error)); $("themes").replaceChildren(); } }
  });
}
