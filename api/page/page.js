// The page: a client of the public API and nothing else.
import { $, ask, complain, make, sends } from "./common.js";
import { clearFilters, moved, restore, search, showMore } from "./search.js";
import { showThemes } from "./themes.js";

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
  if (location.search) restore();
  await showThemes();
}

function industryChanged() { showThemes(); search(); }

$("form").addEventListener("submit", (event) => { event.preventDefault(); search(); });
$("text").addEventListener("keydown", (event) => { if (sends(event)) { event.preventDefault(); search(); } });
$("industry").addEventListener("change", industryChanged);
$("clear").addEventListener("click", () => { clearFilters(); $("industry").dispatchEvent(new Event("change")); });
$("more").addEventListener("click", showMore);
addEventListener("popstate", () => { if (moved()) { restore(); showThemes(); } });
start().catch(complain);
