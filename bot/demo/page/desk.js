// The desk: which phones lie on it, as many side by side as can be read, the others behind tabs.
//
//   const desk = new Desk(world, told, home); body.append(desk.tabs, desk.element); desk.lay([103, 102, 201]);

import { h, icon, memory } from "./dom.js";
import { menu } from "./menu.js";
import { Phone } from "./phone.js";
import { t } from "./texts.js";

const NARROW = 19; // rem that a phone needs to be read with ease
const MOST = 4;

export class Desk {
  /** `home` is what a phone may ask of the page; see phone.js. */
  constructor(world, told, home) {
    Object.assign(this, { world, told, home });
    this.phones = [];
    this.recent = [];
    this.room = MOST;
    this.element = h("main", { class: "desk", "aria-label": t("phones") });
    this.tabs = h("nav", { class: "tabs", "aria-label": t("phones") });
  }

  /** Begins with these people's phones, whose chats are loaded already. */
  begin(ids) {
    this.phones = ids.map((id) => this.make(id));
    this.recent = [...this.phones];
    this.lay();
    for (const phone of this.phones) phone.draw();
  }

  /** The phone of somebody, if it lies here. */
  phone(id) {
    return this.phones.find(({ person }) => person.id === id);
  }

  make(id) {
    const { world, told } = this;
    const { role } = this.everybody().find((one) => one.id === id);
    return new Phone({ world, person: world.people.get(id), role, zone: told.zone, told, home: this.home });
  }

  lay() {
    memory.set(
      "phones",
      this.phones.map(({ person }) => person.id),
    );
    const add = h(
      "button",
      {
        type: "button",
        class: "add",
        "aria-haspopup": "menu",
        on: { click: (event) => this.choose(event.currentTarget, (id) => this.add(id)) },
      },
      icon("plus"),
      h("span", {}, t("phone.add")),
    );
    this.element.replaceChildren(
      ...this.phones.map(({ element }) => element),
      ...(this.phones.length < MOST ? [add] : []),
    );
    this.fit();
  }

  /** As many phones side by side as can be read; the others behind tabs. */
  fit() {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.room = Math.max(1, Math.min(MOST, Math.floor(innerWidth / (NARROW * rem))));
    const shown = this.shown();
    for (const phone of this.phones) phone.element.classList.toggle("away", !shown.includes(phone));
    document.body.classList.toggle("with-tabs", this.phones.length > shown.length || this.room === 1);
    this.mark();
  }

  /** The phones that are in view, the one touched last first. */
  shown() {
    return this.recent.slice(0, this.room);
  }

  /** Shows a phone and makes it the one in hand; what came while it lay behind a tab is seen then. */
  bring(phone) {
    if (!phone) return;
    const hidden = !this.shown().includes(phone);
    this.recent = [phone, ...this.recent.filter((other) => other !== phone)];
    this.fit();
    phone.toEnd();
    if (hidden) phone.seen();
  }

  /** The one in hand stays in view when the window narrows. */
  touched(phone) {
    if (this.shown().includes(phone)) this.recent = [phone, ...this.recent.filter((other) => other !== phone)];
  }

  /** A menu of those who aren't here; `run` gets the id. */
  choose(anchor, run) {
    const others = this.everybody().slice(this.phones.length);
    menu(
      anchor,
      [
        { heading: t("phone.switch") },
        ...others.map(({ id, role }) => ({ label: this.world.name(id), hint: t(`role.${role}`), run: () => run(id) })),
      ],
      t("phone.switch"),
    );
  }

  /** All people with their roles: who has a phone on the desk first, and whoever came later as a stranger. */
  everybody() {
    const here = this.phones.map(({ person, role }) => ({ id: person.id, role }));
    const known = new Map([...here, ...this.told.people].map((one) => [one.id, one]));
    for (const id of this.world.people.keys()) if (!known.has(id)) known.set(id, { id, role: "stranger" });
    return [...known.values()];
  }

  /** Lays a phone here, in the place of another one or at the end. */
  async add(id, at = this.phones.length) {
    const phone = this.make(id);
    await phone.load();
    const [old] = this.phones.splice(at, 1, phone);
    this.recent = [phone, ...this.recent.filter((other) => other !== old)];
    this.lay();
    phone.draw();
    phone.composer.box.focus({ preventScroll: true });
    if (!old && this.phones.length === MOST) this.home.full();
    return phone;
  }

  /** Somebody's phone, laid on the desk if it isn't there. */
  async fetch(id) {
    return this.phone(id) ?? this.add(id);
  }

  remove(phone) {
    this.phones = this.phones.filter((other) => other !== phone);
    this.recent = this.recent.filter((other) => other !== phone);
    this.lay();
    this.phones[0].composer.box.focus({ preventScroll: true });
  }

  /** Unread marks on the tabs and in the window's title. */
  mark() {
    if (!this.phones.length) return;
    const shown = this.shown();
    const held = [...this.tabs.children].indexOf(document.activeElement);
    this.tabs.replaceChildren(
      ...this.phones.map((phone) =>
        h(
          "button",
          {
            type: "button",
            "aria-pressed": String(shown.includes(phone)),
            "aria-label": tabLabel(phone),
            "data-role": phone.role,
            on: {
              click: () => {
                this.bring(phone);
                phone.seen();
              },
            },
          },
          h("bdi", {}, phone.name),
          h("span", { class: "tab-role" }, t(`role.${phone.role}`)),
          phone.news ? h("span", { class: "badge" }, phone.news) : null,
        ),
      ),
      this.phones.length < MOST
        ? h(
            "button",
            {
              type: "button",
              class: "tab-add",
              "aria-label": t("phone.add"),
              title: t("phone.add"),
              "aria-haspopup": "menu",
              on: { click: (event) => this.choose(event.currentTarget, (id) => this.add(id)) },
            },
            icon("plus"),
          )
        : "",
    );
    const roles = new Set(this.phones.map(({ role }) => role));
    this.tabs.classList.toggle("by-name", roles.size < this.phones.length);
    if (held >= 0) this.tabs.children[held]?.focus();
    const news = this.phones.reduce((sum, phone) => sum + phone.news, 0);
    document.title = news && document.hidden ? `(${news}) ${t("title")}` : t("title");
  }
}

const tabLabel = (phone) =>
  [phone.name, t(`role.${phone.role}`), phone.news && t("phone.unread", { n: phone.news })].filter(Boolean).join(", ");
