// "What if": switches for what can go wrong, and a strip that says what is broken just now and ends it.
//
//   const faults = new Faults(world); header.append(faults.button); page.append(faults.strip);

import { act, call } from "./api.js";
import { h } from "./dom.js";
import { menu } from "./menu.js";
import { t } from "./texts.js";

/** What the stand-in is told; see "The control side" in its manual. */
const KINDS = {
  down: { is: (fault) => fault.kind === "error" && fault.code === 503, add: { kind: "error", code: 503 } },
  slow: { is: (fault) => fault.kind === "slow", add: { kind: "slow", seconds: 1.5 } },
};

export class Faults {
  /** `phones()` are those on the desk: each owner can block Kehu. */
  constructor(world, phones) {
    Object.assign(this, { world, phones });
    this.button = h(
      "button",
      {
        type: "button",
        class: "plain-button",
        "aria-haspopup": "menu",
        on: { click: (event) => this.open(event.currentTarget) },
      },
      h("span", { class: "lamp", "aria-hidden": "true" }),
      t("faults"),
    );
    this.strip = h("div", { class: "strip", role: "status", hidden: true });
    this.refresh();
  }

  open(anchor) {
    menu(
      anchor,
      [
        { heading: t("faults.hint") },
        ...Object.keys(KINDS).map((kind) => ({
          label: t(`faults.${kind}`),
          checked: this._on(kind).length > 0,
          run: () => this.toggle(kind),
        })),
        ...this.phones().map((phone) => ({
          label: t("faults.blocked", { name: phone.name }),
          checked: this.blocked(phone),
          run: () => this.block(phone),
        })),
      ],
      t("faults"),
    );
  }

  blocked(phone) {
    return Boolean(this.world.chats.get(phone.person.id)?.blocked);
  }

  block(phone) {
    return act(phone.person.id, this.blocked(phone) ? "unblock" : "block");
  }

  async toggle(kind) {
    const on = this._on(kind);
    if (!on.length) await call("POST", "/control/faults", KINDS[kind].add);
    for (const { id } of on) await call("DELETE", `/control/faults/${Number(id)}`);
  }

  _on(kind) {
    return this.world.faults.filter(KINDS[kind].is);
  }

  /** After the world's faults changed, or somebody blocked Kehu. */
  refresh() {
    const broken = [
      ...Object.keys(KINDS)
        .filter((kind) => this._on(kind).length)
        .map((kind) => ({ words: t(`faults.${kind}`), end: t("faults.end"), run: () => this.toggle(kind) })),
      ...this.phones()
        .filter((phone) => this.blocked(phone))
        .map((phone) => ({
          words: t("phone.blocked", { name: phone.name }),
          end: t("phone.unblock"),
          run: () => this.block(phone),
        })),
    ];
    this.button.classList.toggle("lit", broken.length > 0);
    this.strip.hidden = !broken.length;
    this.strip.replaceChildren(
      ...broken.map(({ words, end, run }) =>
        h("span", { class: "broken" }, words, h("button", { type: "button", on: { click: run } }, end)),
      ),
    );
  }
}
