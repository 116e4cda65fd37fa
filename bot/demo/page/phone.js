// One phone: its owner's chats, the open one's messages, unread marks, and what a tap on anything does.
//
//   const phone = new Phone({ world, person, role, zone, home });
//   desk.append(phone.element); phone.load();
//
// `home` is the page around it, as main.js gives it: home.open(url, anchor, phone) asks on whose phone, home.changed()
// hears of unread marks …

import { act, Refused } from "./api.js";
import { initial, summary } from "./bubble.js";
import { Composer } from "./composer.js";
import { h, icon } from "./dom.js";
import { empty } from "./empty.js";
import { Log } from "./log.js";
import { dialog, menu, notice } from "./menu.js";
import { refusal } from "./refusals.js";
import { t } from "./texts.js";

const EMOJI = ["👍", "❤️", "👎"];

export class Phone {
  constructor({ world, person, role, zone, home, told }) {
    Object.assign(this, { world, person, role, zone, home, told });
    this._open = { chat: person.id };
    this.unread = new Map();
    this._pressed = new Map();
    this.does = {
      tap: (...button) => this._tap(...button),
      menu: (message, anchor) => this._menu(message, anchor),
      jump: (id) => this._log.row(id)?.scrollIntoView({ block: "center" }),
      command: (text) => this.tries(() => act(person.id, "say", { text, ...this.target() })),
      code: (text) => this.composer.fill(text),
      copy: (text) => this._copy(text),
      link: (url, anchor) => home.open(url, anchor, this),
    };
    this._build();
  }

  /** The chat that is open; undefined for one of two people that hasn't begun. */
  get chat() {
    return this._open.chat === undefined
      ? this.world.direct(this.person.id, this._open.to)
      : this.world.chats.get(this._open.chat);
  }

  /** Where a message goes. */
  target() {
    const { chat } = this;
    return chat && chat.type !== "direct"
      ? { chat: chat.id }
      : { to: this._open.to ?? chat.members.find(({ id }) => id !== this.person.id).id };
  }

  get name() {
    return this.world.name(this.person.id);
  }

  get news() {
    return [...this.unread.values()].reduce((sum, count) => sum + count, 0);
  }

  _build() {
    const name = this.name;
    const id = `phone-${this.person.id}`;
    const more = (event) => this.home.menu(this, event.currentTarget);
    this._badge = h("span", { class: "badge", hidden: true });
    this._state = h("span", { class: "state" });
    this._chats = h("nav", { class: "chats", "aria-label": t("chats"), hidden: true });
    this._log = new Log(this, t("log", { name }));
    this._typing = h(
      "p",
      { class: "typing", hidden: true },
      h("span", { class: "unseen" }, t("typing")),
      h("i"),
      h("i"),
      h("i"),
    );
    this._notices = h("div", { class: "notices", role: "status" });
    this._log.element.append(this._notices);
    this.composer = new Composer({
      world: this.world,
      person: this.person,
      chat: () => this.chat,
      target: () => this.target(),
      say: (text) => this.say(text),
      begin: (payload) => this.begin(payload),
    });
    this.element = h(
      "section",
      {
        class: "phone",
        id,
        "data-role": this.role,
        "data-person": this.person.id,
        "aria-labelledby": `${id}-name`,
        on: {
          pointerdown: () => this.seen(),
          focusin: () => this.seen(),
          dragover: (event) => this._drag(event, true),
          dragleave: (event) => this._drag(event, false),
          drop: (event) => this._drop(event),
        },
      },
      h(
        "header",
        { class: "phone-head" },
        h(
          "button",
          {
            type: "button",
            class: "owner",
            "aria-haspopup": "menu",
            "aria-label": t("phone.menu", { name }),
            on: { click: more },
          },
          h("span", { class: "seal", "aria-hidden": "true" }, initial(name)),
          h(
            "span",
            { class: "who" },
            h("h2", { id: `${id}-name` }, h("bdi", {}, name)),
            h("span", { class: "role" }, t(`role.${this.role}`), this._state),
          ),
          icon("down"),
        ),
        this._badge,
      ),
      this._chats,
      this._log.element,
      this._typing,
      this.composer.element,
      h("p", { class: "drop-hint", "aria-hidden": "true" }, t("drop")),
    );
  }

