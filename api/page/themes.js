// Themes of an industry or of the whole library: listed or as a tree, explained, changed, on the map.
import { $, ask, make, newest, problem, sends } from "./common.js";
import { clearFilters, search } from "./search.js";
import { forgetMap, lookAt, showMap } from "./theme_map.js";
import { editor, seeder, showEdits } from "./themes_edit.js";
import { followWho, forgetWho, holdersOf, whoButton } from "./themes_who.js";

document.head.append(make("link", { rel: "stylesheet", href: "page/themes.css" }));

const SVG = "http://www.w3.org/2000/svg", FIRST = 30;
const latest = newest("themes", "themes-edits");
// Those of the last answer, to choose from when two are merged.
let listed = [];

function bars(counts, partialFrom) {
  const svg = document.createElementNS(SVG, "svg");
  const years = Object.keys(counts).map(Number).sort((a, b) => a - b);
  if (!years.length) return null;
  const first = years[0], span = years.at(-1) - first + 1, top = Math.max(...Object.values(counts));
  svg.setAttribute("viewBox", `0 0 ${span} 1`); svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `每年件数：${years.map((year) => `${year} 年 ${counts[year]}`).join("，")}`);
  for (const year of years) {
    const bar = document.createElementNS(SVG, "rect"), height = counts[year] / top;
    for (const [name, value] of Object.entries({ x: year - first + .1, width: .8, y: 1 - height, height }))
      bar.setAttribute(name, value);
    if (year >= partialFrom) bar.setAttribute("class", "partial");
    const title = document.createElementNS(SVG, "title");
    title.textContent = `${year} 年 ${counts[year]} 件${year >= partialFrom ? "（尚不完整）" : ""}`;
    bar.append(title); svg.append(bar);
  }
  return make("div", { class: "years" }, svg, make("div", { class: "quiet", "aria-hidden": "true" },
    make("span", { text: first }), make("span", { text: `最多 ${top} 件` }), make("span", { text: years.at(-1) })));
}

async function changed() {
  forgetMap(); forgetWho();
  await showThemes();
  $("themes-title").focus({ preventScroll: true });
}

function growth(found) {
  if (!found) return "";
  const ratio = found.ratio === null ? "新出现" : `是前期的 ${found.ratio.toFixed(2)} 倍`;
  return `${ratio}（${found.earlier} → ${found.later} 件，90% 区间 ${found.low.toFixed(2)}–${found.high?.toFixed(2) ?? "∞"}）`;
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
  const id = listed.find((one) => one.name === theme)?.id ?? theme;
  const given = { industry, where: $("themes-where").value.trim(), theme: id, ...fields };
  for (const [name, value] of Object.entries(given)) $("form").elements[name].value = value;
  $("text").value = "";
  search();
}

function details(theme, found) {
  const act = (text, title, onclick) => make("button", { type: "button", text, title, onclick });
  return [
    found.above.length ? make("div", { class: "quiet", text: `上级：${found.above.join(" › ")}` }) : null,
    make("ul", {}, ...found.keywords.slice(0, 5).map((word) => make("li", {},
      make("b", { text: word.text }), make("span", { class: "quiet", text: ` 核心 ${word.patents} 件，其他 ${word.elsewhere} 件` }),
      word.evidence && make("div", {}, make("q", { text: word.sentence, title: word.evidence.number }))))),
    found.trend?.growth && make("div", { text: growth(found.trend.growth) }),
    ...found.plan_terms.map((plan) => make("div", { class: "quiet", text: `${plan.plan}（${plan.patents} 件）：${plan.terms.slice(0, 6).map((term) => term.text).join("、")}` })),
    found.neighbours.length ? make("div", { class: "quiet", text: `邻近主题：${found.neighbours.map((near) => near.name).join("；")}` }) : null,
    make("div", { class: "row" },
      act("列出专利", "列出这个主题的全部专利", () => look(theme)),
      act("在地图上", "在专利地图上看", () => { $("map").open = true; $("map").scrollIntoView(); lookAt(theme.id); })),
    holdersOf(theme, $("themes-where").value.trim(), list),
    editor({ ...theme, name: found.name }, listed, changed)].filter(Boolean);
}

async function explain(theme, box, button) {
  const open = !box.childElementCount;
  button.setAttribute("aria-expanded", String(open));
  if (!open) { box.replaceChildren(); return; }
  box.textContent = "读取中…";
  try {
    box.replaceChildren(...details(theme, await ask(`api/themes/${encodeURIComponent(theme.id)}?${wanted(false)}`)));
  } catch (error) { box.replaceChildren(problem(error)); }
}

