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

export async function ask(path, options) {
  const response = await fetch(path, options);
  const body = await response.json().catch(() => ({ error: response.statusText }));
  if (!response.ok) throw new Error([body.error ?? JSON.stringify(body.detail), body.help].filter(Boolean).join("\n"));
  return body;
}

export function complain(error) {
  $("summary").replaceChildren(make("span", { class: "error", text: error.message }));
}
