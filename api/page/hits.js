// One hit: what the patent is, why it was found, what can be done with it.
import { ask, make, narrowScreen } from "./common.js";

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

function field(hit, name, tag, attributes, label) {
  const lit = hit.highlights;
  const sentence = lit?.sentence?.field === name ? lit.sentence : null;
  return make(tag, attributes, label && make("b", { text: label }), ...marked(hit[name], lit?.[name] ?? [], sentence));
}

// Texts of one field share a few per cent of a query's runs of characters; that is not worth a bar.
const REPEATS = 0.1;
const place = (rank) => (rank ? `第 ${rank} 位` : "候选之外");

/** The parts of the score: meaning, words (relative to the best of the list), and how much of the query is repeated. */
function parts(hit, best) {
  const bar = (label, value, share, rank, title) => make("span", { class: "part", title },
    make("span", { class: "name", text: label }),
    make("meter", { min: 0, max: 1, value: Math.max(0, Math.min(1, share)), "aria-label": `${label} ${value}` }),
    make("span", { class: "value", text: rank === undefined ? value : `${value} · ${place(rank)}` }));
  return make("div", { class: "parts" },
    bar("语义", hit.dense.toFixed(3), hit.dense, hit.dense_rank, `余弦相似度；最接近：${hit.passage}`),
    bar("词语", hit.lexical.toFixed(1), hit.lexical / best, hit.lexical_rank, `BM25；最接近：${hit.lexical_passage ?? "无共同词语"}`),
    hit.repeated < REPEATS ? null
      : bar("原句", `${Math.round(100 * hit.repeated)}%`, hit.repeated, undefined, "与查询相同的六字连续片段所占比例：同源申请、分案等远高于一般文献"));
}

/** The nearest sentence by itself where the folded abstract may hide it. */
function nearest(hit) {
  const sentence = hit.highlights?.sentence;
  if (!sentence || (sentence.field === "abstract" && sentence.start < (narrowScreen() ? 50 : 110))) return null;
  return make("p", { class: "nearest" }, make("b", { text: sentence.field === "abstract" ? "摘要中最接近：" : "权利要求中最接近：" }),
    document.createTextNode(sentence.text));
}

function texts(hit) {
  return [hit.abstract && field(hit, "abstract", "p", { class: "abstract" }),
    hit.first_claim && field(hit, "first_claim", "p", { class: "abstract claim" }, "权利要求：")].filter(Boolean);
}

function facts(hit, number) {
  const shown = [number, hit.ipc_main, hit.filing_date && `申请 ${hit.filing_date}`,
    hit.publication_date && `公开 ${hit.publication_date}`, hit.applicants.join("；")].filter(Boolean);
  return make("div", { class: "line" }, ...shown.map((fact) => make("span", { text: fact })),
    hit.patent_type && make("span", { class: "tag", text: hit.patent_type }),
    make("span", { class: `tag ${hit.legal_state}`, text: hit.legal_state }),
    ...(hit.tags ?? []).map((tag) => make("span", { class: "tag", text: tag })));
}

/** 全文 and what else a user can do with a patent. */
function actions(item, number, act, whole) {
  const more = make("button", { type: "button", text: "全文", "aria-expanded": "false", onclick: async () => {
    await whole?.();
    const open = item.classList.toggle("open");
    more.setAttribute("aria-expanded", String(open)); more.textContent = open ? "收起" : "全文";
  } });
  const button = (text, title, does) => make("button", { type: "button", text, title, onclick: does });
  return make("div", { class: "actions" }, more, ...(number ? [
    button("找相似", "检索与这件相似的专利", () => act.find(number)),
    button("更像它", "让结果更接近这件专利", () => act.judge("like", number)),
    button("不要这样的", "让结果远离这件专利", () => act.judge("unlike", number))] : []));
}

const titled = (hit) => hit.title || "（无标题）";

/** A hit of a search by likeness; `best` is the highest BM25 of the list. */
export function hitItem(hit, best, act) {
  const item = make("li", { class: "hit" });
  const number = hit.publication_number ?? hit.application_number;
  item.append(...[
    make("span", { class: "score", title: "0～100，各次检索可比：50 左右即超出偶然，75 为库内文本首位结果的中位", text: `得分 ${Math.round(hit.score)}` }),
    hit.title ? field(hit, "title", "h3", {}) : make("h3", { text: titled(hit) }),
    facts(hit, number), parts(hit, best), nearest(hit), ...texts(hit),
    hit.same_technology.length ? make("div", { class: "quiet", text: `同一技术另有：${hit.same_technology.join("，")}` }) : null,
    actions(item, number, act)].filter(Boolean));
  return item;
}

/** A patent of a list by 检索式; its texts are fetched when asked for. */
export function listedItem(patent, act) {
  const item = make("li", { class: "hit" });
  const number = patent.publication_number ?? patent.application_number;
  let fetched = false;
  const whole = async () => {
    if (fetched || !number) return;
    const { record } = await ask(`api/patents/${encodeURIComponent(number)}`).catch((error) => ({ record: { abstract: error.message } }));
    item.lastElementChild.before(...texts({ ...record, highlights: null }));
    fetched = true;
  };
  item.append(...[
    patent.score === null ? null : make("span", { class: "score", title: "余弦相似度", text: `相似 ${patent.score.toFixed(3)}` }),
    make("h3", { text: titled(patent) }), facts(patent, number), actions(item, number, act, whole)].filter(Boolean));
  return item;
}
