// Inline mode: "@bot words" in any chat asks the bot while one types, and its answers stand above the box.
//
//   inline.typed("@kehu_demo_bot zhang")
//
// https://core.telegram.org/bots/inline

import { act } from "./api.js";
import { h } from "./dom.js";
import { t } from "./texts.js";

const PAUSE = 300; // milliseconds without a key before the bot is asked

export class Inline {
  /** `place` is the composer's; `tries(gesture)` says what went wrong; `chosen` is called when a result was sent. */
  constructor(place, tries, chosen) {
    Object.assign(this, { _place: place, _tries: tries, _chosen: chosen });
    this._words = "";
    this._query = "";
    this._last = null;
    this._timer = 0;
    this.element = h("div", {
      class: "results",
      role: "listbox",
      "aria-label": t("inline.results"),
      hidden: true,
      on: { keydown: (event) => this._walk(event) },
    });
  }

  typed(text) {
    clearTimeout(this._timer);
    const found = /^@(\w+)\s(.*)$/s.exec(text);
    if (!found || found[1].toLowerCase() !== this._place.world.bot.username.toLowerCase()) this.close();
    else this._timer = setTimeout(() => this._ask(found[2]), PAUSE);
  }

  close() {
    clearTimeout(this._timer);
    this._query = "";
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  /** An answer of the bot's, or of Telegram's memory, which may come before we know which question it answers. */
  take(answer) {
    this._last = answer;
    if (answer.query_id === this._query) this._draw();
  }

  /** Arrow keys go from the box into the results, Enter takes the first; true if the key was for them. */
  key(event) {
    if (this.element.hidden) return false;
    const all = this._buttons();
    const first = this.element.querySelector("[role=option]");
    if (event.key === "ArrowUp" || event.key === "ArrowDown") all.at(event.key === "ArrowUp" ? -1 : 0)?.focus();
    else if (event.key === "Enter" && !event.shiftKey && first) first.click();
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  _walk(event) {
    const all = this._buttons();
    const to = all.indexOf(document.activeElement) + { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!Number.isNaN(to)) {
      event.preventDefault();
      (all[to] ?? this._place.box()).focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
      this._place.box().focus();
    }
  }

  _buttons() {
    return [...this.element.querySelectorAll("button")];
  }

  /** Asks; with an offset, for more of the same. */
  async _ask(query, offset = "") {
    this._words = query;
    const { chat, to } = this._place.target();
    const asked = await this._tries(() => act(this._place.person.id, "inline", { query, offset, chat, to }));
    if (!asked || query !== this._words) return;
    this._query = asked.query_id;
    if (!offset) this._fresh = true;
    if (this._last?.query_id === this._query) this._draw();
  }

  _draw() {
    const { query_id, results, button, next_offset } = this._last;
    if (this._fresh) this.element.replaceChildren();
    this.element.querySelector(".further")?.remove();
    const first = this._fresh;
    this._fresh = false;
    this.element.append(
      ...(first && button ? [this._leads(button)] : []),
      ...results.map((result) => this._result(query_id, result)),
      ...(next_offset ? [this._further(next_offset)] : []),
    );
    if (!this.element.firstChild) this.element.append(h("p", { class: "faint" }, t("inline.none")));
    this.element.hidden = false;
  }

  _result(query_id, result) {
    const choose = async () => {
      const chosen = { query_id, result_id: result.id, ...this._place.target() };
      if (await this._tries(() => act(this._place.person.id, "choose", chosen))) this._chosen();
    };
    const name = [result.first_name, result.last_name].filter(Boolean).join(" ");
    return h(
      "button",
      { type: "button", role: "option", on: { click: choose } },
      h("b", { dir: "auto" }, result.title ?? (name || t(result.type in { photo: 1, video: 1 } ? result.type : "file"))),
      h("span", { class: "faint", dir: "auto" }, result.description ?? result.phone_number ?? result.caption ?? ""),
    );
  }

  /** The button above the results, which leads into the chat with the bot. */
  _leads({ text, start_parameter }) {
    const begin = () => {
      this._chosen();
      this._place.begin(start_parameter);
    };
    return h("button", { type: "button", class: "leads-in", on: { click: begin } }, text);
  }

  _further(offset) {
    const more = () => this._ask(this._words, offset);
    return h("button", { type: "button", class: "further", on: { click: more } }, t("inline.more"));
  }
}
