// Themes of an industry or of the whole library: listed, explained, renamed, on the map.
import { $, ask, make } from "./common.js";
import { search } from "./search.js";
import { forgetMap, lookAt, showMap } from "./theme_map.js";

document.head.append(make("link", { rel: "stylesheet", href: "page/themes.css" }));

const SVG = "http://www.w3.org/2000/svg";
function bars(counts, partialFrom) {
  const svg = document.createElementNS(SVG, "svg");
  const years = Object.keys(counts).map(Number).sort((a, b) => a - b);
  if (!years.length) return null;
  const first = years[0], span = years.at(-1) - first + 1, top = Math.max(...Object.values(counts));
  svg.setAttribute("viewBox", `0 0 ${span} 1`); svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", years.map((year) => `${year}: ${counts[year]}`).join(", "));
  for (const year of years) {
    const bar = document.createElementNS(SVG, "rect"), height = counts[year] / top;
    for (const [name, value] of Object.entries({ x: year - first + .1, width: .8, y: 1 - height, height }))
      bar.setAttribute(name, value);
    if (year >= partialFrom) bar.setAttribute("class", "partial");
    const title = document.createElementNS(SVG, "title");
    title.textContent = `${year} 年 ${counts[year]} 件${year >= partialFrom ? "（尚不完整）" : ""}`;
    bar.append(title); svg.append(bar);
  }
  return svg;
}

async function change(body) {
  await ask("api/themes/edits", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  forgetMap();
  await showThemes();
}

function growth(trend) {
  const found = trend?.growth;
  if (!found) return "";
  const ratio = found.ratio === null ? "新出现" : `增长到 ${found.ratio.toFixed(2)} 倍`;
  return `${ratio}（${found.earlier} → ${found.later} 件，90% 区间 ${found.low.toFixed(2)}–${found.high?.toFixed(2) ?? "∞"}）`;
}

function tool(text, title, act, note) {
  return make("button", { type: "button", text, title, onclick: () => act().catch((error) => { note.textContent = error.message; }) });
}

async function explain(theme, box) {
  if (box.childElementCount) { box.replaceChildren(); return; }
  const found = await ask(`api/themes/${encodeURIComponent(theme.id)}?${wanted(false)}`);
  const note = make("div", { class: "error" });
  const rename = async () => {
    const name = prompt("新名称（留空恢复原名）", found.name);
    if (name !== null) await change({ kind: "rename", id: theme.id, name });
  };
  box.replaceChildren(...[
    found.above.length ? make("div", { class: "quiet", text: `上级：${found.above.join(" › ")}` }) : null,
    make("ul", {}, ...found.keywords.slice(0, 5).map((word) => make("li", {},
      make("b", { text: word.text }), make("span", { class: "quiet", text: ` 核心 ${word.patents} 件，其他 ${word.elsewhere} 件` }),
      word.evidence && make("div", {}, make("q", { text: word.sentence, title: word.evidence.number }))))),
    growth(found.trend) && make("div", { text: growth(found.trend) }),
    ...found.plan_terms.map((plan) => make("div", { class: "quiet", text: `${plan.plan}（${plan.patents} 件）：${plan.terms.slice(0, 6).map((term) => term.text).join("、")}` })),
    make("div", { class: "quiet", text: `邻近主题：${found.neighbours.map((near) => near.name).join("；")}` }),
    make("div", { class: "row" },
      tool("检索", "检索这个主题", async () => { $("text").value = theme.representatives[0] ?? theme.keywords.join(" "); search(); }, note),
      tool("在地图上", "在专利地图上看", async () => { $("map").open = true; $("map").scrollIntoView(); lookAt(theme.id); }, note),
      tool("改名", "改名，可撤销", rename, note),
      tool("隐藏", "不再列出，可撤销", () => change({ kind: "hide", id: theme.id }), note)),
    note].filter(Boolean));
}

function themeItem(theme, partialFrom) {
  const more = make("div", { class: "more" });
  const firm = theme.stability === null ? "" : `，稳定度 ${theme.stability.toFixed(2)}`;
  const open = () => (theme.id ? explain(theme, more).catch((error) => { more.textContent = error.message; })
    : ($("text").value = theme.representatives[0] ?? theme.keywords.join(" "), search()));
  return make("li", { class: "theme" },
    make("button", { type: "button", title: theme.id ? "展开" : "检索这个主题", onclick: open }, make("strong", { text: theme.name })),
    make("div", { class: "words", text: theme.keywords.join("、") }),
    make("div", { class: "quiet", text: `${theme.size} 件，其中核心 ${theme.core_size} 件${firm}` }),
    bars(theme.counts_by_year, partialFrom), more);
}

function wanted(layer = true) {
  const given = { industry: $("industry").value, where: $("themes-where")?.value.trim() ?? "" };
  if (layer) given.layer = $("themes-layer")?.value ?? "";
  return new URLSearchParams(Object.entries(given).filter(([, value]) => value)).toString();
}

function makeTools() {
  if ($("themes-layer")) return;
  const where = make("input", { type: "text", id: "themes-where", placeholder: "TIAB=石墨烯 and AD=[2015 to 2020]" });
  where.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); showThemes(); } });
  const layer = make("select", { id: "themes-layer" },
    ...[["", "默认"], ["8", "约 8 个"], ["40", "约 40 个"], ["200", "约 200 个"]].map(([value, text]) => make("option", { value, text })));
  layer.addEventListener("change", showThemes);
  $("themes-note").before(make("div", { class: "themes-tools" },
    make("label", { text: "粗细" }, layer), make("label", { text: "限于检索式" }, where)));
}

export async function showThemes() {
  makeTools();
  const industry = $("industry").value;
  $("scope").textContent = industry ? industry.split(":")[1] : "全库";
  showMap(wanted(false));
  try {
    const answer = await ask(`api/themes?${wanted()}`);
    const left = [answer.tagged_noise && `另有 ${answer.tagged_noise} 件标为噪声`, answer.hidden && `${answer.hidden} 个主题已隐藏`];
    $("themes-note").textContent = answer.themes.length
      ? [`${answer.themes.length} 个主题；核心 ${answer.core} 件，归入 ${answer.assigned} 件，${answer.unplaced} 件未归入任何主题`, ...left].filter(Boolean).join("；")
      : answer.note;
    $("themes").replaceChildren(...answer.themes.map((theme) => themeItem(theme, answer.incomplete_from_year)));
  } catch (error) { $("themes-note").textContent = error.message; $("themes").replaceChildren(); }
}
