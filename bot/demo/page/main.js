// The page: loads the company, lays the phones on the desk, and lets events flow to who shows them.

import { act, call, Refused } from "./api.js";
import { summary } from "./bubble.js";
import { Clock } from "./clock.js";
import { h, icon, memory } from "./dom.js";
import { showCard } from "./empty.js";
import { Faults } from "./faults.js";
import { Guide } from "./guide.js";
import { menu, notice } from "./menu.js";
import { Phone } from "./phone.js";
import { address, isTelegram } from "./rich.js";
import { language, t } from "./texts.js";
import { World } from "./world.js";

const NARROW = 19; // rem that a phone needs to be read with ease
const MOST = 4;
const THEMES = ["auto", "light", "dark"];

class Page {
  constructor(told) {
    this.told = told;
    this.world = new World();
    this.phones = [];
    this.recent = [];
  }

  /** Loads, draws, listens. */
  async start() {
    const { world, told } = this;
    await world.load();
    const chosen = memory.get("phones", told.phones).filter((id) => world.people.has(id));
    await Promise.all(chosen.map((id) => world.meet(id)));
    this.draw(chosen);
    world.heed((event) => this.take(event));
    addEventListener("resize", () => this.fit());
    addEventListener("keydown", (event) => this.shortcut(event));
  }

  /** The whole page; again after the language changed. */
  draw(chosen) {
    const { world, told } = this;
    document.documentElement.lang = language.now === "zh" ? "zh-CN" : "en";
    document.title = t("title");
    this.clock = new Clock(world, told.zone, () => language.now);
    this.faults = new Faults(world, () => this.phones);
    this.desk = h("main", { class: "desk", "aria-label": t("phones") });
    this.tabs = h("nav", { class: "tabs", "aria-label": t("phones") });
    this.notices = h("div", { class: "notices page-notices", role: "status" });
    this.offline = h("p", { class: "strip", role: "status", hidden: world.connected }, t("offline"));
    this.phones = chosen.map((id) => this.make(id));
    this.recent = [...this.phones];
    this.guide = new Guide({ world, told, home: this.home(), extras: {
      card: () => this.card(), fault: (anchor) => this.faults.open(anchor),
    } });
    document.body.replaceChildren(this.header(), this.guide.element, this.faults.strip, this.offline, this.tabs, this.desk, this.notices);
    this.lay();
    for (const phone of this.phones) phone.draw();
    this.guide.point();
  }

  header() {
    const settings = h("button", { type: "button", class: "icon-button", "aria-label": t("settings"), title: t("settings"), "aria-haspopup": "menu",
      on: { click: (event) => this.settings(event.currentTarget) } }, icon("half"));
    return h(
      "header", { class: "top" },
      h("h1", { class: "brand" }, h("span", { class: "stamp", "aria-hidden": "true" }, "客"), h("span", { class: "brand-name" }, "Kehu"), h("span", { class: "brand-line" }, t("tagline"))),
      this.clock.element,
      h("div", { class: "tools" }, this.faults.button, settings),
    );
  }

  /** What a phone may ask of the page around it. */
  home() {
    return {
      open: (url, anchor, phone) => this.open(url, anchor, phone),
      menu: (phone, anchor) => this.menu(phone, anchor),
      active: (phone) => this.touched(phone),
      bring: (phone) => this.bring(phone),
      isShown: (phone) => this.shown().includes(phone),
      news: (phone, message) => this.news(phone, message),
      changed: () => this.mark(),
      phone: (id) => this.phones.find(({ person }) => person.id === id),
      fetch: (id) => this.fetch(id),
    };
  }

  make(id) {
    const { world, told } = this;
    const { role } = this.everybody().find((one) => one.id === id);
    return new Phone({ world, person: world.people.get(id), role, zone: told.zone, told, home: this.home() });
  }

  // which phones lie on the desk --------------------------------------------------------------------------------

