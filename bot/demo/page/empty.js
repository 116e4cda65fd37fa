// What a phone shows before its first message: whose it is, lines to try, and for the customer the card on the counter.
//
//   log.append(empty(phone));

import { act, own } from "./api.js";
import { h } from "./dom.js";
import { dialog } from "./menu.js";
import { LINES, t } from "./texts.js";

/** The invitation to begin. */
export function empty(phone) {
  if (phone.chat?.id !== phone.person.id) return h("div", { class: "empty" }, h("p", {}, t("empty.direct")));
  if (phone.role === "customer") return h("div", { class: "empty" }, card(phone));
  const lines = examples(phone);
  return h(
    "div",
    { class: "empty" },
    h("p", {}, t(`empty.${phone.role}`)),
    h(
      "div",
      { class: "tries" },
      ...lines.map((line) =>
        h(
          "button",
          {
            type: "button",
            class: "try",
            title: t("code.try", { text: line }),
            on: { click: () => phone.composer.fill(line) },
          },
          line,
        ),
      ),
    ),
  );
}

/** Lines to try; while the guide proposes its own line to somebody in sales, not a second one beside it. */
function examples({ told, role, home }) {
  const lines = LINES[told.lang];
  const capture = role === "salesperson" && !home.guiding() ? [lines.customers[0].line] : [];
  return [...capture, ...(lines[role] ?? [])];
}

/** The card that stands on the company's counter; scanning it opens the customer's own link. */
function card(phone, done = () => undefined) {
  const scan = async () => {
    done();
    phone.home.bring(phone);
    phone.show({ chat: phone.person.id });
    await phone.tries(() => act(phone.person.id, "open", { url: phone.told.link }));
  };
  return h(
    "figure",
    { class: "counter-card" },
    h("span", { class: "stamp", "aria-hidden": "true" }, "客"),
    h("img", { src: own("/demo-link.svg"), alt: t("card.qr"), width: "180", height: "180" }),
    h("figcaption", {}, t("card.words")),
    h("button", { type: "button", class: "primary", on: { click: scan } }, t("card.open", { name: phone.name })),
  );
}

/** The same card held up, when the chat has begun already. */
export const showCard = (phone) => dialog(t("card.title"), (close) => card(phone, close));
