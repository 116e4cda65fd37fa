// Where a person writes: text, commands, files, contacts, inline queries, and the bot's reply keyboard below.
//
//   const composer = new Composer({ world, person, chat: () => chat, say: …, target: () => ({ chat: 103 }), begin: … });
//   phone.append(composer.element); composer.refresh();

import { act, Refused } from "./api.js";
import { h, iconButton } from "./dom.js";
import { dialog, menu } from "./menu.js";
import { Inline } from "./inline.js";
import { refusal } from "./refusals.js";
import { t } from "./texts.js";
import { Tray } from "./tray.js";

const GROWS = CSS.supports("field-sizing", "content"); // where the style sheet lets the box grow by itself

export class Composer {
  /** `place.target()` says where it goes (`{chat}` or `{to}`), `place.say(text)` shows what went wrong,
   *  `place.begin(payload)` presses Start in the chat with the bot. */
  constructor(place) {
    this.place = { ...place, box: () => this.box };
    this._reply = null;
    this._editing = null;
    this._hidden = false;
    this.tray = new Tray(place, () => this._ready());
    this.inline = new Inline(
      this.place,
      (gesture) => this._do(gesture),
      () => this._clear(),
    );
    this.box = h("textarea", {
      rows: "1",
      "aria-label": t("write"),
      placeholder: t("write"),
      enterkeyhint: "send",
      maxlength: "16000",
      autocomplete: "off",
      on: { keydown: (event) => this._key(event), input: () => this._input(), paste: (event) => this._paste(event) },
    });
    this._attach = iconButton("attach", t("attach"), (event) => this._offer(event.currentTarget), {
      "aria-haspopup": "menu",
    });
    this._slash = h(
      "button",
      {
        type: "button",
        class: "icon-button slash",
        "aria-label": t("commands"),
        title: t("commands"),
        "aria-haspopup": "menu",
        on: { click: (event) => this._commands(event.currentTarget) },
      },
      "/",
    );
    this._fold = iconButton("keys", t("keys"), () => this._toggle(), { "aria-expanded": "true" });
    this._send = iconButton("send", t("send"), () => this.send(), { class: "icon-button send" });
    this._above = h("div", { class: "above-box", hidden: true });
    this._keys = h("div", { class: "reply-keys", role: "group", "aria-label": t("keys") });
    this._file = h("input", {
      type: "file",
      multiple: true,
      class: "unseen",
      tabindex: "-1",
      "aria-label": t("attach.file"),
      on: { change: () => this._chosen() },
    });
    this._row = h("div", { class: "box" }, this._attach, this._file, this.box, this._slash, this._fold, this._send);
    const unblock = () => this._do(() => act(place.person.id, "unblock"));
    this._unblock = h("button", { type: "button", class: "unblock", on: { click: unblock } }, t("phone.unblock"));
    this.element = h(
      "div",
      { class: "composer" },
      this._above,
      this.inline.element,
      this.tray.element,
      this._row,
      this._unblock,
      this._keys,
    );
    this.refresh();
  }

  /** After the chat or its keyboard changed. */
  refresh() {
    const chat = this.place.chat();
    const blocked = Boolean(chat?.blocked);
    const keyboard = blocked ? null : (chat?.keyboard ?? null);
    this._row.hidden = blocked;
    this._unblock.hidden = !blocked;
    const waiting = this._stands !== keyboard;
    this._stands = keyboard;
    this._slash.hidden = !chat?.commands?.length;
    this._fold.hidden = !keyboard;
    this._keys.hidden = !keyboard || this._hidden;
    this._fold.setAttribute("aria-expanded", String(!this._keys.hidden));
    this.box.placeholder = keyboard?.input_field_placeholder ?? t("write");
    if (waiting) {
      this._keys.replaceChildren(
        ...(keyboard?.keyboard ?? []).map((row) =>
          h(
            "div",
            { class: "keys-row" },
            ...row.map((key) =>
              h(
                "button",
                {
                  type: "button",
                  class: "key",
                  on: {
                    click: () => this._do(() => act(this.place.person.id, "key", { text: key.text, chat: chat.id })),
                  },
                },
                key.text,
              ),
            ),
          ),
        ),
      );
    }
    const asked = chat?.force_reply && chat.messages.get(chat.force_reply);
    if (asked && !this._reply && this._forced !== asked.message_id) {
      this._forced = asked.message_id;
      this.reply(asked);
    }
    this._ready();
  }

