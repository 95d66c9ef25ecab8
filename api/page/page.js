// The page: a client of the public API and nothing else.
import { $, ask, complain, make } from "./common.js";
import { search } from "./search.js";
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
  await showThemes();
}

$("form").addEventListener("submit", (event) => { event.preventDefault(); search(); });
$("text").addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); search(); } });
$("industry").addEventListener("change", () => { showThemes(); search(); });
start().catch(complain);
