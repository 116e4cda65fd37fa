// Menus, dialogs and short notices: all that floats.
//
//   menu(button, [{ label: t("message.reply"), run: reply }, { heading: "…" }], t("message.menu"));

import { h, iconButton } from "./dom.js";
import { t } from "./texts.js";

let shut = null;

/** Opens a menu at `anchor`. An item is `{label, run, hint?, checked?, chosen?, danger?}` or `{heading}`;
 *  `checked` is a switch, `chosen` one of several. Arrow keys move, Escape closes, focus returns to the anchor. */
export function menu(anchor, items, label) {
  shut?.();
  const list = h("div", { class: "menu", role: "menu", "aria-label": label });
  for (const item of items)
    list.append(item.heading ? h("p", { class: "menu-heading", role: "presentation" }, item.heading) : entry(item));
  document.body.append(list);
  place(list, anchor);
  const entries = [...list.querySelectorAll("button")];
  const away = (event) => {
    if (!list.contains(event.target)) close(false);
  };
  const close = (back = true) => {
    shut = null;
    list.remove();
    removeEventListener("pointerdown", away, true);
    removeEventListener("resize", again);
    anchor.removeAttribute?.("aria-expanded");
    if (back && anchor.isConnected) anchor.focus();
  };
  const again = () => place(list, anchor);
  shut = close;
  anchor.setAttribute?.("aria-expanded", "true");
  addEventListener("pointerdown", away, true);
  addEventListener("resize", again); // a phone's own keyboard going away is no reason to close
  list.addEventListener("keydown", (event) => steer(event, entries, close));
  list.addEventListener("click", (event) => {
    const pressed = entries.indexOf(event.target.closest("button"));
    if (pressed < 0) return;
    close();
    items.filter((item) => !item.heading)[pressed].run();
  });
  entries[0]?.focus();
}

function entry({ label, hint, checked, chosen, danger }) {
  const kind = checked !== undefined ? "menuitemcheckbox" : chosen !== undefined ? "menuitemradio" : "menuitem";
  const on = checked ?? chosen;
  return h(
    "button",
    {
      type: "button",
      role: kind,
      tabindex: "-1",
      class: danger ? "danger" : null,
      "aria-checked": on === undefined ? null : String(on),
    },
    checked === undefined ? null : h("span", { class: "switch", "aria-hidden": "true" }),
    chosen === undefined ? null : h("span", { class: "choice", "aria-hidden": "true" }, chosen ? "✓" : ""),
    h("span", { class: "menu-label" }, label),
    hint ? h("span", { class: "menu-hint" }, hint) : null,
  );
}

function steer(event, entries, close) {
  const at = entries.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    entries[(to + entries.length) % entries.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close();
  }
}

function place(list, anchor) {
  const gap = 6;
  const from = anchor.getBoundingClientRect();
  const { width, height } = list.getBoundingClientRect();
  const below = from.bottom + gap + height <= innerHeight - gap || from.top < height + 2 * gap;
  const edge = anchor.closest?.(".phone")?.getBoundingClientRect().right ?? innerWidth;
  const left = from.left + width > edge - gap ? from.right - width : from.left;
  list.style.left = `${Math.max(gap, Math.min(left, innerWidth - width - gap))}px`;
  const top = below ? from.bottom + gap : from.top - gap - height;
  list.style.top = `${Math.max(gap, Math.min(top, innerHeight - height - gap))}px`;
}

/** A modal dialog with a title; `build(close)` gives its content. Resolves when it is closed. */
export function dialog(title, build, name = "") {
  return new Promise((done) => {
    const close = () => box.close();
    const box = h(
      "dialog",
      {
        class: `dialog ${name}`,
        "aria-label": title,
        on: {
          close: () => {
            box.remove();
            done();
          },
        },
      },
      h("div", { class: "dialog-head" }, h("h2", {}, title), iconButton("close", t("close"), close)),
      build(close),
    );
    box.addEventListener("click", (event) => {
      if (event.target === box) close();
    });
    document.body.append(box);
    box.showModal();
  });
}

/** As much of a text as a glance takes in, up to the end of a word; of Chinese, which has no spaces, half as much. */
function brief(text) {
  const most = /[\u3400-\u9fff]/.test(text) ? 36 : 72;
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), most - 12)).replace(/[\s·,，、:：]+$/, "")}…`;
}

/** A short notice inside `place`, gone after a few seconds; screen readers hear it. `press` makes it a button, of one
 *  glance. Returns its element. */
export function notice(place, text, press) {
  const line = press
    ? h(
        "button",
        {
          type: "button",
          class: "notice",
          on: {
            click: () => {
              line.remove();
              press();
            },
          },
        },
        brief(text),
      )
    : h("p", { class: "notice" }, text);
  for (const older of [...place.children].slice(0, -1)) older.remove();
  place.append(line);
  setTimeout(() => line.remove(), Math.min(2000 + 40 * text.length, press ? 3500 : 7000));
  return line;
}
