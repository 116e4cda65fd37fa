// One message, or one album, as a slip of paper with its buttons at the foot.
//
//   log.append(slip([message], { world, person, zone, does }));
//
// `does` are the gestures: tap(message, row, column, button), menu(message, anchor), jump(id), and those of rich.js.

import { own } from "./api.js";
import { h, icon } from "./dom.js";
import { dialog } from "./menu.js";
import { address, isTelegram, rich } from "./rich.js";
import { t } from "./texts.js";
import { hours } from "./times.js";

const SERVICE = ["pinned_message", "group_chat_created", "new_chat_members", "left_chat_member"];

/** The key under which a message stands in the log: an album's messages share one. */
export const keyOf = (message) =>
  message.media_group_id ? `album-${message.media_group_id}` : `message-${message.message_id}`;

/** The element of one or, for an album, several messages. */
export function slip(messages, view) {
  const [first] = messages;
  const service = SERVICE.find((kind) => kind in first);
  const mine = first.from.id === view.person.id;
  const at = first.date * 1000;
  const label = `${mine ? t("message.me") : view.world.name(first.from.id)}, ${hours(at, view.zone)}`;
  const side = service ? "service" : mine ? "mine" : "theirs";
  const row = h("article", {
    class: `row ${side}`,
    tabindex: "-1",
    "aria-label": label,
    "data-key": keyOf(first),
    "data-ids": messages.map((one) => one.message_id).join(" "),
  });
  if (service) {
    row.append(h("p", {}, h("bdi", {}, view.world.name(first.from.id)), ` ${t(`service.${service}`)}`));
    return row;
  }
  const more = (event) => view.does.menu(first, event.currentTarget);
  row.append(
    h("div", { class: "slip" }, ...head(first, view), ...body(messages, view), marks(messages)),
    h(
      "div",
      { class: "edge" },
      h(
        "button",
        {
          type: "button",
          class: "more",
          tabindex: "-1",
          "aria-label": t("message.menu"),
          title: t("message.menu"),
          on: { click: more },
        },
        icon("more"),
      ),
      h(
        "time",
        { datetime: new Date(at).toISOString() },
        first.edit_date && !first.from.is_bot ? `${t("message.edited")} ` : "",
        hours(at, view.zone),
      ),
    ),
  );
  const keyboard = first.reply_markup?.inline_keyboard;
  if (keyboard?.length) row.firstChild.append(buttons(first, keyboard, view));
  return row;
}

function head(message, view) {
  const out = [];
  if (message.chat.type === "group" || message.chat.type === "supergroup") {
    if (message.from.id !== view.person.id)
      out.push(h("p", { class: "above" }, h("bdi", {}, view.world.name(message.from.id))));
  }
  const origin = message.forward_origin;
  if (origin) {
    const name = origin.sender_user
      ? origin.sender_user.first_name
      : (origin.sender_user_name ?? origin.chat?.title ?? "?");
    out.push(h("p", { class: "above" }, t("message.forwarded", { name })));
  }
  if (message.via_bot) out.push(h("p", { class: "above" }, t("message.via", { name: message.via_bot.first_name })));
  const replied = message.reply_to_message;
  if (replied) {
    const jump = () => view.does.jump(replied.message_id);
    out.push(
      h(
        "button",
        { type: "button", class: "replied", on: { click: jump } },
        h("b", {}, view.world.name(replied.from.id)),
        h("span", {}, summary(replied)),
      ),
    );
  }
  return out;
}

function body(messages, view) {
  const shown = messages.map((one) => (one.files ?? []).map((file) => media(file, one, view))).flat();
  const pictures = messages.length > 1 && messages.every((one) => one.photo || one.video);
  const said = messages.flatMap((one) => spoken(one, view));
  const known = shown.length > 0 || said.length > 0;
  return [
    ...(pictures ? [h("div", { class: "album" }, ...shown)] : shown),
    ...(known ? said : [h("p", { class: "text faint" }, t("other"))]),
  ];
}

function spoken(message, view) {
  const text = words(message);
  const entities = (message.entities ?? message.caption_entities ?? []).filter(
    ({ offset, length }) => offset + length <= (text ?? "").length,
  );
  return [
    message.contact ? contact(message.contact, view) : null,
    text ? h("div", { class: "text", dir: "auto" }, rich(text, entities, view.does)) : null,
  ].filter(Boolean);
}