  /** Loads what this person sees and draws it. */
  async load() {
    await this.world.meet(this.person.id);
    this.draw();
  }

  /** All of the open chat anew. */
  draw() {
    this._log.draw(this.chat?.messages.values() ?? [], () => empty(this));
    this._around();
  }

  /** One event of the world's. */
  take(event) {
    if (event.type === "answered" && event.person === this.person.id) this._answered(event);
    if (event.type === "inline_results" && event.person === this.person.id) this.composer.inline.take(event);
    if (event.type === "reload") this.draw();
    if (event.type === "profile") this._around();
    const chat = this.world.chats.get(event.chat_id);
    if (!chat?.members.some(({ id }) => id === this.person.id)) return;
    const shown = chat === this.chat;
    if (event.type === "message" && event.message.from.id !== this.person.id) this._news(chat, event.message, shown);
    if (shown && (event.type === "message" || event.type === "edited"))
      this._log.write(event.message, event.type === "message");
    if (shown && event.type === "deleted" && this._log.erase(event.message_ids)) this.draw();
    this._around();
  }

  /** Everything but the messages: state, chats, typing, keyboard. */
  _around() {
    const { chat } = this;
    const blocked = this.world.chats.get(this.person.id)?.blocked;
    this._state.textContent = blocked ? ` · ${t("phone.blocks")}` : "";
    this.element.classList.toggle("blocked", Boolean(blocked));
    this._typing.hidden = !chat?.typing;
    clearTimeout(this._stop);
    if (chat?.typing)
      this._stop = setTimeout(
        () => {
          chat.typing = null;
          this._around();
        },
        Math.max(500, chat.typing.until * 1000 - this.world.now),
      );
    const chats = this.world.chatsOf(this.person.id);
    const tabs = [...chats.map((one) => this._tab(one)), ...(chat ? [] : [this._begun()])];
    this._chats.hidden = tabs.length < 2;
    this._chats.replaceChildren(...tabs);
    this._badge.hidden = !this.news;
    this._badge.textContent = this.news;
    this._badge.setAttribute("aria-label", t("phone.unread", { n: this.news }));
    this.composer.refresh();
    this.home.changed();
  }

  _tab(chat) {
    const other = chat.members.find(({ id }) => id !== this.person.id);
    const name = chat.id === this.person.id ? t("chat.bot") : chat.title || this.world.name(other?.id);
    const count = this.unread.get(chat.id);
    return h(
      "button",
      {
        type: "button",
        "aria-current": chat === this.chat ? "true" : null,
        on: { click: () => this.show({ chat: chat.id }) },
      },
      h("bdi", {}, name),
      count ? h("span", { class: "badge", "aria-label": t("phone.unread", { n: count }) }, count) : null,
    );
  }

  /** The tab of somebody to whom nothing was written yet. */
  _begun() {
    const name = this.world.name(this._open.to);
    return h("button", { type: "button", "aria-current": "true" }, h("bdi", {}, name));
  }

  /** Opens a chat by `{chat}`, or the one with another person by `{to}`. */
  show(where) {
    this._open = where;
    this._told?.remove(); // what it told of is a tap away, or before one's eyes
    if (this.chat) this.unread.delete(this.chat.id);
    this.draw();
    this.composer.box.focus({ preventScroll: true });
  }

  /** Presses Start in the chat with the bot. */
  begin(payload) {
    this.show({ chat: this.person.id });
    return this.tries(() => act(this.person.id, "start", { payload }));
  }

  _news(chat, message, shown) {
    if (shown && !document.hidden && this.home.inHand(this)) return;
    this.unread.set(chat.id, (this.unread.get(chat.id) ?? 0) + 1);
    if (!shown) {
      const line = `${this.world.name(message.from.id)}: ${summary(message)}`;
      this._told = notice(this._notices, line, () => this.show({ chat: chat.id }));
    } else this.home.news(this, message);
  }

  /** To the newest message. */
  toEnd() {
    this._log.toEnd();
  }

  /** The owner looks at the phone. */
  seen() {
    this.home.active(this);
    if (!this.chat || !this.unread.delete(this.chat.id)) return;
    this._around();
  }

  /** A short notice on this phone. */
  say(text) {
    notice(this._notices, text);
  }

  // gestures ----------------------------------------------------------------------------------------------------

