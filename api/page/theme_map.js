// The map of a scope: every patent a dot, names of themes by how near one looks. A canvas, no library.
import { $, ask, clauses, make, newest, text } from "./common.js";
import { search } from "./search.js";
import { SPACE } from "./tables.js";

const NEAREST = 9, STEP = 1.35, MOST_NAMES = 60;
let map = null, view = { x: 0, y: 0, scale: 30 }, chosen = -1, waiting = false;
const latest = newest("map-stage"), latestDot = newest("map-patent");

/** Colours of themes: hues far apart for neighbours in the list; unplaced patents are grey. */
function colours(count, dark) {
  const made = [];
  for (let theme = 0; theme < count; theme++) made.push(rgb((theme * 137.508) % 360, .55, dark ? .62 : .45));
  made.push(dark ? 0xff5a524a : 0xffc9c4bf);
  return Uint32Array.from(made);
}

/** Hue, saturation and lightness as the canvas keeps a pixel: alpha, blue, green, red. */
function rgb(hue, saturation, lightness) {
  const part = (n) => {
    const k = (n + hue / 30) % 12, a = saturation * Math.min(lightness, 1 - lightness);
    return Math.round(255 * (lightness - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return (255 << 24 | part(4) << 16 | part(8) << 8 | part(0)) >>> 0;
}

function canvas() { return $("map-canvas"); }

/** The lowest and highest of some numbers. */
function ends(values) {
  let low = Infinity, high = -Infinity;
  for (const value of values) { if (value < low) low = value; if (value > high) high = value; }
  return [low, high];
}

/** All patents in view, with a margin for names. */
function fit() {
  const box = canvas().getBoundingClientRect(), [left, right] = ends(map.x), [top, bottom] = ends(map.y);
  const wide = Math.max(1, (right - left) / map.scale), high = Math.max(1, (bottom - top) / map.scale);
  view = { x: (left + right) / 2 / map.scale, y: (top + bottom) / 2 / map.scale,
    scale: .9 * Math.min(box.width / wide, box.height / high) };
}

function redraw() {
  if (waiting || !map) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; draw(); });
}

function draw() {
  const element = canvas(), box = element.getBoundingClientRect(), ratio = window.devicePixelRatio || 1;
  const width = Math.round(box.width * ratio), height = Math.round(box.height * ratio);
  if (!width || !height) return;
  if (element.width !== width || element.height !== height) { element.width = width; element.height = height; }
  const paint = element.getContext("2d"), image = paint.createImageData(width, height);
  dots(new Uint32Array(image.data.buffer), width, height, ratio);
  paint.putImageData(image, 0, 0);
  paint.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (chosen >= 0 && map.theme[chosen] >= 0) outline(paint, box, map.themes[map.theme[chosen]]);
  names(paint, box);
  if (chosen >= 0) ring(paint, box);
}

/** Dots are written as pixels: 120,000 of them take a few milliseconds. */
function dots(pixels, width, height, ratio) {
  const scale = view.scale * ratio / map.scale, left = width / 2 - view.x * view.scale * ratio;
  const top = height / 2 - view.y * view.scale * ratio, last = map.palette.length - 1;
  const least = map.x.length > 30000 ? 1 : map.x.length > 3000 ? 2 : 3;
  const size = Math.round(ratio * Math.max(least, view.scale < 60 ? 1 : view.scale < 220 ? 2 : 4));
  for (let i = 0; i < map.x.length; i++) {
    const x = (map.x[i] * scale + left) | 0, y = (map.y[i] * scale + top) | 0;
    if (x < 0 || y < 0 || x + size > width || y + size > height) continue;
    const colour = map.palette[map.theme[i] < 0 ? last : map.theme[i]];
    for (let row = y; row < y + size; row++) for (let column = x; column < x + size; column++)
      pixels[row * width + column] = colour;
  }
}

function place(x, y, box) {
  return [box.width / 2 + (x / map.scale - view.x) * view.scale, box.height / 2 + (y / map.scale - view.y) * view.scale];
}

function outline(paint, box, theme) {
  paint.beginPath();
  for (let corner = 0; corner < theme.outline.length; corner += 2)
    paint.lineTo(...place(theme.outline[corner], theme.outline[corner + 1], box));
  paint.closePath(); paint.lineWidth = 1.5; paint.strokeStyle = style("--accent"); paint.stroke();
}

function ring(paint, box) {
  const [x, y] = place(map.x[chosen], map.y[chosen], box);
  paint.beginPath(); paint.arc(x, y, 6, 0, 2 * Math.PI);
  paint.lineWidth = 2; paint.strokeStyle = style("--ink"); paint.stroke();
}

function style(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

/** The finest layer whose names in view still have room; the large ones first, none over another. */
function names(paint, box) {
  const inside = (label) => {
    const [x, y] = place(label.x, label.y, box);
    return x > 0 && y > 0 && x < box.width && y < box.height;
  };
  let shown = [];
  for (const layer of map.layers) {
    const seen = map.labels.filter((label) => label.layer === layer && inside(label));
    if (shown.length && seen.length > MOST_NAMES) break;
    shown = seen;
  }
  paint.font = `600 13px ${getComputedStyle(document.body).fontFamily}`;
  paint.textAlign = "center"; paint.textBaseline = "middle"; paint.lineJoin = "round";
  const taken = [];
  for (const label of shown) {
    const [x, y] = place(label.x, label.y, box), half = paint.measureText(label.name).width / 2 + 3;
    const room = [Math.min(Math.max(x, half), box.width - half), y];
    if (taken.some(([ox, oy, ohalf]) => Math.abs(ox - room[0]) < half + ohalf && Math.abs(oy - room[1]) < 17)) continue;
    taken.push([...room, half]);
    paint.lineWidth = 4; paint.strokeStyle = style("--paper"); paint.strokeText(label.name, ...room);
    paint.fillStyle = style("--ink"); paint.fillText(label.name, ...room);
  }
}

function zoom(factor, x, y) {
  const box = canvas().getBoundingClientRect();
  const dx = (x ?? box.width / 2) - box.width / 2, dy = (y ?? box.height / 2) - box.height / 2;
  const scale = Math.min(4000, Math.max(5, view.scale * factor));
  view = { x: view.x + dx / view.scale - dx / scale, y: view.y + dy / view.scale - dy / scale, scale };
  redraw();
}

/** The dot next to a place of the canvas, within so many pixels; −1 when there is none. */
function nearest(x, y, within = NEAREST) {
  const box = canvas().getBoundingClientRect();
  const wx = ((x - box.width / 2) / view.scale + view.x) * map.scale;
  const wy = ((y - box.height / 2) / view.scale + view.y) * map.scale;
  let best = -1, least = (within * map.scale / view.scale) ** 2;
  for (let i = 0; i < map.x.length; i++) {
    const away = (map.x[i] - wx) ** 2 + (map.y[i] - wy) ** 2;
    if (away < least) { least = away; best = i; }
  }
  return best;
}

const tell = (dot) => latestDot(async (current) => {
  chosen = dot;
  redraw();
  if (dot < 0) { $("map-patent").replaceChildren(); return; }
  const number = map.number[dot], theme = map.themes[map.theme[dot]];
  const found = await ask(`api/patents/${encodeURIComponent(number)}`).catch((error) => ({ error }));
  if (!current()) return;
  const record = found.record ?? {};
  $("map-patent").replaceChildren(
    make("strong", { text: record.title || found.error?.message || text("page-untitled") }),
    make("div", { class: "quiet", text: [number, record.ipc?.[0], clauses(record.applicants ?? [])].filter(Boolean).join(SPACE) }),
    make("div", { class: "quiet", text: theme
      ? text(map.core[dot] ? "page-dot-core" : "page-dot-assigned", { theme: theme.name }) : text("page-dot-unplaced") }),
    make("button", { type: "button", text: text("page-find-similar-help"), onclick: () => { $("text").value = number; search(); } }));
});

/** Drag to move, two fingers or the wheel to zoom, click a dot; arrows, +, − and Enter do the same. */
function listen(element) {
  const held = new Map();
  let moved = false;
  const at = (event) => { const box = element.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  element.addEventListener("wheel", (event) => { event.preventDefault(); zoom(STEP ** (-event.deltaY / 100), ...at(event)); }, { passive: false });
  element.addEventListener("pointerdown", (event) => {
    moved = held.size > 0;
    held.set(event.pointerId, at(event)); element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId), now = at(event);
    if (!before) return;
    moved ||= Math.hypot(now[0] - before[0], now[1] - before[1]) > 3;
    if (!moved) return;
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    held.set(event.pointerId, now);
    if (other) zoom(apart(now, other) / Math.max(1, apart(before, other)), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
    else pan(before[0] - now[0], before[1] - now[1]);
  });
  element.addEventListener("pointerup", (event) => { if (held.delete(event.pointerId) && !moved && map) tell(nearest(...at(event))); });
  element.addEventListener("pointercancel", (event) => held.delete(event.pointerId));
  element.addEventListener("keydown", keyed);
  new ResizeObserver(redraw).observe(element);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { recolour(); redraw(); });
}

function apart(one, other) { return Math.hypot(one[0] - other[0], one[1] - other[1]); }

function pan(x, y) { view.x += x / view.scale; view.y += y / view.scale; redraw(); }

function keyed(event) {
  const move = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] }[event.key];
  if (move) pan(...move);
  else if (event.key === "+" || event.key === "=") zoom(STEP);
  else if (event.key === "-") zoom(1 / STEP);
  else if (event.key === "Enter" && map) { const box = canvas().getBoundingClientRect(); tell(nearest(box.width / 2, box.height / 2, Infinity)); }
  else return;
  event.preventDefault();
}