function themeItem(theme, partialFrom, trend) {
  const more = make("div", { class: "more" });
  const firm = theme.stability === null ? "" : `，稳定度 ${theme.stability.toFixed(2)}`;
  const button = make("button", { type: "button", class: "name", title: theme.id ? "展开" : "检索这个主题",
    "aria-expanded": theme.id ? "false" : null, onclick: () => (theme.id ? explain(theme, more, button) : look(theme)) },
  make("strong", { text: theme.name }));
  const moving = trend && [growth(trend.growth), `新兴度 ${trend.emergence.score.toFixed(2)}`].filter(Boolean).join("；");
  return make("li", { class: "theme" }, button,
    make("div", { class: "words", text: theme.keywords.join("、") }),
    make("div", { class: "quiet", text: `${theme.size} 件，其中核心 ${theme.core_size} 件${firm}` }),
    moving ? make("div", { class: "quiet", text: moving }) : null,
    bars(theme.counts_by_year, partialFrom), more);
}

/** A list, the first of it shown; the rest on request. */
function fill(items) {
  $("themes").replaceChildren(...items.slice(0, FIRST));
  if (items.length <= FIRST) return;
  const rest = make("li", {}, make("button", { type: "button", class: "minor", text: `再列 ${items.length - FIRST} 个`,
    onclick: () => rest.replaceWith(...items.slice(FIRST)) }));
  $("themes").append(rest);
}

/** A node of the tree with what is below it; finer ones are folded. */
function branch(nodes, place, depth) {
  const node = nodes[place], head = [make("strong", { text: node.name }), make("span", { class: "quiet", text: ` ${node.size} 件` })];
  const take = node.id && make("button", { type: "button", text: "列出专利", "aria-label": `列出专利：${node.name}`, onclick: () => look(node) });
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
  const made = make("select", { id }, ...values.map(([value, text]) => make("option", { value, text })));
  made.addEventListener("change", showThemes);
  return made;
}

function makeTools() {
  if ($("themes-layer")) return;
  const where = make("input", { type: "text", id: "themes-where", placeholder: "TIAB=石墨烯 and AD=[2015 to 2020]" });
  where.addEventListener("keydown", (event) => { if (sends(event)) { event.preventDefault(); showThemes(); } });
  $("themes-note").before(make("div", { class: "themes-tools" },
    make("label", { text: "粗细" }, choice("themes-layer", [["", "默认"], ["8", "约 8 个"], ["40", "约 40 个"], ["200", "约 200 个"], ["tree", "树"]])),
    make("label", { text: "排序" }, choice("themes-order", [["", "件数"], ["emergence", "新兴度"], ["growth", "增长"]])),
    make("label", { class: "wide", text: "限于检索式" }, where), whoButton(() => wanted(false), list)),
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
  listed = answer.themes.filter((theme) => theme.id);
  const rank = (theme) => RANKS[order](trends.get(theme.id));
  const themes = order ? [...answer.themes].sort((a, b) => rank(b) - rank(a)) : answer.themes;
  const left = [answer.tagged_noise && `另有 ${answer.tagged_noise} 件标为噪声`, answer.hidden && `${answer.hidden} 个主题已隐藏`];
  $("themes-note").textContent = themes.length
    ? [`${themes.length} 个主题；核心 ${answer.core} 件，归入 ${answer.assigned} 件，${answer.unplaced} 件未归入任何主题`, ...left].filter(Boolean).join("；")
    : answer.note;
  fill(themes.map((theme) => themeItem(theme, answer.incomplete_from_year, trends.get(theme.id))));
}

async function showTree(current) {
  const { nodes, unplaced } = await ask(`api/themes/tree?${wanted(false)}`);
  if (!current()) return;
  const tops = nodes.filter((node) => node.parent < 0);
  $("themes-note").textContent = `${tops.length} 个大类，逐级展开；${unplaced} 件未归入任何主题`;
  $("themes").replaceChildren(...tops.map((node) => make("li", { class: "theme tree" }, make("ul", {}, branch(nodes, node.place, 0)))));
}

export function showThemes() {
  makeTools();
  $("themes-order").disabled = $("themes-layer").value !== "";
  const industry = $("industry").value;
  $("scope").textContent = industry ? industry.split(":")[1] : "全库";
  showMap(wanted(false));
  followWho(wanted(false));
  return latest(async (current) => {
    try {
      await ($("themes-layer").value === "tree" ? showTree(current) : showList(current));
      await showEdits(changed, current);
    } catch (error) { if (current()) { $("themes-note").replaceChildren(problem(error)); $("themes").replaceChildren(); } }
  });
}
