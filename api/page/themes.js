// Themes of an industry or of the whole library.
import { $, ask, make } from "./common.js";
import { search } from "./search.js";

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

export async function showThemes() {
  const industry = $("industry").value;
  $("scope").textContent = industry ? industry.split(":")[1] : "全库";
  try {
    const answer = await ask(`api/themes?industry=${encodeURIComponent(industry)}`);
    $("themes-note").textContent = answer.themes.length
      ? `${answer.themes.length} 个主题；${answer.unplaced} 件未归入任何主题` : answer.note;
    $("themes").replaceChildren(...answer.themes.map((theme) => themeItem(theme, answer.incomplete_from_year)));
  } catch (error) { $("themes-note").textContent = error.message; $("themes").replaceChildren(); }
}
