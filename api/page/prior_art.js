// Prior art: a claim, text, number or draft against what was public before a day.
import { $, ask, clauses, json, listed, make, newest, problem, save, text } from "./common.js";
import { shown, VERDICTS } from "./values.js";

/** What is asked, as the API takes it: a file goes as a form, everything else as JSON. */
function request() {
  const form = new FormData($("prior-art-form"));
  const file = form.get("file");
  const given = (name) => (form.get(name) ?? "").trim();
  const wanted = { before: given("before"), k: given("k"), claim: given("claim") };
  if (file && file.size) {
    const body = new FormData();
    body.append("file", file);
    for (const [name, value] of Object.entries({ ...wanted, where: given("where") })) if (value) body.append(name, value);
    for (const name of ["combinations", "conflicting"]) body.append(name, form.has(name));
    return ["api/prior-art/draft", { method: "POST", body }];
  }
  return ["api/prior-art", json({
    query: given("query"), filters: { where: given("where") }, before: wanted.before || null,
    k: Number(wanted.k) || 20, claim: wanted.claim ? Number(wanted.claim) : null,
    combinations: form.has("combinations"), conflicting: form.has("conflicting"),
  })];
}

const latest = newest("prior-art-answer");

function say(what) { $("prior-art-summary").replaceChildren(what); }

export const findPriorArt = () => latest(async (current) => {
  const asked = request();
  say(text("page-searching"));
  $("prior-art-answer").replaceChildren();
  try {
    const answer = await ask(...asked);
    if (!current()) return;
    say(summary(answer));
    $("prior-art-answer").replaceChildren(...parts(answer, asked));
  } catch (error) { if (current()) say(problem(error)); }
});

/** The question that was answered, answered again as a file. */
function download(kind, [path, options]) {
  save(`${path}?export=${kind}`, options, `${text("page-prior-art")}.${kind}`).catch((error) => say(problem(error)));
}

function summary({ asked, before, before_is, searched, selection }) {
  const date = before && (before_is === "given" ? before : text("page-bracketed", { text: before, note: shown(before_is) }));
  const independent = asked.claims.filter((one) => one.independent).map((one) => one.number);
  return text("page-titled", { title: asked.title || asked.name.slice(0, 40), text: clauses([
    asked.claim ? text("page-compared-claim", { number: asked.claim, count: asked.claims.length, independent: listed(independent) })
      : text("page-compared-text"),
    before ? text("page-cut-off", { date }) : text("page-no-cut-off"),
    text("page-searched", { scope: selection.text === "*" ? text("page-whole-library") : selection.text, count: searched.count }),
    (searched.undated || searched.later) && text("page-left-out", { undated: searched.undated, later: searched.later })]) });
}

function parts(answer, asked) {
  const { hits, elements, combinations, conflicting, conflicting_searched, notes } = answer;
  const found = notes.map((note) => make("p", { class: "quiet", text: text("page-note", { note }) }));
  found.push(make("div", { class: "actions" },
    ...["docx", "xlsx"].map((kind) => make("button", { type: "button", text: text("page-export", { kind }), onclick: () => download(kind, asked) }))));
  found.push(...(hits.length ? [chart(elements, hits, text("page-claim-chart"))] : [make("p", { text: text("page-no-documents") })]));
  if (combinations) found.push(pairs(combinations, elements.length));
  if (conflicting) {
    const { count, undated } = conflicting_searched;
    found.push(conflicting.length
      ? chart(elements, conflicting, text("page-conflicting-found", { count, undated }))
      : make("p", { class: "quiet", text: text("page-conflicting-none", { undated }) }));
  }
  found.push(make("p", { class: "quiet", text: text("page-prior-art-limits") }));
  return found;
}

/** Elements down, documents across. */
function chart(elements, hits, title) {
  const head = make("tr", {}, make("th", { scope: "col", text: text("page-feature") }), ...hits.map(documentHead));
  const rows = elements.map((element, place) => make("tr", {},
    make("th", { scope: "row" }, make("span", { class: "tag", text: String(element.number) }), make("span", { text: ` ${element.text}` })),
    ...hits.map((hit) => cell(hit.elements[place]))));
  return make("figure", { class: "chart" }, make("figcaption", { text: title }),
    make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
      make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows))));
}

function documentHead({ label, patent, close, partly, family, elements }) {
  const number = patent.publication_number ?? patent.application_number;
  return make("th", { scope: "col" },
    make("div", {}, make("strong", { text: label }), make("span", { text: ` ${number}` })),
    make("div", { text: patent.title || text("page-untitled") }),
    make("div", { class: "quiet", text: [patent.publication_date, patent.ipc_main, patent.applicants[0]].filter(Boolean).join(" · ") }),
    make("div", { class: "quiet", text: text("page-verdicts", { close, partly, all: elements.length }) }),
    family.length ? make("div", { class: "quiet", title: listed(family), text: text("page-family", { count: family.length }) }) : null);
}

function cell({ verdict, score, field, text: passage, missing }) {
  return make("td", { class: `verdict v${VERDICTS.indexOf(verdict)}` },
    make("div", {}, make("strong", { text: shown(verdict) }), make("span", { class: "quiet", text: ` ${score.toFixed(2)} ${shown(field)}` })),
    make("div", { text: passage }),
    missing.length ? make("div", { class: "quiet", text: text("page-missing-words", { words: listed(missing) }) }) : null);
}

function pairs(combinations, count) {
  const items = combinations.map((pair) => make("li", { class: "hit" },
    make("strong", { text: `${pair.first} + ${pair.second}` }),
    make("div", { text: clauses([
      text("page-pair-covers", { covered: pair.covered, count }),
      pair.by_first.length ? text("page-pair-first", { document: pair.first, features: listed(pair.by_first) })
        : text("page-pair-nearest", { document: pair.first }),
      text("page-pair-second", { document: pair.second, features: listed(pair.by_second) }),
      pair.open.length && text("page-pair-open", { features: listed(pair.open) }),
      pair.same_field ? text("page-pair-same-class", { symbol: pair.same_field }) : text("page-pair-other-class")]) })));
  return make("section", { "aria-label": text("page-combinations") }, make("h2", { text: text("page-combinations") }),
    items.length ? make("ul", {}, ...items) : make("p", { class: "quiet", text: text("page-no-pairs") }));
}

$("prior-art-form").addEventListener("submit", (event) => { event.preventDefault(); findPriorArt(); });
