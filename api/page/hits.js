// One hit: what the patent is, why it was found, what can be done with it.
import { ask, clauses, listed, make, narrowScreen, text } from "./common.js";
import { shown } from "./values.js";

/** A text with spans of it marked: words of the query, and the nearest sentence underlined. */
function marked(whole, spans, sentence) {
  const edges = [...spans.map((span) => ({ ...span, kind: "mark" })), ...(sentence ? [{ ...sentence, kind: "near" }] : [])];
  // The service counts characters as Unicode code points, JavaScript does not.
  const letters = [...whole];
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
  const marks = hit.highlights;
  const sentence = marks?.sentence?.field === name ? marks.sentence : null;
  return make(tag, attributes, label && make("b", { text: label }), ...marked(hit[name], marks?.[name] ?? [], sentence));
}

// Texts of one field share a few per cent of a query's runs of characters; that is not worth a bar.
const REPEATS = 0.1;
const place = (rank) => (rank ? text("page-rank", { rank }) : text("page-rank-outside"));

/** The parts of the score: meaning, words (relative to the best of the list), and how much of the query is repeated. */
function parts(hit, best) {
  const bar = (label, value, share, rank, title) => make("span", { class: "part", title },
    make("span", { class: "name", text: label }),
    make("meter", { min: 0, max: 1, value: Math.max(0, Math.min(1, share)), "aria-label": `${label} ${value}` }),
    make("span", { class: "value", text: rank === undefined ? value : `${value} · ${place(rank)}` }));
  return make("div", { class: "parts" },
    bar(text("page-meaning"), hit.dense.toFixed(3), hit.dense, hit.dense_rank, text("page-meaning-help", { passage: shown(hit.passage) })),
    bar(text("page-words"), hit.lexical.toFixed(1), hit.lexical / best, hit.lexical_rank,
      hit.lexical_passage ? text("page-words-help", { passage: shown(hit.lexical_passage) }) : text("page-words-none")),
    hit.repeated < REPEATS ? null
      : bar(text("page-repeated"), `${Math.round(100 * hit.repeated)}%`, hit.repeated, undefined, text("page-repeated-help")));
}

/** The nearest sentence by itself where the folded abstract may hide it. */
function nearest(hit) {
  const sentence = hit.highlights?.sentence;
  if (!sentence || (sentence.field === "abstract" && sentence.start < (narrowScreen() ? 50 : 110))) return null;
  return make("p", { class: "nearest" }, make("b", { text: text(sentence.field === "abstract" ? "page-nearest-abstract" : "page-nearest-claim") }),
    document.createTextNode(sentence.text));
}

function texts(hit) {
  return [hit.abstract && field(hit, "abstract", "p", { class: "abstract" }),
    hit.first_claim && field(hit, "first_claim", "p", { class: "abstract claim" }, text("page-claim"))].filter(Boolean);
}

function facts(hit, number) {
  const known = [number, hit.ipc_main, hit.filing_date && text("page-filed", { date: hit.filing_date }),
    hit.publication_date && text("page-published", { date: hit.publication_date }), clauses(hit.applicants)].filter(Boolean);
  return make("div", { class: "line" }, ...known.map((fact) => make("span", { text: fact })),
    hit.patent_type && make("span", { class: "tag", text: shown(hit.patent_type) }),
    make("span", { class: `tag ${hit.legal_state}`, text: shown(hit.legal_state) }),
    ...(hit.tags ?? []).map((tag) => make("span", { class: "tag", text: tag })));
}

/** 全文 and what else a user can do with a patent. */
function actions(item, number, act, whole) {
  const more = make("button", { type: "button", text: text("page-full-text"), "aria-expanded": "false", onclick: async () => {
    await whole?.();
    const open = item.classList.toggle("open");
    more.setAttribute("aria-expanded", String(open)); more.textContent = text(open ? "page-fold" : "page-full-text");
  } });
  const button = (code, help, does) => make("button", { type: "button", text: text(code), title: text(help), onclick: does });
  return make("div", { class: "actions" }, more, ...(number ? [
    button("page-find-similar", "page-find-similar-help", () => act.find(number)),
    button("page-more-like", "page-more-like-help", () => act.judge("like", number)),
    button("page-less-like", "page-less-like-help", () => act.judge("unlike", number))] : []));
}

const titled = (hit) => hit.title || text("page-untitled");

/** A hit of a search by likeness; `best` is the highest BM25 of the list. */
export function hitItem(hit, best, act) {
  const item = make("li", { class: "hit" });
  const number = hit.publication_number ?? hit.application_number;
  item.append(...[
    make("span", { class: "score", title: text("page-score-help"), text: text("page-score", { score: Math.round(hit.score) }) }),
    hit.title ? field(hit, "title", "h3", {}) : make("h3", { text: titled(hit) }),
    facts(hit, number), parts(hit, best), nearest(hit), ...texts(hit),
    hit.same_technology.length ? make("div", { class: "quiet", text: text("page-same-technology", { numbers: listed(hit.same_technology) }) }) : null,
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
    patent.score === null ? null : make("span", { class: "score", title: text("page-cosine"), text: text("page-similarity", { score: patent.score.toFixed(3) }) }),
    make("h3", { text: titled(patent) }), facts(patent, number), actions(item, number, act, whole)].filter(Boolean));
  return item;
}
