// Searching for similar patents.
import { $, ask, complain, make } from "./common.js";

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

export async function search() {
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
