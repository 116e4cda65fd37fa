// A message's text with its entities, as elements. The text and each address in it are a stranger's.
//
//   rich(message.text, message.entities, { command: (text) => …, code: …, link: …, copy: … })
//
// Kinds: https://core.telegram.org/bots/api#messageentity; offsets count UTF-16 units, as JavaScript's strings do.

import { h } from "./dom.js";
import { t } from "./texts.js";

const PLAIN = { bold: "b", italic: "i", underline: "u", strikethrough: "s", pre: "pre" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/** `does`: what a tap on a part does; `command(text)`, `code(text)`, `copy(text)`, `link(url)`. */
export function rich(text, entities = [], does) {
  const root = document.createDocumentFragment();
  const open = [{ node: root, end: text.length, block: false }];
  let at = 0;
  const top = () => open[open.length - 1];
  const write = (until) => {
    if (until > at) top().node.append(text.slice(at, until));
    at = Math.max(at, until);
  };
  const closeUntil = (position) => {
    while (open.length > 1 && top().end <= position) {
      write(top().end);
      const { block } = open.pop();
      if (block && text[at] === "\n") at += 1;
    }
  };
  for (const entity of [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length)) {
    closeUntil(entity.offset);
    const end = Math.min(entity.offset + entity.length, top().end);
    write(entity.offset);
    const { node, inner } = element(entity, text.slice(entity.offset, end), does);
    top().node.append(node);
    open.push({ node: inner, end, block: BLOCKS.has(entity.type) });
  }
  closeUntil(text.length);
  write(text.length);
  return root;
}

function element(entity, covered, does) {
  const kind = entity.type;
  if (kind in PLAIN) return same(h(PLAIN[kind], { dir: kind === "pre" ? "ltr" : null }));
  if (kind === "code") return same(code(covered, does));
  if (kind === "bot_command") return same(pressed("span", "command", null, () => does.command(covered)));
  if (kind === "phone_number" || kind === "email") {
    const looks = kind === "email" ? "copyable" : "copyable number";
    return same(pressed("span", looks, null, () => does.copy(covered)));
  }
  if (kind === "spoiler") return same(spoiler());
  if (kind === "blockquote" || kind === "expandable_blockquote")
    return quote(kind === "expandable_blockquote" && isLong(covered));
  const target = kind === "text_link" ? entity.url : kind === "url" ? covered : null;
  const url = target && address(target);
  if (url) return same(link(url, does));
  return same(h("span", { class: kind === "mention" || kind === "hashtag" ? "mark" : null }));
}

const same = (node) => ({ node, inner: node });

/** An address that may be followed: of the web, or Telegram's own. Null for javascript: and the like. */
export function address(text) {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
    return ["http:", "https:", "tg:"].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** Whether an address leads into a chat of Telegram's, which one of the phones here can open. */
export const isTelegram = (url) =>
  url.protocol === "tg:" || ["t.me", "telegram.me", "telegram.dog"].includes(url.hostname);

/** A line to try goes into the box; a link that is set like code, so that it can be copied, is still a link. */
function code(covered, does) {
  const url = /^https:/.test(covered) && address(covered);
  if (url && isTelegram(url)) return pressed("code", null, null, (event) => does.link(url.href, event.currentTarget));
  return pressed("code", null, t("code.try", { text: covered }), () => does.code(covered));
}

function link(url, does) {
  if (isTelegram(url)) {
    return pressed("a", "", null, (event) => does.link(url.href, event.currentTarget));
  }
  return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow" });
}

/** An inline part that can be pressed; not a <button>, which would not break across lines. */
function pressed(tag, name, label, press) {
  return h(tag, {
    class: name || null,
    role: "button",
    tabindex: "0",
    title: label,
    on: {
      click: press,
      keydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        event.stopPropagation();
        press(event);
      },
    },
  });
}

function spoiler() {
  const node = pressed("span", "spoiler", t("spoiler"), () => node.classList.add("shown"));
  return node;
}

/** Whether a quotation takes more lines than are shown at first. */
const isLong = (text) => text.length > 120 || text.split("\n").length > 3;

function quote(expandable) {
  const inner = h("blockquote", { class: expandable ? "folded" : null });
  if (!expandable) return same(inner);
  const button = h("button", { type: "button", class: "unfold", "aria-expanded": "false" }, t("more"));
  button.addEventListener("click", () => {
    const folded = inner.classList.toggle("folded");
    button.setAttribute("aria-expanded", String(!folded));
    button.textContent = t(folded ? "more" : "less");
  });
  return { node: h("div", { class: "quote" }, inner, button), inner };
}