/** The text; of a deep link only the command, as Telegram's apps show it: the rest is a key to somebody's chat. */
function words(message) {
  const text = message.text ?? message.caption;
  return /^\/start \S+$/.test(text ?? "") ? "/start" : text;
}

/** A message in a few words, for replies and notifications. */
export function summary(message) {
  const text = words(message);
  if (text) return text.replace(/\s+/g, " ").slice(0, 120);
  if (message.contact) return `${t("contact")} ${message.contact.first_name}`;
  const [file] = message.files ?? [];
  const kinds = { photo: t("photo"), video: t("video"), video_note: t("video"), voice: t("voice"), audio: t("audio") };
  return file ? (kinds[file.kind] ?? file.name ?? t("file")) : t("other");
}

/** Where a message leads inside Telegram, for a QR code that stands on its picture. */
function telegramLink(message) {
  const text = message.text ?? message.caption ?? "";
  const found = [...(message.entities ?? message.caption_entities ?? [])]
    .filter(({ type }) => ["url", "text_link", "code"].includes(type))
    .map((entity) => entity.url ?? text.slice(entity.offset, entity.offset + entity.length));
  const onButtons = (message.reply_markup?.inline_keyboard ?? [])
    .flat()
    .map((button) => button.url)
    .filter(Boolean);
  return [...found, ...onButtons].map(address).find((url) => url && isTelegram(url));
}

function media(file, message, view) {
  const moving = file.kind === "video" || file.kind === "video_note";
  const name = file.name || t(moving ? "video" : file.kind in { photo: 1, voice: 1, audio: 1 } ? file.kind : "file");
  if (file.kind === "photo") return photo(file, message, view);
  if (moving)
    return h("video", { class: "media", controls: true, preload: "metadata", src: own(file.url), "aria-label": name });
  if (file.kind === "voice" || file.kind === "audio")
    return h("audio", { controls: true, preload: "none", src: own(file.url), "aria-label": name });
  return h(
    "a",
    { class: "file", href: own(file.url), download: name, "aria-label": t("download", { name }) },
    h("span", { class: "file-icon" }, icon("file")),
    h("span", { class: "file-name" }, h("bdi", {}, name)),
    h("span", { class: "faint" }, size(file.size)),
  );
}

function photo(file, message, view) {
  const sizes = message.photo?.at(-1) ?? {};
  const picture = () =>
    h("img", { src: own(file.url), alt: t("photo"), width: sizes.width, height: sizes.height, decoding: "async" });
  const link = telegramLink(message);
  const enlarge = (event) => {
    const from = event.currentTarget;
    dialog(
      t("photo"),
      (close) =>
        h(
          "div",
          { class: "viewer" },
          picture(),
          link &&
            h(
              "button",
              {
                type: "button",
                class: "primary",
                on: {
                  click: () => {
                    close();
                    view.does.link(link.href, from);
                  },
                },
              },
              t("photo.scan"),
            ),
        ),
      "wide",
    );
  };
  return h(
    "button",
    { type: "button", class: "photo", "aria-label": t("photo.open"), on: { click: enlarge } },
    picture(),
  );
}

function contact(card, view) {
  const name = [card.first_name, card.last_name].filter(Boolean).join(" ");
  return h(
    "button",
    {
      type: "button",
      class: "contact",
      title: t("message.copy"),
      on: { click: () => view.does.copy(card.phone_number) },
    },
    h("span", { class: "seal", "aria-hidden": "true" }, initial(name)),
    h("span", {}, h("b", {}, h("bdi", {}, name)), h("span", { class: "faint" }, card.phone_number)),
  );
}

/** The first letter of a name, for its seal. */
export const initial = (name) => [...name.trim()][0]?.toUpperCase() ?? "?";

function marks(messages) {
  const all = messages.flatMap((message) => Object.values(message.reactions ?? {}));
  return all.length ? h("p", { class: "reactions" }, ...all.map((emoji) => h("span", {}, emoji))) : null;
}

function buttons(message, keyboard, view) {
  const rows = keyboard.map((row, r) =>
    h(
      "div",
      { class: "keys-row" },
      ...row.map((button, c) => {
        const press = (event) => view.does.tap(message, r, c, event.currentTarget);
        const leads = button.url ? h("span", { class: "leads", "aria-hidden": "true" }, "↗") : null;
        return h(
          "button",
          { type: "button", class: `key ${button.style ?? ""}`, on: { click: press } },
          h("span", {}, button.text),
          leads,
        );
      }),
    ),
  );
  return h("div", { class: "keys" }, ...rows);
}

/** "12 KB" */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
