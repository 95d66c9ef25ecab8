// The page: a client of the public API and nothing else.
import { $, ask, complain, language, make, sends, text } from "./common.js";
import { clearFilters, moved, restore, search, showMore } from "./search.js";
import { showThemes } from "./themes.js";

const CARRIED = "patlas-text";
const SCHEMES = { sei: "page-scheme-sei", wipo: "page-scheme-wipo", gb4754: "page-scheme-gb4754", provincial: "page-scheme-provincial" };

async function start() {
  const health = await ask("api/health");
  $("library").textContent = [
    text("page-patents", { count: health.count }), text("page-as-of", { date: health.as_of ?? text("page-value-unknown") }),
    text("page-snapshot", { number: health.snapshot })].join(" · ");
  const { industries } = await ask("api/industries");
  const schemes = new Map();
  for (const industry of industries) {
    if (!schemes.has(industry.scheme)) schemes.set(industry.scheme, make("optgroup", {
      label: SCHEMES[industry.scheme] ? text(SCHEMES[industry.scheme]) : industry.scheme }));
    schemes.get(industry.scheme).append(make("option", {
      value: industry.id, text: text("page-bracketed", { text: industry.name, note: industry.count }) }));
  }
  $("industry").append(...schemes.values());
  if (location.search) restore();
  const carried = sessionStorage.getItem(CARRIED);
  if (carried !== null) $("text").value = carried;
  sessionStorage.removeItem(CARRIED);
  await showThemes();
}

function industryChanged() { showThemes(); search(); }

$("form").addEventListener("submit", (event) => { event.preventDefault(); search(); });
$("text").addEventListener("keydown", (event) => { if (sends(event)) { event.preventDefault(); search(); } });
$("industry").addEventListener("change", industryChanged);
$("clear").addEventListener("click", () => { clearFilters(); $("industry").dispatchEvent(new Event("change")); });
$("more").addEventListener("click", showMore);
addEventListener("popstate", () => { if (moved()) { restore(); showThemes(); } });
for (const link of document.querySelectorAll(".languages a")) {
  if (link.lang === language) link.setAttribute("aria-current", "true");
  // What is asked stays asked in the other language, and a text that stands in no address stays where it is.
  link.addEventListener("click", () => {
    sessionStorage.setItem(CARRIED, $("text").value);
    const query = new URLSearchParams(location.search);
    query.set("lang", link.lang);
    link.href = `?${query}`;
  });
}
start().catch(complain);
