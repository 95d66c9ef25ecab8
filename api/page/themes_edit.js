// Changes of themes by users: rename, pin keywords, merge, split, hide, make of words; the log, and undoing.
import { $, ask, json, listed, make, problem, text } from "./common.js";

const KINDS = {
  rename: "page-edit-rename", merge: "page-edit-merge", split: "page-edit-split", hide: "page-edit-hide",
  show: "page-edit-show", pin: "page-edit-pin", seed: "page-edit-seed",
};
const NEWEST = 20;
const words = (field) => field.split(/[;,\uff1b\uff0c\u3001]/).map((word) => word.trim()).filter(Boolean);

/** Send a change; `changed` is called when the themes are other ones. `report` gives a text on what was done. */
async function send(path, body, changed, note, report) {
  note.replaceChildren(make("span", { class: "quiet", text: text("page-working") }));
  try {
    const answer = await ask(path, json(body));
    await changed();
    note.replaceChildren(...(report ? [make("span", { class: "quiet", text: report(answer) })] : []));
  } catch (error) { note.replaceChildren(problem(error)); }
}

/** What can be changed of one theme, folded. */
export function editor(theme, themes, changed) {
  const note = make("div", { role: "status" });
  const change = (body) => send("api/themes/edits", { id: theme.id, ...body }, changed, note);
  const name = make("input", { type: "text", value: theme.name, maxlength: 60, "aria-label": text("page-new-name") });
  const pinned = make("input", { type: "text", placeholder: text("page-pinned-example"), "aria-label": text("page-pinned") });
  const other = make("select", { "aria-label": text("page-merged-theme") }, make("option", { value: "", text: text("page-choose-theme") }),
    ...themes.filter((one) => one.id !== theme.id).map((one) => make("option", { value: one.id, text: text("page-bracketed", { text: one.name, note: one.size }) })));
  const parts = make("input", { type: "number", min: 2, max: 20, value: 2, "aria-label": text("page-split-parts") });
  const row = (field, code, help, body) => make("div", { class: "edit-row" }, field,
    make("button", { type: "button", text: text(code), title: text(help), onclick: () => body() && change(body()) }));
  return make("details", { class: "edit" }, make("summary", { text: text("page-edit") }),
    row(name, "page-edit-rename", "page-edit-rename-help", () => ({ kind: "rename", name: name.value.trim() })),
    row(pinned, "page-edit-pin", "page-edit-pin-help", () => ({ kind: "pin", words: words(pinned.value) })),
    row(other, "page-edit-merge-here", "page-edit-merge-help", () => other.value && { kind: "merge", ids: [other.value] }),
    row(parts, "page-edit-split", "page-edit-split-help", () => ({ kind: "split", parts: Number(parts.value) || 2 })),
    make("div", { class: "edit-row" }, make("button", { type: "button", text: text("page-edit-hide"), title: text("page-edit-hide-help"), onclick: () => change({ kind: "hide" }) })),
    note);
}

/** A theme made of words that its patents contain, folded; of the chosen industry, or of the whole library. */
export function seeder(changed) {
  const note = make("div", { role: "status" });
  const name = make("input", { type: "text", maxlength: 60, placeholder: text("page-seed-name-example"), "aria-label": text("page-seed-name") });
  const terms = make("input", { type: "text", placeholder: text("page-seed-words-example"), "aria-label": text("page-seed-words") });
  const sent = async (event) => {
    event.preventDefault();
    const body = { kind: "seed", name: name.value.trim(), words: words(terms.value), industry: $("industry").value };
    if (!body.name || !body.words.length) {
      note.replaceChildren(problem({ message: text("page-seed-needs") }));
      (body.name ? terms : name).focus();
      return;
    }
    await send("api/themes/edits", body, async () => { name.value = ""; terms.value = ""; await changed(); }, note,
      ({ line }) => text("page-seed-made", { id: line.id, name: line.name }));
  };
  return make("details", { class: "edit", id: "themes-seed" }, make("summary", { text: text("page-seed") }),
    make("form", { onsubmit: sent }, name, terms, make("button", { type: "submit", text: text("page-edit-seed") })),
    make("p", { class: "quiet", text: text("page-seed-help") }), note);
}

function line(edit, changed, note) {
  const what = [KINDS[edit.kind] ? text(KINDS[edit.kind]) : edit.kind, edit.id, edit.ids.length && `← ${listed(edit.ids)}`,
    edit.name && text("page-quoted", { text: edit.name }), listed(edit.words)].filter(Boolean).join(" ");
  const state = edit.undoes !== null ? text("page-edit-undoes", { number: edit.undoes }) : edit.undone ? text("page-edit-undone")
    : edit.in_force ? "" : text("page-edit-idle");
  return make("li", {}, make("span", { text: `${edit.number}. ${state ? text("page-bracketed", { text: what, note: state }) : what} ` }),
    make("span", { class: "quiet", text: [edit.at.slice(0, 10), edit.who].filter(Boolean).join(" ") }), " ",
    edit.in_force ? make("button", { type: "button", text: text("page-edit-undo"), "aria-label": text("page-edit-undo-number", { number: edit.number }),
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
    make("summary", { text: text("page-edits", { count: edits.length, standing: edits.filter((edit) => edit.in_force).length }) }),
    make("ul", {}, ...lines.map((edit) => line(edit, changed, note))), note)] : []));
}