  lay() {
    memory.set("phones", this.phones.map(({ person }) => person.id));
    const add = h("button", { type: "button", class: "add", "aria-haspopup": "menu", on: { click: (event) => this.choose(event.currentTarget, (id) => this.add(id)) } },
      icon("plus"), h("span", {}, t("phone.add")));
    this.desk.replaceChildren(...this.phones.map(({ element }) => element), ...(this.phones.length < MOST ? [add] : []));
    this.fit();
  }

  /** As many phones side by side as can be read; the others behind tabs. */
  fit() {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.room = Math.max(1, Math.min(MOST, Math.floor(innerWidth / (NARROW * rem))));
    const shown = this.shown();
    for (const phone of this.phones) phone.element.classList.toggle("away", !shown.includes(phone));
    document.body.classList.toggle("with-tabs", this.phones.length > shown.length || this.room === 1);
    this.desk.style.setProperty("--count", String(shown.length));
    this.mark();
  }

  shown() {
    return this.recent.slice(0, this.room ?? MOST);
  }

  /** Shows a phone and makes it the one in hand. */
  bring(phone) {
    if (!phone) return;
    this.recent = [phone, ...this.recent.filter((other) => other !== phone)];
    this.fit();
    phone._toEnd();
  }

  touched(phone) {
    if (this.shown().includes(phone)) this.recent = [phone, ...this.recent.filter((other) => other !== phone)];
  }

  choose(anchor, run) {
    const others = this.everybody().slice(this.phones.length);
    menu(anchor, [{ heading: t("phone.switch") },
      ...others.map(({ id, role }) => ({ label: this.world.name(id), hint: t(`role.${role}`), run: () => run(id) }))], t("phone.switch"));
  }

  /** All people with their roles: who has a phone on the desk first, and whoever came later as a stranger. */
  everybody() {
    const here = this.phones.map(({ person, role }) => ({ id: person.id, role }));
    const known = new Map([...here, ...this.told.people].map((one) => [one.id, one]));
    for (const id of this.world.people.keys()) if (!known.has(id)) known.set(id, { id, role: "stranger" });
    return [...known.values()];
  }

  async add(id, at = this.phones.length) {
    const phone = this.make(id);
    await phone.load();
    const [old] = this.phones.splice(at, 1, phone);
    this.recent = [phone, ...this.recent.filter((other) => other !== old)];
    this.lay();
    phone.draw();
    phone.composer.box.focus({ preventScroll: true });
    return phone;
  }

  /** Somebody's phone, laid on the desk if it isn't there. */
  async fetch(id) {
    return this.phones.find(({ person }) => person.id === id) ?? this.add(id);
  }

  menu(phone, anchor) {
    const { world } = this;
    const others = [...world.people.values()].filter(({ id }) => id !== phone.person.id);
    const at = this.phones.indexOf(phone);
    menu(anchor, [
      { label: `${t("phone.switch")}…`, run: () => this.choose(anchor, (id) => this.add(id, at)) },
      phone.role === "customer" && { label: t("card.title"), run: () => this.card(phone) },
      { label: t("phone.block"), checked: this.faults.blocked(phone), run: () => this.faults.block(phone) },
      this.phones.length > 1 && { label: t("phone.close"), run: () => this.remove(phone) },
      ...others.map(({ id }) => ({ label: t("phone.write", { name: world.name(id) }), run: () => phone.show({ to: id }) })),
    ].filter(Boolean), t("phone.menu", { name: phone.name }));
  }

  remove(phone) {
    this.phones = this.phones.filter((other) => other !== phone);
    this.recent = this.recent.filter((other) => other !== phone);
    this.lay();
    this.phones[0].composer.box.focus({ preventScroll: true });
  }

  async card(phone) {
    const { id } = this.told.people.find(({ role }) => role === "customer");
    showCard(phone ?? (await this.fetch(id)));
  }

  // links, news, events -----------------------------------------------------------------------------------------