function recolour() {
  if (map) map.palette = colours(map.themes.length, matchMedia("(prefers-color-scheme: dark)").matches);
}

/** Look at one theme from near. */
export function lookAt(id) {
  const theme = map?.themes.find((one) => one.id === id);
  if (!theme) return;
  const own = map.theme.findIndex((place) => place >= 0 && map.themes[place].id === id);
  view = { x: theme.x / map.scale, y: theme.y / map.scale, scale: Math.max(view.scale, 90) };
  chosen = own;
  redraw();
}

const load = (wanted) => latest(async (current) => {
  $("map-note").textContent = text("page-loading");
  try {
    const found = await ask(`api/themes/map?${wanted}`);
    if (!current()) return;
    map = { ...found, x: Int32Array.from(found.x), y: Int32Array.from(found.y),
      layers: [...new Set(found.labels.map((label) => label.layer))].sort((a, b) => a - b) };
    recolour();
    tell(-1);
    $("map-note").textContent = clauses([
      text("page-map-shows", { patents: text("page-patents", { count: found.x.length }), themes: text("page-themes-found", { count: found.themes.length }) }),
      text("page-map-help")]);
    fit(); redraw();
  } catch (error) { if (current()) { map = null; $("map-note").textContent = error.message; } }
});

let shownFor = null;
/** Show the map of these parameters when the section is open, else when it is opened. */
export function showMap(wanted) {
  const section = $("map") ?? makeSection();
  section.dataset.wanted = wanted;
  if (section.open && shownFor !== wanted) { shownFor = wanted; load(wanted); }
}

export function forgetMap() { shownFor = null; }

function makeSection() {
  const element = make("canvas", { id: "map-canvas", tabindex: 0, role: "application",
    "aria-label": text("page-map-keys") });
  const section = make("details", { class: "map", id: "map" },
    make("summary", { text: text("page-map") }, make("small", { id: "map-note" })),
    make("div", { class: "stage", id: "map-stage" }, element,
      make("div", { class: "keys" },
        make("button", { type: "button", text: "+", title: text("page-zoom-in"), "aria-label": text("page-zoom-in"), onclick: () => zoom(STEP) }),
        make("button", { type: "button", text: "−", title: text("page-zoom-out"), "aria-label": text("page-zoom-out"), onclick: () => zoom(1 / STEP) }),
        make("button", { type: "button", text: "⌂", title: text("page-zoom-all"), "aria-label": text("page-zoom-all"), onclick: () => { if (map) { fit(); redraw(); } } })),
      make("div", { class: "patent", id: "map-patent", role: "status" })));
  section.addEventListener("toggle", () => showMap(section.dataset.wanted));
  $("panels").append(section);
  listen(element);
  return section;
}
