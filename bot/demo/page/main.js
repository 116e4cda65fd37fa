// The page: loads the company, lays the phones on the desk, and lets events flow to who shows them.

import { act, call, Refused } from "./api.js";
import { summary } from "./bubble.js";
import { Clock } from "./clock.js";
import { Desk } from "./desk.js";
import { h, icon, memory } from "./dom.js";
import { showCard } from "./empty.js";
import { Faults } from "./faults.js";
import { Guide } from "./guide.js";
import { menu, notice } from "./menu.js";
import { refusal } from "./refusals.js";
import { address, isTelegram } from "./rich.js";
import { language, t } from "./texts.js";
import { World } from "./world.js";

const THEMES = ["auto", "light", "dark"];

class Page {
  constructor(told) {
    this.told = told;
    this.world = new World();
  }

  /** Loads, draws, listens. */
  async start() {
    const { world, told } = this;
    await world.load();
    const chosen = memory.get("phones", told.phones).filter((id) => world.people.has(id));
    await Promise.all(chosen.map((id) => world.meet(id)));
    this.draw(chosen);
    world.heed((event) => this.take(event));
    addEventListener("resize", () => {
      this.desk.fit();
      this.guide.point();
    });
    setInterval(() => this.clock.tick(), 1000);
    for (const kind of ["dragover", "drop"]) addEventListener(kind, refuseFiles);
    addEventListener("unhandledrejection", (event) => this.failed(event));
    addEventListener("keydown", (event) => this.shortcut(event));
  }

  /** The whole page; again after the language changed. */
  draw(chosen) {
    const { world, told } = this;
    document.documentElement.lang = language.now === "zh" ? "zh-CN" : "en";
    document.title = t("title");
    this.clock = new Clock(world, told.zone, () => language.now);
    this.desk = new Desk(world, told, this.home());
    this.faults = new Faults(world, () => this.desk.phones);
    this.notices = h("div", { class: "notices page-notices", role: "status" });
    this.offline = h("p", { class: "strip", role: "status" });
    this.guide = new Guide({
      world,
      told,
      home: this.home(),
      extras: {
        card: () => this.card(),
        fault: (anchor) => this.faults.open(anchor),
        clock: () => this.clock.forMonday(),
        over: () => this.desk.phones.filter((phone) => !phone.chat?.messages.size).forEach((phone) => phone.draw()),
      },
    });
    document.body.replaceChildren(
      this.header(),
      this.guide.element,
      this.faults.strip,
      this.offline,
      this.desk.tabs,
      this.notices,
      this.desk.element,
    );
    this.desk.begin(chosen);
    this.faults.refresh();
    this.heard();
    this.guide.point();
    performance.mark("drawn");
  }