  /** Does a gesture; what can't be done is said on this phone, and null returned. */
  async tries(gesture) {
    try {
      return await gesture();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.say(refusal(error));
      return null;
    }
  }

  async _tap(message, row, column, button) {
    button.classList.add("waiting");
    const done = () => button.classList.remove("waiting");
    setTimeout(done, 8000);
    const chat = message.chat.id;
    const got = await this.tries(() =>
      act(this.person.id, "tap", { message_id: message.message_id, row, column, chat }),
    );
    if (got?.kind === "callback") {
      this._pressed.set(got.query_id, done);
      return;
    }
    done();
    if (got?.kind === "url") this.home.open(got.url, button, this);
    if (got?.kind === "copy_text") this._copy(got.text);
    if (got?.kind === "inline_query") this._inline(got, button);
  }

  /** A button that asks the bot from here, or from a chat of one's choice. */
  _inline({ query, here }, button) {
    const words = `@${this.world.bot.username} ${query}`;
    if (here) {
      this.composer.fill(words);
      return;
    }
    this._recipients(button, t("inline.where"), (where) => {
      this.show(where);
      this.composer.fill(words);
    });
  }

  _answered({ query_id, text, alert, url }) {
    this._pressed.get(query_id)?.();
    this._pressed.delete(query_id);
    if (text && alert)
      dialog(this.world.bot.first_name, (close) =>
        h(
          "div",
          { class: "form" },
          h("p", { dir: "auto" }, text),
          h("button", { type: "button", class: "primary", on: { click: close } }, t("ok")),
        ),
      );
    else if (text) this.say(text);
    if (url) this.home.open(url, this._log.list, this);
  }

  async _copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.say(t("copied"));
    } catch {
      this.composer.fill(text); // the browser keeps its clipboard: the box is the next best place
    }
  }

  _menu(message, anchor) {
    const mine = message.from.id === this.person.id && !message.forward_origin;
    const where = { message_id: message.message_id, chat: message.chat.id };
    const text = message.text ?? message.caption;
    const react = (emoji) =>
      this.tries(() =>
        act(this.person.id, "react", { ...where, emoji: message.reactions?.[this.person.id] === emoji ? "" : emoji }),
      );
    menu(
      anchor,
      [
        { label: t("message.reply"), run: () => this.composer.reply(message) },
        { label: t("message.forward"), run: () => this._forward(message, anchor) },
        text && { label: t("message.copy"), run: () => this._copy(text) },
        mine && { label: t("message.edit"), run: () => this.composer.edit(message) },
        mine && {
          label: t("message.delete"),
          danger: true,
          run: () => this.tries(() => act(this.person.id, "delete", where)),
        },
        ...EMOJI.map((emoji) => ({ label: t("message.react", { emoji }), run: () => react(emoji) })),
      ].filter(Boolean),
      t("message.menu"),
    );
  }

  _forward(message, anchor) {
    const what = { message_id: message.message_id, from: message.chat.id };
    this._recipients(anchor, t("message.forward"), async (where) => {
      const sent = await this.tries(() => act(this.person.id, "forward", { ...what, ...where }));
      if (sent) this.show(where); // as Telegram does: one sees it arrive
    });
  }

  /** A menu of the bot and of all people; `run` gets where to write. */
  _recipients(anchor, label, run) {
    const others = [...this.world.people.values()].filter(({ id }) => id !== this.person.id);
    menu(
      anchor,
      [
        { heading: label },
        { label: t("chat.bot"), run: () => run({ chat: this.person.id }) },
        ...others.map(({ id }) => ({ label: this.world.name(id), run: () => run({ to: id }) })),
      ],
      label,
    );
  }

  // files that are dropped --------------------------------------------------------------------------------------

  _drag(event, over) {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    this.element.classList.toggle(
      "dropping",
      over && !(event.type === "dragleave" && this.element.contains(event.relatedTarget)),
    );
  }

  _drop(event) {
    this._drag(event, false);
    const { files, items } = event.dataTransfer;
    if (!files.length) return;
    const folders = [...items].filter((item) => item.webkitGetAsEntry?.()?.isDirectory);
    if (folders.length) this.say(t("drop.folder"));
    else this.composer.tray.add([...files]);
    this.composer.box.focus();
  }
}