  /** Puts a line into the box, ready to be sent. */
  fill(text) {
    this.box.value = text;
    this.box.focus();
    this._input();
  }

  /** The next message answers that one. */
  reply(message) {
    this._editing = null;
    this._reply = message;
    this._show(t("reply.to", { name: this.place.world.name(message.from.id) }), t("reply.cancel"));
  }

  /** The next message replaces that own one. */
  edit(message) {
    this._reply = null;
    this._editing = message;
    this._show(t("editing"), t("edit.cancel"));
    this.fill(message.text ?? message.caption ?? "");
  }

  _show(words, cancel) {
    this._above.replaceChildren(
      h("span", {}, words),
      iconButton("close", cancel, () => this._clear()),
    );
    this._above.hidden = false;
    this.box.focus();
  }

  _clear() {
    const edited = this._editing;
    this._reply = this._editing = null;
    this._above.hidden = true;
    if (edited || !this.tray.files.length) this.box.value = "";
    this.inline.close();
    this._input();
  }

  /** Sends what is in the box and the tray. */
  async send() {
    const text = this.box.value.trim();
    const person = this.place.person.id;
    const answered = this._reply ? { reply_to: this._reply.message_id } : {};
    if (this._editing) {
      const { message_id, chat } = this._editing;
      if (text && (await this._do(() => act(person, "edit", { message_id, text, chat: chat.id })))) this._clear();
    } else if (this.tray.files.length) {
      if (await this._do(() => this.tray.send(text, answered))) {
        this.tray.empty();
        this.box.value = "";
        this._clear();
      }
    } else if (text) {
      const where = { ...this.place.target(), ...answered };
      const replied = this._reply;
      this._clear();
      if (await this._do(() => act(person, "say", { text, ...where }))) return;
      if (replied) this.reply(replied);
      if (!this.box.value) this.fill(text);
    }
  }

  async _do(gesture) {
    try {
      return (await gesture()) ?? true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.place.say(refusal(error));
      return null;
    }
  }

  _key(event) {
    if (event.isComposing) return; // an input method is still choosing the characters
    if (this.inline.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && !this._above.hidden) {
      event.stopPropagation();
      this._clear();
    }
  }

  _input() {
    if (!GROWS) {
      this.box.style.height = "auto";
      this.box.style.height = `${this.box.scrollHeight}px`;
    }
    this.inline.typed(this.box.value);
    this._ready();
  }

  _ready() {
    this._send.disabled = !this.box.value.trim() && !this.tray.files.length;
  }

  _paste(event) {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    this.tray.add(files);
  }

  _chosen() {
    this.tray.add([...this._file.files]);
    this._file.value = "";
    this.box.focus();
  }

  _toggle() {
    this._hidden = !this._hidden;
    this.refresh();
  }

  _offer(anchor) {
    const { id, phone } = this.place.person;
    menu(
      anchor,
      [
        { label: t("attach.file"), run: () => this._file.click() },
        phone && { label: t("attach.card"), run: () => this._do(() => act(id, "contact", this.place.target())) },
        { label: t("attach.other"), run: () => this._card() },
      ].filter(Boolean),
      t("attach"),
    );
  }

  _card() {
    const name = h("input", { required: true, maxlength: "64", autocomplete: "off" });
    const phone = h("input", { required: true, type: "tel", maxlength: "32", autocomplete: "off" });
    dialog(t("contact.title"), (close) =>
      h(
        "form",
        {
          class: "form",
          method: "dialog",
          on: {
            submit: (event) => {
              event.preventDefault();
              close();
              this._do(() =>
                act(this.place.person.id, "contact", {
                  first_name: name.value,
                  phone_number: phone.value,
                  ...this.place.target(),
                }),
              );
            },
          },
        },
        h("label", {}, t("contact.name"), name),
        h("label", {}, t("contact.phone"), phone),
        h("button", { class: "primary" }, t("contact.send")),
      ),
    );
  }

  _commands(anchor) {
    const { commands } = this.place.chat();
    menu(
      anchor,
      commands.map(({ command, description }) => ({
        label: `/${command}`,
        hint: description,
        run: () => this._do(() => act(this.place.person.id, "say", { text: `/${command}`, ...this.place.target() })),
      })),
      t("commands"),
    );
  }
}
