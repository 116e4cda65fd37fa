// Elements, made one way: attributes as attributes, text as text. Nothing here, or anywhere in the page, reads HTML.
//
//   h("button", { class: "key", type: "button", on: { click } }, "Save")

/** A new element. `attributes`: a value of true is an empty attribute; false, null and undefined leave it out; `on` are
 *  listeners. Children are nodes or texts; null and false are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [kind, listener] of Object.entries(value)) element.addEventListener(kind, listener);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const ICONS = {
  attach: "M14.5 6.5v7.25a4 4 0 0 1-8 0V5.6a2.6 2.6 0 0 1 5.2 0v7.7a1.25 1.25 0 0 1-2.5 0V6.6",
  send: "M10 16.5V4M4.8 9.1 10 3.9l5.2 5.2",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  keys: "M3.5 5.5h13v9h-13zM6.3 8.4h.01M10 8.4h.01M13.7 8.4h.01M7 11.7h6",
  close: "m5.5 5.5 9 9m0-9-9 9",
  down: "m6 8.2 4 4 4-4",
  plus: "M10 4.5v11M4.5 10h11",
  file: "M5.5 3h6l3.5 3.6V17h-9.5zM11.4 3.2v3.6h3.4",
  reply: "M8 5 3.8 9.2 8 13.4M4 9.2h7.2a5 5 0 0 1 5 5v1",
  half: "M10 3.5a6.5 6.5 0 1 0 0 13zM10 3.5a6.5 6.5 0 0 1 0 13",
};

/** A line drawing of 20 by 20; decoration only, so the button around it carries the name. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows an icon and says `label` to screen readers and as a tooltip. */
export function iconButton(name, label, click, attributes = {}) {
  return h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click }, ...attributes },
    icon(name),
  );
}

/** What this browser tab remembers until it is closed; `told` by the demo's address, so a new demo begins anew. */
export const memory = {
  get(name, otherwise) {
    try {
      return JSON.parse(sessionStorage.getItem(`${location.search}:${name}`)) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  set(name, value) {
    sessionStorage.setItem(`${location.search}:${name}`, JSON.stringify(value));
  },
};
