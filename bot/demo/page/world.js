// What everybody's phones show: people, chats, messages, as the stand-in tells them. Pure state; phones draw it.
//
//   const world = new World();
//   await world.load(); await world.meet(103);
//   world.heed((event) => …);          // after each event was taken in

import { call, follow, Refused } from "./api.js";

const LIMIT = 200; // messages of a chat that are loaded at first; a demo rarely has more
const AGAIN = 2000; // milliseconds until the next try to reach the demo

export class World {
  constructor() {
    this.bot = null;
    this.people = new Map();
    this.chats = new Map();
    this.faults = [];
    this.line = "open"; // or "waiting", or "closed" when the demo is over
    this._ahead = 0;
    this._met = new Set();
    this._heeding = new Set();
    this._stream = null;
    this._turn = Promise.resolve();
  }

  /** The stand-in's time in milliseconds since 1970; it runs on between events. */
  get now() {
    return Date.now() + this._ahead;
  }

  set now(seconds) {
    this._ahead = seconds * 1000 - Date.now();
  }

  /** Calls `listener` with each event, once the world is up to date. */
  heed(listener) {
    this._heeding.add(listener);
    return () => this._heeding.delete(listener);
  }

  tell(event) {
    for (const listener of this._heeding) listener(event);
  }

  /** Everything anew: at the start, and when the stream has forgotten what we missed. */
  async load() {
    this._stream?.close();
    const [told, control] = await Promise.all([call("GET", "/people"), call("GET", "/control/faults")]);
    this.bot = told.bot;
    this.now = told.now;
    this.faults = control.faults;
    for (const person of told.people) this.people.set(person.id, person);
    await Promise.all([...this._met].map((id) => this._see(id)));
    this._stream = follow(
      told.seq,
      (event) => this._queue(event),
      (state) => this._heard(state),
    );
  }

  /** Loads what one person sees; once. */
  async meet(id) {
    if (this._met.has(id)) return;
    this._met.add(id);
    try {
      await this._see(id);
    } catch (error) {
      this._met.delete(id);
      throw error;
    }
  }

  async _see(id) {
    const seen = await call("GET", `/people/${id}`);
    await Promise.all(seen.chats.map((chat) => this._open(id, chat.id)));
  }

  async _open(person, id) {
    const chat = await call("GET", `/people/${person}/chat?chat=${id}&limit=${LIMIT}`);
    if (chat.seq < this.chats.get(id)?.seq) return; // an event overtook this answer
    const messages = new Map(chat.messages.map((message) => [message.message_id, message]));
    this.chats.set(id, { ...chat, messages });
  }

  /** The bot's commands for one person, which it may change at any time. */
  async _profile(id) {
    const { commands, menu_button, description } = await call("GET", `/people/${id}/chat?limit=1`);
    Object.assign(this.chats.get(id), { commands, menu_button, description });
  }

  /** The chats that a person sees, the bot's first. */
  chatsOf(id) {
    const member = (chat) => chat.members.some((one) => one.id === id);
    return [...this.chats.values()].filter(member).sort((a, b) => (b.id === id) - (a.id === id));
  }

  /** The chat of two people, if there is one. */
  direct(one, other) {
    return this.chatsOf(one).find((chat) => chat.type === "direct" && chat.members.some(({ id }) => id === other));
  }

  /** A name to show; a person may call themselves anything, so it is only ever shown as text. */
  name(id) {
    const someone = id === this.bot?.id ? this.bot : this.people.get(id);
    return someone ? [someone.first_name, someone.last_name].filter(Boolean).join(" ") : "?";
  }

  /** One event after the other, even where one has to load something first. What can't be loaded now is loaded with all
   *  the rest as soon as the demo answers. */
  _queue(event) {
    this._turn = this._turn
      .then(() => this._take(event))
      .catch((error) => {
        if (!(error instanceof Refused)) throw error;
        return this._again();
      });
  }

  _heard(state) {
    this._reached(state === "closed" ? "waiting" : state);
    if (state === "closed") this._turn = this._turn.then(() => this._again());
  }

  _reached(line) {
    if (this.line === line) return;
    this.line = line;
    this.tell({ type: "line" });
  }

  /** Loads everything anew, now or as soon as the demo answers; not any more when it says that this address is not its. */
  async _again() {
    for (;;) {
      try {
        await this.load();
        this._reached("open");
        this.tell({ type: "reload" });
        return;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        this._reached(error.status === 403 ? "closed" : "waiting");
        if (error.status === 403) return;
        await new Promise((done) => setTimeout(done, AGAIN));
      }
    }
  }

  async _take(event) {
    if (event.type === "reset") {
      await this._again();
      return;
    }
    if (event.type === "profile") {
      await Promise.all([...this._met].map((id) => this._profile(id)));
      this.tell(event);
      return;
    }
    if (event.type === "control") {
      this.now = event.now;
      this.faults = event.faults;
    } else if (event.type === "person") {
      this.people.set(event.person.id, event.person);
    } else if (event.chat_id !== undefined) {
      await this._ofChat(event);
    }
    this.tell(event);
  }

  async _ofChat(event) {
    const chat = this.chats.get(event.chat_id);
    if (!chat) {
      const member = (event.people ?? []).find((id) => this._met.has(id));
      if (member) await this._open(member, event.chat_id).catch(() => undefined);
      return;
    }
    chat.seq = event.seq;
    if (event.type === "message" || event.type === "edited") {
      chat.messages.set(event.message.message_id, event.message);
      if (event.message.from.id === this.bot.id) chat.typing = null;
    } else if (event.type === "deleted") {
      for (const id of event.message_ids) chat.messages.delete(id);
    } else if (event.type === "typing") {
      chat.typing = event.action ? { action: event.action, until: event.until } : null;
    } else if (event.type === "keyboard") {
      chat.keyboard = event.keyboard;
      chat.force_reply = event.force_reply;
    } else if (event.type === "chat") {
      Object.assign(chat, event.chat, { commands: chat.commands, menu_button: chat.menu_button });
    }
  }
}
