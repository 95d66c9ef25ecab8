// Searching for similar patents: hits with the parts of their scores, shared words, facets as filters.
import { $, ask, complain, make } from "./common.js";

// Patents that hits should be like or not, by number.
const judged = { like: new Set(), unlike: new Set() };

/** A text with spans of it marked: words of the query, and the nearest sentence underlined. */
function marked(text, spans, sentence) {
  const edges = [...spans.map((span) => ({ ...span, kind: "mark" })), ...(sentence ? [{ ...sentence, kind: "near" }] : [])];
  // The service counts characters as Unicode code points, JavaScript does not.
  const letters = [...text];
  const places = [...new Set([0, letters.length, ...edges.flatMap((edge) => [edge.start, edge.stop])])].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, number) => {
    const stop = places[number + 1];
    const kinds = edges.filter((edge) => edge.start <= start && stop <= edge.stop).map((edge) => edge.kind);
    const piece = letters.slice(start, stop).join("");
    if (!kinds.length) return document.createTextNode(piece);
    return make(kinds.includes("mark") ? "mark" : "span", { class: kinds.includes("near") ? "near" : null, text: piece });
  });
}

function field(hit, name, tag, attributes) {
  const lit = hit.highlights;
  const sentence = lit?.sentence?.field === name ? lit.sentence : null;
  return make(tag, attributes, ...marked(hit[name], lit?.[name] ?? [], sentence));
}

const place = (rank) => (rank ? `第 ${rank} 位` : "候选之外");

/** The parts of the score: two bars, meaning and words, each relative to the best of the list. */
function parts(hit, best) {
  const bar = (label, value, share, rank, title) => make("span", { class: "part", title },
    make("span", { class: "name", text: label }),
    make("meter", { min: 0, max: 1, value: Math.max(0, Math.min(1, share)) }),
    make("span", { class: "value", text: `${value} · ${place(rank)}` }));
  return make("div", { class: "parts" },
    bar("语义", hit.dense.toFixed(3), hit.dense, hit.dense_rank, `余弦相似度；最接近：${hit.passage}`),
    bar("词语", hit.lexical.toFixed(1), hit.lexical / best, hit.lexical_rank, `BM25；最接近：${hit.lexical_passage ?? "无共同词语"}`));
}

function judge(kind, number) {
  const other = kind === "like" ? "unlike" : "like";
  judged[other].delete(number);
  if (!judged[kind].delete(number)) judged[kind].add(number);
  search();
}

function hitItem(hit, best) {
  const item = make("li", { class: "hit" });
  const number = hit.publication_number ?? hit.application_number;
  const facts = [number, hit.ipc_main, hit.filing_date && `申请 ${hit.filing_date}`,
    hit.publication_date && `公开 ${hit.publication_date}`, hit.applicants.join("；")].filter(Boolean);
  item.append(...[
    make("span", { class: "score", title: "综合得分，仅在本次结果内可比", text: hit.score.toFixed(2) }),
    hit.title ? field(hit, "title", "h3", {}) : make("h3", { text: "（无标题）" }),
    make("div", { class: "line" }, ...facts.map((fact) => make("span", { text: fact })),
      hit.patent_type && make("span", { class: "tag", text: hit.patent_type }),
      make("span", { class: `tag ${hit.legal_state}`, text: hit.legal_state })),
    parts(hit, best),
    hit.abstract ? field(hit, "abstract", "p", { class: "abstract" }) : null,
    hit.first_claim ? field(hit, "first_claim", "p", { class: "abstract claim" }) : null,
    hit.same_technology.length ? make("div", { class: "quiet", text: `同一技术另有：${hit.same_technology.join("，")}` }) : null,
    make("div", { class: "actions" },
      make("button", { type: "button", text: "全文", onclick: () => item.classList.toggle("open") }),
      number && make("button", { type: "button", text: "找相似", onclick: () => { $("text").value = number; search(); } }),
      number && make("button", { type: "button", text: "更像它", onclick: () => judge("like", number) }),
      number && make("button", { type: "button", text: "不要这样的", onclick: () => judge("unlike", number) })),
  ].filter(Boolean));
  return item;
}

/** Filters as the API takes them: dates are texts, all others lists of alternatives. */
function filters() {
  const given = [...new FormData($("form"))].filter(([name, value]) => name !== "text" && value.trim());
  return Object.fromEntries(given.map(([name, value]) =>
    [name, name.startsWith("filed_") ? value.trim() : value.split(/[;；]/).map((one) => one.trim()).filter(Boolean)]));
}

// Facet → the fields of the form that its values go into; the value of an industry or a theme is its id.
const FIELDS = { province: ["region"], city: ["region"], filing_year: ["filed_from", "filed_to"] };

function narrow(facet, value) {
  for (const name of FIELDS[facet.name] ?? [facet.name]) $("form").elements[name].value = value;
  search();
}

function facetItem(facet) {
  const chosen = filters();
  const taken = (value) => (FIELDS[facet.name] ?? [facet.name]).every((name) => [chosen[name]].flat().includes(value));
  const values = facet.name === "filing_year" ? facet.values.slice(-12).reverse() : facet.values;
  return make("details", { class: "facet", open: "" },
    make("summary", { text: facet.label }),
    make("ul", {}, ...values.map((one) => make("li", {},
      make("button", {
        type: "button", title: `${one.label}${facet.name === "theme" ? ` ${one.value}` : ""}：最接近的 50 件中 ${one.near} 件，检索范围内 ${one.count} 件`,
        "aria-pressed": String(taken(one.value)),
        onclick: () => narrow(facet, taken(one.value) ? "" : one.value),
      }, make("span", { class: "label", text: one.label }),
      make("span", { class: "counts" }, one.near ? make("b", { text: one.near }) : null, ` / ${one.count}`))))),
    facet.distinct > values.length ? make("p", { class: "quiet", text: `共 ${facet.distinct} 种` }) : null);
}

function judgedItems() {
  const chips = (kind, label) => [...judged[kind]].map((number) =>
    make("button", { type: "button", class: `chip ${kind}`, title: "去掉", text: `${label} ${number} ×`, onclick: () => judge(kind, number) }));
  return [...chips("like", "像"), ...chips("unlike", "不像")];
}

function summaryOf(answer) {
  const { text: query, count } = answer.selection;
  const scope = query === "*" ? `全库 ${count} 件专利` : `${query} 的 ${count} 件专利`;
  return answer.hits.length ? `${scope}中最相似的 ${answer.hits.length} 项技术` : `${scope}中没有结果`;
}

export async function search() {
  const text = $("text").value.trim();
  $("judged").replaceChildren(...judgedItems());
  if (!text && !judged.like.size) return;
  $("summary").textContent = "检索中…";
  try {
    const answer = await ask("api/search", {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        query: text, k: 20, filters: filters(), like: [...judged.like], unlike: [...judged.unlike],
        facets: true, highlight: true,
      }),
    });
    $("summary").textContent = summaryOf(answer);
    const best = Math.max(1, ...answer.hits.map((hit) => hit.lexical));
    $("hits").replaceChildren(...answer.hits.map((hit) => hitItem(hit, best)));
    $("facets").replaceChildren(...answer.facets.map(facetItem));
  } catch (error) { $("hits").replaceChildren(); $("facets").replaceChildren(); complain(error); }
}
