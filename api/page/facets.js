// Facets: how the searched patents and the nearest of them divide; a click narrows, another takes it back.
import { $, make, narrowScreen, text } from "./common.js";
import { shown } from "./values.js";

// Facet → the fields of the form that its values go into; the value of an industry or a theme is its id.
const FIELDS = { province: ["region"], city: ["region"], filing_year: ["filed_from", "filed_to"] };
const fields = (facet) => FIELDS[facet.name] ?? [facet.name];

const LABELS = {
  patent_type: "page-facet-type", legal_state: "page-facet-status", filing_year: "page-facet-filing-year",
  province: "page-facet-province", city: "page-facet-city", ipc: "page-facet-ipc", applicant: "page-applicant",
  industry: "page-industry", theme: "page-theme",
};

// What the user opened or closed stays so.
const folded = new Map();

function narrow(facet, value, search) {
  for (const name of fields(facet)) $("form").elements[name].value = value;
  // The themes and the study follow the industry too.
  if (facet.name === "industry") $("industry").dispatchEvent(new Event("change"));
  else search();
}

function facetItem(facet, chosen, search) {
  const taken = (value) => fields(facet).every((name) => [chosen[name]].flat().includes(value));
  const values = facet.name === "filing_year" ? facet.values.slice(-12).reverse() : facet.values;
  const open = folded.get(facet.name) ?? !narrowScreen();
  const button = (one) => make("button", {
    type: "button", "data-value": `${facet.name} ${one.value}`,
    title: text("page-facet-counts", { name: facet.name === "theme" ? `${one.label} ${one.value}` : shown(one.label), near: one.near, all: one.count }),
    "aria-pressed": String(taken(one.value)),
    onclick: () => narrow(facet, taken(one.value) ? "" : one.value, search),
  }, make("span", { class: "label", text: shown(one.label) }),
  make("span", { class: "counts" }, make(one.near ? "b" : "span", { text: one.near }), ` / ${one.count}`));
  return make("details", { class: "facet", open: open ? "" : null, ontoggle: (event) => folded.set(facet.name, event.target.open) },
    make("summary", { text: LABELS[facet.name] ? text(LABELS[facet.name]) : facet.label }),
    make("ul", {}, ...values.map((one) => make("li", {}, button(one)))),
    facet.distinct > values.length ? make("p", { class: "quiet", text: text("page-facet-more", { count: facet.distinct }) }) : null);
}

/** Show the facets of an answer; `chosen` are the filters that it was narrowed by. */
export function showFacets(facets, chosen, search) {
  const held = document.activeElement?.dataset?.value;
  $("facets").replaceChildren(...(facets.length ? [
    make("h2", { class: "unseen", text: text("page-facets") }),
    make("p", { class: "quiet legend", text: text("page-facet-legend") }),
    ...facets.map((facet) => facetItem(facet, chosen, search))] : []));
  if (held) [...$("facets").querySelectorAll("button")].find((button) => button.dataset.value === held)?.focus();
}
