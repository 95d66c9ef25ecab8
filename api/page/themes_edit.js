// Changes of themes by users: rename, pin keywords, merge, split, hide, make of words; the log, and undoing.
import { $, ask, json, make, problem } from "./common.js";

const KINDS = { rename: "改名", merge: "合并", split: "拆分", hide: "隐藏", show: "恢复显示", pin: "固定关键词", seed: "新建" };
const NEWEST = 20;
const words = (text) => text.split(/[;；,，、]/).map((word) => word.trim()).filter(Boolean);

/** Send a change; `changed` is called when the themes are other ones. What was done may be said. */
async function send(path, body, changed, note, said) {
  note.replaceChildren(make("span", { class: "quiet", text: "处理中…" }));
  try {
    const answer = await ask(path, json(body));
    await changed();
    note.replaceChildren(...(said ? [make("span", { class: "quiet", text: said(answer) })] : []));
  } catch (error) { note.replaceChildren(problem(error)); }
}

/** What can be changed of one theme, folded. */
export function editor(theme, themes, changed) {
  const note = make("div", { role: "status" });
  const change = (body) => send("api/themes/edits", { id: theme.id, ...body }, changed, note);
  const name = make("input", { type: "text", value: theme.name, maxlength: 60, "aria-label": "新名称，留空恢复原名" });
  const pinned = make("input", { type: "text", placeholder: "用；分隔，留空取消", "aria-label": "固定的关键词，用分号分隔" });
  const other = make("select", { "aria-label": "并入这里的主题" }, make("option", { value: "", text: "选一个主题" }),
    ...themes.filter((one) => one.id !== theme.id).map((one) => make("option", { value: one.id, text: `${one.name}（${one.size}）` })));
  const parts = make("input", { type: "number", min: 2, max: 20, value: 2, "aria-label": "拆成几个" });
  const row = (field, text, title, body) => make("div", { class: "edit-row" }, field,
    make("button", { type: "button", text, title, onclick: () => body() && change(body()) }));
  return make("details", { class: "edit" }, make("summary", { text: "修改（都可撤销）" }),
    row(name, "改名", "留空恢复原名", () => ({ kind: "rename", name: name.value.trim() })),
    row(pinned, "固定关键词", "这些词总排在前面", () => ({ kind: "pin", words: words(pinned.value) })),
    row(other, "并入本主题", "把选中的主题并入这一个", () => other.value && { kind: "merge", ids: [other.value] }),
    row(parts, "拆分", "按同一方法拆成几个", () => ({ kind: "split", parts: Number(parts.value) || 2 })),
    make("div", { class: "edit-row" }, make("button", { type: "button", text: "隐藏", title: "不再列出", onclick: () => change({ kind: "hide" }) })),
    note);
}

/** A theme made of words that its patents contain, folded; of the chosen industry, or of the whole library. */
export function seeder(changed) {
  const note = make("div", { role: "status" });
  const name = make("input", { type: "text", maxlength: 60, placeholder: "名称", "aria-label": "新主题的名称" });
  const terms = make("input", { type: "text", placeholder: "词，用；分隔", "aria-label": "新主题的词，用分号分隔" });
  const sent = async (event) => {
    event.preventDefault();
    const body = { kind: "seed", name: name.value.trim(), words: words(terms.value), industry: $("industry").value };
    if (!body.name || !body.words.length) {
      note.replaceChildren(problem({ message: "请写名称和至少一个词" }));
      (body.name ? terms : name).focus();
      return;
    }
    await send("api/themes/edits", body, async () => { name.value = ""; terms.value = ""; await changed(); }, note,
      ({ line }) => `已新建 ${line.id}“${line.name}”；改动记录中可撤销`);
  };
  return make("details", { class: "edit", id: "themes-seed" }, make("summary", { text: "新建主题" }),
    make("form", { onsubmit: sent }, name, terms, make("button", { type: "submit", text: "新建" })),
    make("p", { class: "quiet", text: "标题或摘要含其中一个词的专利归入新主题；可撤销" }), note);
}

function line(edit, changed, note) {
  const what = [KINDS[edit.kind] ?? edit.kind, edit.id, edit.ids.length && `← ${edit.ids.join("、")}`,
    edit.name && `“${edit.name}”`, edit.words.join("、")].filter(Boolean).join(" ");
  const state = edit.undoes !== null ? `（撤销第 ${edit.undoes} 条）` : edit.undone ? "（已撤销）" : edit.in_force ? "" : "（现无作用）";
  return make("li", {}, make("span", { text: `${edit.number}. ${what}${state} ` }),
    make("span", { class: "quiet", text: [edit.at.slice(0, 10), edit.who].filter(Boolean).join(" ") }), " ",
    edit.in_force ? make("button", { type: "button", text: "撤销", "aria-label": `撤销第 ${edit.number} 条`,
      onclick: () => send("api/themes/edits/undo", { number: edit.number }, changed, note) }) : null);
}

/** The log of changes with a button to undo each; nothing where nobody changed anything. */
export async function showEdits(changed, current) {
  const { edits } = await ask("api/themes/edits");
  if (!current()) return;
  const lines = edits.filter((edit, place) => place < NEWEST || edit.in_force);
  const box = $("themes-edits"), open = box.firstElementChild?.open ?? false;
  const note = make("div", { role: "status" });
  box.replaceChildren(...(edits.length ? [make("details", { class: "edit", open: open ? "" : null },
    make("summary", { text: `改动记录（${edits.length} 条，${edits.filter((edit) => edit.in_force).length} 条有效）` }),
    make("ul", {}, ...lines.map((edit) => line(edit, changed, note))), note)] : []));
}
