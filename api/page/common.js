// What all parts of the page share.
export const $ = (id) => document.getElementById(id);

const TEXTS = JSON.parse($("texts").textContent);
/** What the page is written in, and what the API is asked to answer in: zh or en. */
export const language = document.documentElement.lang.slice(0, 2);
const NUMBERS = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });

/**
 * A text of the catalogues in the reader's language, with `{name}` replaced by the value of that name. A value
 * named `count` chooses between one and several. Numbers are counts: years and ids are given as strings.
 */
export function text(code, values = {}) {
  const forms = [TEXTS[code]].flat(), form = forms[values.count === 1 ? 0 : forms.length - 1];
  return form.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? NUMBERS.format(values[name]) : values[name]));
}

/** Names next to each other, and clauses of one sentence, as the language separates them. */
export const listed = (names) => names.join(text("page-between-names"));
export const clauses = (parts) => parts.filter(Boolean).join(text("page-between-clauses"));

/** What a field holds, separated by semicolons of either width. */
export const parted = (field) => field.split(/[;\uff1b]/).map((part) => part.trim()).filter(Boolean);

/** Make an element; text always goes in as text, so a patent title can never become markup. */
export function make(tag, { text, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  if (text !== undefined && text !== null) element.textContent = text;
  element.append(...children.filter(Boolean));
  return element;
}

async function answered(path, options) {
  const headers = { ...options?.headers, "Accept-Language": language };
  const response = await fetch(path, { ...options, headers }).catch(() => { throw new Error(text("page-no-service")); });
  if (response.ok) return response;
  const answer = await response.json().catch(() => ({ error: `${response.status} ${response.statusText}` }));
  throw Object.assign(new Error(answer.error ?? JSON.stringify(answer)), answer);
}

export async function ask(path, options) { return (await answered(path, options)).json(); }

/** What a request with a JSON body needs. */
export function json(body) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/** The answer as a file of the user's. */
export async function save(path, options, name) {
  const link = make("a", { href: URL.createObjectURL(await (await answered(path, options)).blob()), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** What went wrong; in a wrong 检索式 the place is marked. */
export function problem({ message, help, place, query }) {
  const letters = [...(query ?? "")], wrong = typeof place === "number" && letters.length;
  return make("span", { class: "error" }, make("span", { text: wrong ? message.split("\n")[0] : message }),
    wrong && make("span", { class: "wrong" }, make("span", { text: text("page-wrong-at", { place: place + 1 }) }),
      make("code", {}, make("span", { text: letters.slice(0, place).join("") }),
        make("mark", { text: letters[place] ?? "▁" }), make("span", { text: letters.slice(place + 1).join("") }))),
    help && make("span", { class: "help", text: help }));
}

export function complain(error) { $("summary").replaceChildren(problem(error)); }

/**
 * Of several requests that fill the same places only the newest counts: `const latest = newest("hits")`, then
 * `latest(async (current) => …)`, which asks `current()` before it fills. Until the newest ends the places are
 * busy: what they still show is about to go, so it takes no clicks.
 */
export function newest(...places) {
  let last = 0;
  const mark = (busy) => places.forEach((id) => $(id)?.setAttribute("aria-busy", String(busy)));
  return async (work) => {
    const mine = ++last, current = () => mine === last;
    mark(true);
    try { await work(current); } finally { if (current()) mark(false); }
  };
}

// The style sheet keeps the pointer away from what is busy; keys come as clicks too.
document.addEventListener("click", (event) => {
  if (event.target.closest('[aria-busy="true"]')) { event.preventDefault(); event.stopPropagation(); }
}, { capture: true });

/** Whether a key sends; the Enter that takes a word from an input method does not. */
export const sends = (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing;

export const narrowScreen = () => matchMedia("(max-width: 60rem)").matches;