  header() {
    const settings = h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": t("settings"),
        title: t("settings"),
        "aria-haspopup": "menu",
        on: { click: (event) => this.settings(event.currentTarget) },
      },
      icon("half"),
    );
    const other = language.now === "zh" ? "en" : "zh";
    const speak = h(
      "button",
      {
        type: "button",
        class: "plain-button speak",
        lang: other,
        title: t("language.hint"),
        on: { click: () => this.speak(other) },
      },
      t("language"),
    );
    return h(
      "header",
      { class: "top" },
      h(
        "h1",
        { class: "brand" },
        h("span", { class: "stamp", "aria-hidden": "true" }, "客"),
        h("span", { class: "brand-name" }, "Kehu"),
        h("span", { class: "brand-line" }, t("tagline")),
      ),
      this.clock.element,
      h("div", { class: "tools" }, this.faults.button, speak, settings),
    );
  }

  /** What a phone may ask of the page around it. */
  home() {
    return {
      open: (url, anchor, phone) => this.open(url, anchor, phone),
      menu: (phone, anchor) => this.menu(phone, anchor),
      active: (phone) => this.desk.touched(phone),
      bring: (phone) => {
        this.desk.bring(phone);
        for (const told of this.notices.querySelectorAll("button")) told.remove();
      },
      inHand: (phone) => this.desk.recent[0] === phone,
      news: (phone, message) => this.news(phone, message),
      changed: () => this.desk.mark(),
      full: () => notice(this.notices, t("phone.full")),
      phone: (id) => this.desk.phone(id),
      fetch: (id) => this.desk.fetch(id),
      guiding: () => this.guide.running,
    };
  }

  /** What can be done with a phone as a whole. */
  menu(phone, anchor) {
    const { world } = this;
    const others = [...world.people.values()].filter(({ id }) => id !== phone.person.id);
    const at = this.desk.phones.indexOf(phone);
    menu(
      anchor,
      [
        { label: `${t("phone.switch")}…`, run: () => this.desk.choose(anchor, (id) => this.desk.add(id, at)) },
        phone.role === "customer" && { label: t("card.title"), run: () => this.card(phone) },
        { label: t("phone.block"), checked: this.faults.blocked(phone), run: () => this.faults.block(phone) },
        this.desk.phones.length > 1 && { label: t("phone.close"), run: () => this.desk.remove(phone) },
        ...others.map(({ id }) => ({
          label: t("phone.write", { name: world.name(id) }),
          run: () => phone.show({ to: id }),
        })),
      ].filter(Boolean),
      t("phone.menu", { name: phone.name }),
    );
  }

  async card(phone) {
    const { id } = this.told.people.find(({ role }) => role === "customer");
    showCard(phone ?? (await this.desk.fetch(id)));
  }

  // links, news, events -----------------------------------------------------------------------------------------

  /** A link that was tapped: Telegram's own open on a phone of one's choice, others in a new tab if one wants. */
  open(text, anchor, phone) {
    const url = address(text);
    if (!url) return;
    if (!isTelegram(url)) {
      menu(
        anchor,
        [
          {
            label: t("link.foreign", { host: url.hostname }),
            run: () => window.open(url.href, "_blank", "noopener,noreferrer"),
          },
        ],
        url.hostname,
      );
      return;
    }
    const follow = async (id) => {
      const other = await this.desk.fetch(id);
      this.desk.bring(other);
      try {
        await act(other.person.id, "open", { url: url.href });
        other.show({ chat: other.person.id });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        other.say(refusal(error));
      }
    };
    menu(
      anchor,
      [
        { heading: t("link.where") },
        ...this.desk.everybody().map(({ id, role }) => ({
          label: t("phone.of", { name: this.world.name(id) }),
          hint: id === phone.person.id ? t("message.me") : t(`role.${role}`),
          run: () => follow(id),
        })),
        { label: t("link.copy"), run: () => phone.does.copy(url.href) },
      ],
      t("link.where"),
    );
  }

  news(phone, message) {
    if (this.desk.shown().includes(phone)) return;
    notice(this.notices, `${phone.name} · ${summary(message)}`, () => this.desk.bring(phone));
  }

  take(event) {
    for (const phone of [...this.desk.phones]) phone.take(event);
    if (event.type === "control") this.clock.tick();
    if (["control", "chat", "reload"].includes(event.type)) this.faults.refresh();
    if (event.type === "line") this.heard();
    this.guide.take(event);
  }

  /** Whether the demo still answers. */
  heard() {
    const { line } = this.world;
    this.offline.hidden = line === "open";
    this.offline.textContent = line === "open" ? "" : t(line === "closed" ? "closed" : "offline");
  }

  /** A gesture that couldn't be done and that no phone has spoken of. */
  failed(event) {
    if (!(event.reason instanceof Refused)) return;
    event.preventDefault();
    notice(this.notices, refusal(event.reason));
  }

  // the page's own settings -------------------------------------------------------------------------------------

  settings(anchor) {
    const theme = memory.get("theme", "auto");
    menu(
      anchor,
      [
        {
          label: t("language"),
          hint: t("language.hint"),
          run: () => this.speak(language.now === "zh" ? "en" : "zh"),
        },
        { label: t("guide.again"), run: () => this.guide.again() },
        { label: t("card.title"), run: () => this.card() },
        { heading: t("theme") },
        ...THEMES.map((name) => ({ label: t(`theme.${name}`), chosen: name === theme, run: () => dress(name) })),
      ],
      t("settings"),
    );
  }

  speak(lang) {
    language.now = lang;
    memory.set("language", lang);
    this.draw(this.desk.phones.map(({ person }) => person.id));
    if (lang !== this.told.lang) notice(this.notices, t("language.page"));
  }

  /** Alt+1 … Alt+4 go to a phone's box. */
  shortcut(event) {
    const phone = event.altKey && /^Digit[1-4]$/.test(event.code) && this.desk.phones[Number(event.code.at(-1)) - 1];
    if (!phone) return;
    event.preventDefault();
    this.desk.bring(phone);
    phone.composer.box.focus();
  }
}

/** A file that misses a phone would otherwise open in the page's place. */
function refuseFiles(event) {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  if (!event.target.closest?.(".phone")) event.dataTransfer.dropEffect = "none";
}

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
