// The first minute: five steps with the real bot, each done by doing it. Where to tap is marked on the phone.
//
//   const guide = new Guide({ world, told, home, extras }); page.append(guide.element); guide.take(event);
//
// `extras`: what is offered at the end (`card`, `fault`), `clock()`, the thing to press for Monday, and `over()`, which
// hears that the guide is done or left.

import { h, iconButton, memory } from "./dom.js";
import { LINES, t } from "./texts.js";

const LAST = 5;
const OVER = LAST + 2;

export class Guide {
  constructor({ world, told, home, extras }) {
    Object.assign(this, { world, told, home, extras });
    this.lines = LINES[told.lang];
    const having = (role) => told.people.find((person) => person.role === role && told.phones.includes(person.id))?.id;
    this.seller = having("salesperson");
    this.manager = having("manager");
    this.step = memory.get("step", 1);
    this.round = memory.get("round", 0);
    this.saved = memory.get("saved", "");
    this.element = h("section", { class: "guide", "aria-label": t("guide"), "aria-live": "polite" });
    this.draw();
  }

  /** From the first step, with another made-up customer: the last one may still be in the book. */
  async again() {
    this.round += 1;
    memory.set("round", this.round);
    this._go(1);
    this.home.bring(await this.home.fetch(this.seller));
  }

  /** Whether there are steps left. */
  get running() {
    return this.step <= LAST;
  }

  /** The made-up customer of this round. */
  get customer() {
    return this.lines.customers[this.round % this.lines.customers.length];
  }

  /** Looks whether an event finishes the step. */
  take(event) {
    if (this._done(event)) this._go(this.step + 1);
    else this.point();
  }

  _done(event) {
    const mine = event.chat_id === this.seller && (event.type === "message" || event.type === "edited");
    const ofBot = mine && event.message.from.id === this.world.bot.id;
    const text = (mine && event.message.text) || "";
    const { lines } = this;
    if (this.step === 1) return ofBot && this._labels(event.message).includes(lines.save);
    if (this.step === 2 && ofBot && text.includes(lines.saved)) {
      this._keep(event.message);
      return true;
    }
    if (this.step === 3) return ofBot && event.type === "message" && text.includes(this.saved);
    if (this.step === 4) return ofBot && text.includes(lines.undone);
    if (this.step === 5)
      return event.chat_id === this.manager && event.type === "message" && event.message.text?.startsWith("📊");
    return false;
  }

  /** Remembers whom they saved, who need not be the one that we proposed. */
  _keep({ text, entities = [] }) {
    const name = entities.find(({ type }) => type === "bold");
    this.saved = name ? text.slice(name.offset, name.offset + name.length) : this.customer.name;
    memory.set("saved", this.saved);
  }

  _labels(message) {
    return (message.reply_markup?.inline_keyboard ?? []).flat().map((button) => button.text);
  }

  _go(step) {
    this.step = step;
    memory.set("step", step);
    if (step === LAST + 1) this.home.bring(this.home.phone(this.manager));
    this.draw();
    this.home.phone(this.seller)?.element.querySelector(".key.pointed")?.scrollIntoView({ block: "nearest" });
    if (!this.running) this.extras.over();
  }

  draw() {
    const { step } = this;
    this.element.hidden = step >= OVER;
    if (step >= OVER) {
      this.point();
      return;
    }
    const marks = h(
      "ol",
      { class: "steps", "aria-hidden": "true" },
      ...Array.from({ length: LAST }, (_, n) =>
        h("li", { class: n + 1 < step ? "done" : n + 1 === step ? "now" : null }, n + 1 < step ? "✓" : n + 1),
      ),
    );
    const over = step > LAST;
    const close = over
      ? iconButton("close", t("guide.close"), () => this._go(OVER))
      : h("button", { type: "button", class: "skip", on: { click: () => this._go(OVER) } }, t("guide.skip"));
    this.element.replaceChildren(
      marks,
      h("div", { class: "guide-words" }, ...(over ? this._end() : this._words())),
      close,
    );
    this.point();
  }

  _words() {
    const { step, lines, customer } = this;
    const values = { name: this.world.name(this.seller), button: { 2: lines.save, 4: lines.undo }[step] };
    const line = { 1: customer.line, 3: this.saved === customer.name ? customer.find : this.saved }[step];
    const fill = async () => {
      const phone = await this.home.fetch(this.seller);
      this.home.bring(phone);
      phone.show({ chat: this.seller });
      phone.composer.fill(line);
    };
    return [
      h("p", {}, h("span", { class: "unseen" }, `${t("guide.of", { n: step })} `), t(`guide.${step}`, values)),
      line && h("button", { type: "button", class: "line", title: t("guide.put"), on: { click: fill } }, line),
    ];
  }

  _end() {
    const more = ["card", "fault"].map((key) =>
      h(
        "button",
        { type: "button", class: "line", on: { click: (event) => this.extras[key](event.currentTarget) } },
        t(`guide.${key}`),
      ),
    );
    return [h("p", {}, t("guide.end", { name: this.world.name(this.manager) })), ...more];
  }

  /** Marks what the step asks to press. */
  point() {
    for (const old of document.querySelectorAll(".pointed")) old.classList.remove("pointed");
    const phone = this.home.phone(this.seller)?.element;
    const label = { 2: this.lines.save, 4: this.lines.undo }[this.step];
    if (label)
      [...(phone?.querySelectorAll(".slip .key") ?? [])]
        .filter((key) => key.textContent === label)
        .at(-1)
        ?.classList.add("pointed");
    if (this.step === 1 || this.step === 3) phone?.querySelector(".box")?.classList.add("pointed");
    if (this.step === 5) this.extras.clock().classList.add("pointed");
  }
}
