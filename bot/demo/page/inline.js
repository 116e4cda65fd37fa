// Inline mode: "@bot words" in any chat asks the bot while one types, and its answers stand above the box.
//
//   inline.typed("@kehu_demo_bot zhang")

import { act, Refused } from "./api.js";
import { h } from "./dom.js";
import { t } from "./texts.js";

const PAUSE = 300; // milliseconds without a key before the bot is asked

export class Inline {
  /** `chosen` is called when a result was sent. */
  constructor(place, chosen) {
    this._place = place;
    this._chosen = chosen;
    this._query = "";
    this._timer = 0;
    this.element = h("div", { class: "results", role: "listbox", "aria-label": t("inline.results"), hidden: true });
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
  }

  /** The bot's answer to the latest question. */
  take({ query_id, results }) {
    if (query_id !== this._query) return;
    this.element.hidden = false;
    this.element.replaceChildren(
      ...(results.length
        ? results.map((result) => this._result(result))
        : [h("p", { class: "faint" }, t("inline.none"))]),
    );
  }

  /** Arrow keys go from the box into the results; true if the key was for them. */
  key(event) {
    if (this.element.hidden) return false;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const all = [...this.element.querySelectorAll("button")];
      (event.key === "ArrowUp" ? all.at(-1) : all[0])?.focus();
      return true;
    }
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
      return true;
    }
    return false;
  }

  async _ask(query) {
    try {
      const { chat } = this._place.target();
      this._query = (await act(this._place.person.id, "inline", { query, chat })).query_id;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this._place.say(t("refused", { why: error.message }));
    }
  }

  _result(result) {
    const choose = async () => {
      await act(this._place.person.id, "choose", {
        query_id: this._query,
        result_id: result.id,
        ...this._place.target(),
      });
      this._chosen();
    };
    return h(
      "button",
      { type: "button", role: "option", on: { click: choose } },
      h("b", { dir: "auto" }, result.title ?? result.id),
      h("span", { class: "faint", dir: "auto" }, result.description ?? ""),
    );
  }
}
