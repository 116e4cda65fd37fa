// The messages of one chat, the oldest above: slips in their order, the days between them, and where one has scrolled to.
//
//   const log = new Log(phone, t("log", { name })); log.put(message); log.toEnd();

import { keyOf, slip } from "./bubble.js";
import { h, iconButton } from "./dom.js";
import { t } from "./texts.js";
import { day } from "./times.js";

const NEAR = 80; // pixels from the end that still count as reading the newest

export class Log {
  /** `view` is what bubble.js draws for; `view.chat` the chat that is shown. */
  constructor(view, label) {
    this.view = view;
    this.list = h("div", {
      class: "log",
      role: "log",
      lang: view.told.lang === "zh" ? "zh-CN" : "en",
      tabindex: "0",
      "aria-label": label,
      on: {
        keydown: (event) => this._walk(event),
        scroll: () => this._scrolled(),
        contextmenu: (event) => this._context(event),
      },
    });
    this._end = true;
    this._due = null;
    this._size = "";
    new ResizeObserver(() => this._resized()).observe(this.list);
    this._latest = iconButton("down", t("new"), () => this.toEnd(), { class: "icon-button latest", hidden: true });
    this.element = h("div", { class: "log-frame" }, this.list, this._latest);
  }

  /** All messages anew; `nothing` is shown when there are none. */
  draw(messages, nothing) {
    this.list.setAttribute("aria-busy", "true");
    this.list.replaceChildren();
    for (const message of messages) this.put(message);
    if (!this.list.firstChild) this.list.append(nothing());
    this.list.removeAttribute("aria-busy");
    this.toEnd();
  }

  /** A message that has just come or changed. */
  write(message, fresh) {
    const follow = this._end || message.from.id === this.view.person.id;
    this.list.querySelector(".empty")?.remove();
    this.put(message).classList.add(fresh ? "fresh" : "changed");
    if (follow) this._follow();
    else if (fresh) this._latest.hidden = false;
  }

  /** Writes a message, in its place if it is there already; its element. */
  put(message) {
    const group = message.media_group_id;
    const all = [...(this.view.chat?.messages.values() ?? [])];
    const row = slip(group ? all.filter((one) => one.media_group_id === group) : [message], this.view);
    const old = this._find(keyOf(message));
    if (old) this._replace(old, row);
    else this._append(row, day(message.date * 1000, this.view.zone, this.view.told.lang));
    return row;
  }

  _replace(old, row) {
    row.dataset.day = old.dataset.day;
    row.classList.toggle("again", old.classList.contains("again"));
    const focused = [...old.querySelectorAll("button")].indexOf(document.activeElement);
    old.replaceWith(row);
    if (focused >= 0) (row.querySelectorAll("button")[focused] ?? row).focus({ preventScroll: true });
  }

  _append(row, date) {
    const last = this.list.lastElementChild;
    if (last?.dataset.day !== date) this.list.append(h("p", { class: "day" }, h("span", {}, date)));
    else if (sameMinute(last, row)) last.classList.add("again");
    row.dataset.day = date;
    this.list.append(row);
  }

  /** Takes messages out, of an album only those; true if none is left. */
  erase(ids) {
    for (const id of ids) {
      const row = this.row(id);
      const rest = [...(this.view.chat?.messages.values() ?? [])].find((one) => row && keyOf(one) === row.dataset.key);
      if (rest) this.put(rest);
      else row?.remove();
    }
    return !this.list.querySelector(".row");
  }

  /** The element of a message, also of one that the world has just forgotten. */
  row(id) {
    return this.list.querySelector(`[data-ids~="${Number(id)}"]`);
  }

  _find(key) {
    return this.list.querySelector(`[data-key="${CSS.escape(key)}"]`);
  }

  /** To the newest message, again when its pictures have come. */
  toEnd() {
    this._end = true;
    this.list.scrollTop = this.list.scrollHeight;
    this._latest.hidden = true;
    for (const picture of this.list.querySelectorAll("img")) {
      if (!picture.complete) picture.addEventListener("load", () => this.toEnd(), { once: true });
    }
  }

  /** To the newest message before the next frame, however many come until then. */
  _follow() {
    this._due ??= requestAnimationFrame(() => {
      this._due = null;
      this.toEnd();
    });
  }

  _atEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR;
  }

  _resized() {
    this._size = size(this.list);
    if (this._end) this.toEnd();
  }

  /** What the browser scrolls because the log became smaller says nothing of what is being read. */
  _scrolled() {
    if (size(this.list) !== this._size) return;
    this._end = this._atEnd();
    if (this._end) this._latest.hidden = true;
  }

  /** Arrow keys go from message to message; Enter opens a message's menu. */
  _walk(event) {
    const rows = [...this.list.querySelectorAll(".row")];
    const at = rows.indexOf(document.activeElement);
    if (event.target !== this.list && at < 0) return;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const to = at < 0 ? rows.length - 1 : at + (event.key === "ArrowUp" ? -1 : 1);
      rows[Math.max(0, Math.min(to, rows.length - 1))]?.focus();
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      rows[at].querySelector(".more")?.click();
    }
  }

  _context(event) {
    const row = event.target.closest?.(".row");
    if (!row || event.target.closest("a[href], img")) return;
    event.preventDefault();
    row.querySelector(".more")?.click();
  }
}

const size = ({ clientWidth, clientHeight }) => `${clientWidth} ${clientHeight}`;

/** Whether two slips are of the same side and minute: then one time for both is enough. */
function sameMinute(one, other) {
  const time = (row) => row.querySelector("time")?.textContent;
  const side = (row) => row.classList[1];
  return time(one) !== undefined && time(one) === time(other) && side(one) === side(other);
}
