// The small search page: a client of the public API and nothing else.
const $ = (id) => document.getElementById(id);

/** Make an element; text always goes in as text, so a patent title can never become markup. */
function make(tag, { text, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  if (text !== undefined && text !== null) element.textContent = text;
  element.append(...children.filter(Boolean));
  return element;
}

async function ask(path, options) {
  const response = await fetch(path, options);
  const body = await response.json().catch(() => ({ error: response.statusText }));
  if (!response.ok) throw new Error([body.error ?? JSON.stringify(body.detail), body.help].filter(Boolean).join("\n"));
  return body;
}

function complain(error) {
  $("summary").replaceChildren(make("span", { class: "error", text: error.message }));
}

function hitItem(hit) {
  const item = make("li", { class: "hit" });
  const facts = [hit.publication_number, hit.ipc_main, hit.filing_date && `申请 ${hit.filing_date}`,
    hit.publication_date && `公开 ${hit.publication_date}`, hit.applicants.join("；")].filter(Boolean);
  item.append(...[
    make("span", { class: "score", title: `余弦相似度；最接近：${hit.passage}`, text: hit.score.toFixed(3) }),
    make("h3", { text: hit.title || "（无标题）" }),
    make("div", { class: "line" }, ...facts.map((fact) => make("span", { text: fact })),
      hit.patent_type && make("span", { class: "tag", text: hit.patent_type }),
      make("span", { class: `tag ${hit.legal_state}`, text: hit.legal_state })),
    make("p", { class: "abstract", text: hit.abstract }),
    hit.same_technology.length ? make("div", { class: "quiet", text: `同一技术另有：${hit.same_technology.join("，")}` }) : null,
    make("div", { class: "actions" },
      make("button", { type: "button", text: "全文摘要", onclick: () => item.classList.toggle("open") }),
      make("button", { type: "button", text: "找相似", onclick: () => {
        $("text").value = hit.publication_number ?? hit.application_number;
        search();
      } })),
  ].filter(Boolean));
  return item;
}

/** Filters as the API takes them: dates are texts, all others lists of alternatives. */
function filters() {
  const given = [...new FormData($("form"))].filter(([name, value]) => name !== "text" && value.trim());
  return Object.fromEntries(given.map(([name, value]) =>
    [name, name.startsWith("filed_") ? value.trim() : value.split(/[;；]/).map((one) => one.trim()).filter(Boolean)]));
}

async function search() {
  const text = $("text").value.trim();
  if (!text) return;
  $("summary").textContent = "检索中…";
  try {
    const answer = await ask("api/search", {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ query: text, k: 20, filters: filters() }),
    });
    const { text: query, count } = answer.selection;
    const scope = query === "*" ? `全库 ${count} 件专利` : `${query} 的 ${count} 件专利`;
    $("summary").textContent = answer.hits.length
      ? `${scope}中最相似的 ${answer.hits.length} 项技术` : `${scope}中没有结果`;
    $("hits").replaceChildren(...answer.hits.map(hitItem));
  } catch (error) { $("hits").replaceChildren(); complain(error); }
}

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

function themeItem(theme, partialFrom) {
  return make("li", { class: "theme" },
    make("button", { type: "button", title: "检索这个主题", onclick: () => {
      $("text").value = theme.representatives[0] ?? theme.keywords.join(" "); search();
    } }, make("strong", { text: theme.name })),
    make("div", { class: "words", text: theme.keywords.join("、") }),
    make("div", { class: "quiet", text: `${theme.size} 件，其中核心 ${theme.core_size} 件` }),
    bars(theme.counts_by_year, partialFrom));
}

async function showThemes() {
  const industry = $("industry").value;
  $("scope").textContent = industry ? industry.split(":")[1] : "全库";
  try {
    const answer = await ask(`api/themes?industry=${encodeURIComponent(industry)}`);
    $("themes-note").textContent = answer.themes.length
      ? `${answer.themes.length} 个主题；${answer.unplaced} 件未归入任何主题` : answer.note;
    $("themes").replaceChildren(...answer.themes.map((theme) => themeItem(theme, answer.incomplete_from_year)));
  } catch (error) { $("themes-note").textContent = error.message; $("themes").replaceChildren(); }
}

async function start() {
  const health = await ask("api/health");
  $("library").textContent = `${health.count} 件专利 · 截止 ${health.as_of ?? "未知"} · 快照 ${health.snapshot}`;
  const { industries } = await ask("api/industries");
  const schemes = new Map();
  for (const industry of industries) {
    if (!schemes.has(industry.scheme)) schemes.set(industry.scheme, make("optgroup", { label: industry.scheme }));
    schemes.get(industry.scheme).append(make("option", {
      value: industry.id, text: `${industry.name}（${industry.count}）` }));
  }
  $("industry").append(...schemes.values());
  await showThemes();
}

$("form").addEventListener("submit", (event) => { event.preventDefault(); search(); });
$("text").addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); search(); } });
$("industry").addEventListener("change", () => { showThemes(); search(); });
start().catch(complain);
