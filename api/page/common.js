// What all parts of the page share.
export const $ = (id) => document.getElementById(id);

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
  const response = await fetch(path, options).catch(() => {
    throw new Error("连不上服务：请确认 patlas serve 仍在运行，再试一次。");
  });
  if (response.ok) return response;
  const said = await response.json().catch(() => ({ error: `${response.status} ${response.statusText}` }));
  throw Object.assign(new Error(said.error ?? JSON.stringify(said)), said);
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
    wrong && make("span", { class: "wrong" }, make("span", { text: `检索式第 ${place + 1} 个字符：` }),
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