  /** A link that was tapped: Telegram's own open on a phone of one's choice, others in a new tab if one wants. */
  open(text, anchor, phone) {
    const url = address(text);
    if (!url) return;
    if (!isTelegram(url)) {
      menu(anchor, [{ label: t("link.foreign", { host: url.hostname }), run: () => window.open(url.href, "_blank", "noopener,noreferrer") }], url.hostname);
      return;
    }
    const follow = async (id) => {
      const other = await this.fetch(id);
      this.bring(other);
      try {
        await act(other.person.id, "open", { url: url.href });
        other.show({ chat: other.person.id });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        other.say(t("refused", { why: error.message }));
      }
    };
    menu(anchor, [{ heading: t("link.where") },
      ...this.everybody().map(({ id, role }) => ({
        label: t("phone.of", { name: this.world.name(id) }), hint: id === phone.person.id ? t("message.me") : t(`role.${role}`), run: () => follow(id),
      })),
      { label: t("link.copy"), run: () => phone.does.copy(url.href) }], t("link.where"));
  }

  news(phone, message) {
    if (this.shown().includes(phone)) return;
    notice(this.notices, `${phone.name} · ${summary(message)}`, () => this.bring(phone));
  }

  take(event) {
    for (const phone of [...this.phones]) phone.take(event);
    if (event.type === "control") {
      this.clock.tick();
      this.faults.refresh();
    }
    if (event.type === "line") this.offline.hidden = this.world.connected;
    this.guide.take(event);
  }

  /** Unread marks on the tabs and in the window's title. */
  mark() {
    if (!this.tabs || !this.phones.length) return;
    const shown = this.shown();
    const held = [...this.tabs.children].indexOf(document.activeElement);
    this.tabs.replaceChildren(...this.phones.map((phone) => h(
      "button", { type: "button", "aria-pressed": String(shown.includes(phone)), "aria-label": tabLabel(phone), "data-role": phone.role, on: { click: () => { this.bring(phone); phone.seen(); } } },
      h("bdi", {}, phone.name), h("span", { class: "tab-role" }, t(`role.${phone.role}`)),
      phone.news ? h("span", { class: "badge" }, phone.news) : null)),
    this.phones.length < MOST ? h("button", { type: "button", class: "tab-add", "aria-label": t("phone.add"), title: t("phone.add"), "aria-haspopup": "menu",
      on: { click: (event) => this.choose(event.currentTarget, (id) => this.add(id)) } }, icon("plus")) : "");
    if (held >= 0) this.tabs.children[held]?.focus();
    const news = this.phones.reduce((sum, phone) => sum + phone.news, 0);
    document.title = news && document.hidden ? `(${news}) ${t("title")}` : t("title");
  }

  // the page's own settings -------------------------------------------------------------------------------------

  settings(anchor) {
    const theme = memory.get("theme", "auto");
    menu(anchor, [
      { label: t("language"), run: () => this.speak(language.now === "zh" ? "en" : "zh") },
      ...THEMES.map((name) => ({ label: t("theme", { now: t(`theme.${name}`) }), checked: name === theme, run: () => dress(name) })),
      { label: t("guide.again"), run: () => this.guide.again() },
      { label: t("card.title"), run: () => this.card() },
    ], t("settings"));
  }

  speak(lang) {
    language.now = lang;
    memory.set("language", lang);
    this.draw(this.phones.map(({ person }) => person.id));
  }

  /** Alt+1 … Alt+4 go to a phone's box. */
  shortcut(event) {
    const phone = event.altKey && /^Digit[1-4]$/.test(event.code) && this.phones[Number(event.code.at(-1)) - 1];
    if (!phone) return;
    event.preventDefault();
    this.bring(phone);
    phone.composer.box.focus();
  }
}

const tabLabel = (phone) => [phone.name, t(`role.${phone.role}`), phone.news && t("phone.unread", { n: phone.news })].filter(Boolean).join(", ");

function dress(theme) {
  memory.set("theme", theme);
  document.documentElement.dataset.theme = theme;
}

async function open() {
  dress(memory.get("theme", "auto"));
  language.now = navigator.language.startsWith("zh") ? "zh" : "en";
  try {
    const told = await call("GET", "/demo.json");
    language.now = memory.get("language", told.lang);
    await new Page(told).start();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    document.body.replaceChildren(h("p", { class: "closed", role: "alert" }, t("closed")));
  }
}

await open();
