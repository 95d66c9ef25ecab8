// 技术方向: chapters of a study with their sentences, figures and tables, and its report.
import { $, ask, clauses, language, make, newest, problem, save, text } from "./common.js";
import { studyTable } from "./tables.js";

const base = "api/directions";
const latest = newest("directions-answer");
let chosen = "overview";

function refuse(error) { $("directions-summary").replaceChildren(problem(error)); }

/** What is studied: the industry of the search form, a 检索式, a period, the choices of the 口径. */
function asked(more = {}) {
  const form = new FormData($("directions-form")), query = new URLSearchParams({ language, ...more });
  if ($("industry").value) query.set("industry", $("industry").value);
  for (const name of ["where", "period"]) if (form.get(name)) query.set(name, form.get(name).trim());
  for (const choice of form.getAll("count")) if (choice) query.append("count", choice);
  return query;
}

function tableItem(chapter, table) {
  const path = `${base}/chapters/${chapter}/tables/${table.id}`;
  return studyTable(table, {
    notes: [text("page-coverage", table.coverage), ...table.notes],
    below: [make("p", { class: "quiet files" }, ...["csv", "xlsx"].flatMap((format) => [make("button", { type: "button",
      text: text("page-download", { kind: format }), onclick: () => save(`${path}?${asked({ format })}`, undefined, `${table.title}.${format}`).catch(refuse) }), " "]))],
  });
}

function figureItem(chapter, figure) {
  if (figure.missing) return null;
  const path = `${base}/chapters/${chapter}/figures/${figure.id}`, picture = `${path}?${asked({ format: "svg" })}`;
  return make("figure", { class: "study-figure" },
    make("a", { href: picture, target: "_blank", title: text("page-figure-open") },
      make("img", { class: "coming", loading: "lazy", alt: figure.title, src: picture,
        onload: (event) => event.target.classList.remove("coming") })),
    make("figcaption", {}, make("span", { text: figure.title }), " ",
      make("a", { class: "quiet", href: `${path}?${asked({ format: "json" })}`, title: text("page-figure-data-help"), text: text("page-figure-data") })));
}

function chapterItems(answer, top) {
  const titles = new Map(answer.tables.map((table) => [table.id, table.title]));
  const source = (finding) => clauses(finding.sources.map((id) => titles.get(id)));
  return [
    answer.id === top ? null : make("h2", { text: answer.title }),
    answer.findings.length ? make("p", { class: "findings" }, ...answer.findings.map((finding) =>
      make("span", { title: source(finding) ? text("page-finding-source", { tables: source(finding) }) : null, text: finding.text }))) : null,
    ...answer.figures.map((figure) => figureItem(top, figure)),
    ...answer.tables.map((table) => tableItem(top, table)),
    ...answer.chapters.flatMap((inner) => chapterItems(inner, top)),
  ].filter(Boolean);
}

const show = () => latest(async (current) => {
  $("directions-summary").textContent = text("page-counting");
  const slow = setTimeout(() => {
    if (current()) $("directions-summary").textContent = text("page-counting-slow");
  }, 3000);
  for (const button of $("directions-chapters").children)
    button.setAttribute("aria-pressed", String(button.dataset.id === chosen));
  try {
    const answer = await ask(`${base}/chapters/${chosen}?${asked()}`);
    if (!current()) return;
    $("directions-summary").textContent =
      text("page-study", { ...answer, incomplete: String(answer.incomplete_from) });
    $("directions-answer").replaceChildren(...chapterItems(answer, chosen));
  } catch (error) {
    if (!current()) return;
    refuse(error);
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
  const button = event.currentTarget, label = button.textContent;
  button.disabled = true; button.textContent = text("page-making");
  try {
    const format = button.dataset.format;
    await save(`${base}/report?${asked({ format })}`, undefined, `${text("page-file-report")}.${format}`);
  } catch (error) { refuse(error); }
  finally { button.disabled = false; button.textContent = label; }
}

$("directions").addEventListener("toggle", () => open().catch(refuse));
$("directions-form").addEventListener("submit", (event) => { event.preventDefault(); show(); });
for (const button of document.querySelectorAll("#directions-report button")) button.addEventListener("click", report);
$("industry").addEventListener("change", () => { if ($("directions").open) show(); });
