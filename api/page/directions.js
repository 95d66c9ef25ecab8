// 技术方向: chapters of a study with their sentences, figures and tables, and its report.
import { $, ask, make, newest, problem, save } from "./common.js";
import { studyTable } from "./tables.js";

const base = "api/directions";
const latest = newest("directions-answer");
let chosen = "overview";

/** What is studied: the industry of the search form, a 检索式, a period, the choices of the 口径. */
function asked(more = {}) {
  const form = new FormData($("directions-form")), query = new URLSearchParams(more);
  if ($("industry").value) query.set("industry", $("industry").value);
  for (const name of ["where", "period", "language"]) if (form.get(name)) query.set(name, form.get(name).trim());
  for (const choice of form.getAll("count")) if (choice) query.append("count", choice);
  return query;
}

function tableItem(chapter, table) {
  const path = `${base}/chapters/${chapter}/tables/${table.id}`;
  return studyTable(table, {
    notes: [`数据覆盖 ${table.coverage.known}/${table.coverage.of}`, ...table.notes],
    below: [make("p", { class: "quiet" },
      make("a", { href: `${path}?${asked({ format: "csv" })}`, text: "下载 csv" }), " ",
      make("a", { href: `${path}?${asked({ format: "xlsx" })}`, text: "下载 xlsx" }))],
  });
}

function figureItem(chapter, figure) {
  if (figure.missing) return null;
  const path = `${base}/chapters/${chapter}/figures/${figure.id}`, picture = `${path}?${asked({ format: "svg" })}`;
  return make("figure", { class: "study-figure" },
    make("a", { href: picture, target: "_blank", title: "单独打开，可放大" },
      make("img", { class: "coming", loading: "lazy", alt: figure.title, src: picture,
        onload: (event) => event.target.classList.remove("coming") })),
    make("figcaption", {}, make("span", { text: figure.title }), " ",
      make("a", { class: "quiet", href: `${path}?${asked({ format: "json" })}`, title: "这张图的 ECharts 配置", text: "ECharts 数据" })));
}

function chapterItems(answer, top) {
  const titles = new Map(answer.tables.map((table) => [table.id, table.title]));
  const source = (finding) => finding.sources.map((id) => titles.get(id)).filter(Boolean).join("；");
  return [
    answer.id === top ? null : make("h2", { text: answer.title }),
    answer.findings.length ? make("p", { class: "findings" }, ...answer.findings.map((finding) =>
      make("span", { title: source(finding) ? `数据见：${source(finding)}` : null, text: finding.text }))) : null,
    ...answer.figures.map((figure) => figureItem(top, figure)),
    ...answer.tables.map((table) => tableItem(top, table)),
    ...answer.chapters.flatMap((inner) => chapterItems(inner, top)),
  ].filter(Boolean);
}

const show = () => latest(async (current) => {
  $("directions-summary").textContent = "统计中…";
  const slow = setTimeout(() => {
    if (current()) $("directions-summary").textContent = "统计中…专利多时第一次要几十秒，之后很快";
  }, 3000);
  for (const button of $("directions-chapters").children)
    button.setAttribute("aria-pressed", String(button.dataset.id === chosen));
  try {
    const answer = await ask(`${base}/chapters/${chosen}?${asked()}`);
    if (!current()) return;
    $("directions-summary").textContent =
      `${answer.study}：${answer.count} 件专利，截至 ${answer.as_of}，${answer.incomplete_from} 年起尚不完整；检索式 ${answer.query}`;
    $("directions-answer").replaceChildren(...chapterItems(answer, chosen));
  } catch (error) {
    if (!current()) return;
    $("directions-summary").replaceChildren(problem(error));
    $("directions-answer").replaceChildren();
  } finally { clearTimeout(slow); }
});

async function open() {
  if (!$("directions").open || $("directions-chapters").children.length) return;
  const { chapters } = await ask(`${base}/chapters`);
  $("directions-chapters").replaceChildren(...chapters.map((chapter) => make("button", {
    type: "button", "data-id": chapter.id, text: chapter.title, onclick: () => { chosen = chapter.id; show(); } })));
  await show();
}

/** The report as a file; making it takes a while, so the button says so. */
async function report(event) {
  const button = event.currentTarget, text = button.textContent;
  button.disabled = true; button.textContent = "生成中…";
  try {
    const format = button.dataset.format;
    await save(`${base}/report?${asked({ format })}`, undefined, `专利分析报告.${format}`);
  } catch (error) { $("directions-summary").replaceChildren(problem(error)); }
  finally { button.disabled = false; button.textContent = text; }
}

$("directions").addEventListener("toggle", () => open().catch((error) => $("directions-summary").replaceChildren(problem(error))));
$("directions-form").addEventListener("submit", (event) => { event.preventDefault(); show(); });
for (const button of document.querySelectorAll("#directions-report button")) button.addEventListener("click", report);
$("industry").addEventListener("change", () => { if ($("directions").open) show(); });
