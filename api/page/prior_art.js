// Prior art: a claim, text, number or draft against what was public before a day.
import { $, ask, json, make, newest, problem, save } from "./common.js";

const WORDS = ["相近", "部分", "未见"];

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
  say("检索中…");
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
  save(`${path}?export=${kind}`, options, `现有技术检索.${kind}`).catch((error) => say(problem(error)));
}

function summary({ asked, before, before_is, searched, selection }) {
  const day = before ? `截止日 ${before}${before_is === "given" ? "" : `（${before_is}）`}` : "未设截止日";
  const scope = selection.text === "*" ? "全库" : selection.text;
  const claim = asked.claim ? `权利要求 ${asked.claim}（共 ${asked.claims.length} 项，独立权利要求：${
    asked.claims.filter((one) => one.independent).map((one) => one.number).join("、")}）` : "全文";
  const left = searched.undated || searched.later
    ? `；未计入：公开日不明 ${searched.undated} 件，不早于截止日 ${searched.later} 件` : "";
  return `${asked.title || asked.name.slice(0, 40)}：比对${claim}；${day}；${scope}中检索 ${searched.count} 件${left}`;
}

function parts(answer, asked) {
  const { hits, elements, combinations, conflicting, conflicting_searched, notes } = answer;
  const found = notes.map((note) => make("p", { class: "quiet", text: `提示：${note}` }));
  found.push(make("div", { class: "actions" },
    ...["docx", "xlsx"].map((kind) => make("button", { type: "button", text: `导出 ${kind}`, onclick: () => download(kind, asked) }))));
  found.push(...(hits.length ? [chart(elements, hits, "特征对比表")] : [make("p", { text: "没有早于截止日公开的文件。" })]));
  if (combinations) found.push(pairs(combinations, elements.length));
  if (conflicting) {
    const { count, undated } = conflicting_searched;
    found.push(conflicting.length
      ? chart(elements, conflicting, `抵触申请（申请在先、公开在后的中国申请 ${count} 件；申请日不明 ${undated} 件未计入）`)
      : make("p", { class: "quiet", text: `没有抵触申请（申请日不明 ${undated} 件未计入）` }));
  }
  found.push(make("p", { class: "quiet", text: "“相近、部分、未见”只说明文字上的接近程度；只比对标题、摘要与库中已有的权利要求，不含说明书，不构成法律意见。" }));
  return found;
}

/** Elements down, documents across. */
function chart(elements, hits, title) {
  const head = make("tr", {}, make("th", { scope: "col", text: "技术特征" }), ...hits.map(documentHead));
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
    make("div", { text: patent.title || "（无标题）" }),
    make("div", { class: "quiet", text: [patent.publication_date, patent.ipc_main, patent.applicants[0]].filter(Boolean).join(" · ") }),
    make("div", { class: "quiet", text: `相近 ${close}，部分 ${partly}，共 ${elements.length}` }),
    family.length ? make("div", { class: "quiet", title: family.join("，"), text: `同族或双申另有 ${family.length} 件` }) : null);
}

function cell({ verdict, score, field, text, missing }) {
  return make("td", { class: `verdict v${WORDS.indexOf(verdict)}` },
    make("div", {}, make("strong", { text: verdict }), make("span", { class: "quiet", text: ` ${score.toFixed(2)} ${field}` })),
    make("div", { text }),
    missing.length ? make("div", { class: "quiet", text: `差异：${missing.join("、")}` }) : null);
}

function pairs(combinations, count) {
  const numbers = (list) => list.join("、");
  const items = combinations.map((pair) => make("li", { class: "hit" },
    make("strong", { text: `${pair.first} + ${pair.second}` }),
    make("span", { text: [
      `：${count} 个特征中 ${pair.covered} 个相近`,
      pair.by_first.length ? `${pair.first} 已有特征 ${numbers(pair.by_first)}` : `${pair.first} 最接近`,
      `${pair.second} 补上特征 ${numbers(pair.by_second)}`,
      pair.open.length ? `两篇均未达到相近：${numbers(pair.open)}` : "",
      pair.same_field ? `同属 ${pair.same_field}` : "不属同一小类",
    ].filter(Boolean).join("；") })));
  return make("section", { "aria-label": "两篇结合" }, make("h2", { text: "两篇结合" }),
    items.length ? make("ul", {}, ...items) : make("p", { class: "quiet", text: "没有两篇文件能合起来与更多特征相近。" }));
}

$("prior-art-form").addEventListener("submit", (event) => { event.preventDefault(); findPriorArt(); });
