// The clock that everybody on the page shares, and the ways to move it; what is due then arrives.
//
//   const clock = new Clock(world, zone); header.append(clock.element);

import { call } from "./api.js";
import { h, icon } from "./dom.js";
import { dialog, menu } from "./menu.js";
import { t } from "./texts.js";
import { day, hours, instant, moment } from "./times.js";

const HOUR = 3600_000;

export class Clock {
  /** `told` tells the zone and, for the date's words, nothing else. */
  constructor(world, zone, lang) {
    Object.assign(this, { world, zone, lang });
    this._date = h("span", { class: "clock-date" });
    this._time = h("span", { class: "clock-time" });
    this._face = h(
      "button",
      {
        type: "button",
        class: "clock-face",
        "aria-haspopup": "menu",
        on: { click: (event) => this._choose(event.currentTarget) },
      },
      this._date,
      this._time,
      icon("down"),
    );
    const jumps = this._jumps().map(({ key, run }) =>
      h("button", { type: "button", "data-jump": key, on: { click: run } }, t(`clock.${key}`)),
    );
    this.element = h(
      "div",
      { class: "clock", role: "group", "aria-label": t("clock") },
      this._face,
      h("div", { class: "jumps" }, ...jumps),
    );
    this.tick();
  }

  _jumps() {
    const now = () => moment(this.world.now, this.zone);
    return [
      { key: "hour", run: () => this.move(this.world.now + HOUR) },
      {
        key: "tomorrow",
        run: () => this.move(instant({ ...now(), day: now().day + 1, hour: 8, minute: 30 }, this.zone)),
      },
      { key: "monday", run: () => this.move(this.monday()) },
      { key: "pick", run: () => this._pick() },
    ];
  }

  /** What to press for Monday, 9:00: its button, or on a narrow screen the clock, which opens a menu with it. */
  forMonday() {
    const button = this.element.querySelector('[data-jump="monday"]');
    return button.checkVisibility() ? button : this._face;
  }

  /** The next Monday, 9:00. */
  monday() {
    const now = moment(this.world.now, this.zone);
    const early = now.weekday === 0 && now.hour < 9;
    return instant({ ...now, day: now.day + (early ? 0 : 7 - now.weekday), hour: 9, minute: 0 }, this.zone);
  }

  /** To that instant, in milliseconds. */
  move(to) {
    return call("POST", "/control/clock", { now: to / 1000 });
  }

  tick() {
    const { now } = this.world;
    const date = day(now, this.zone, this.lang());
    if (this._date.textContent !== date) this._date.textContent = date;
    const time = hours(now, this.zone);
    if (this._time.textContent !== time) {
      this._time.textContent = time;
      this._face.setAttribute("aria-label", `${t("clock")}: ${date} ${time}`);
    }
  }

  _choose(anchor) {
    menu(
      anchor,
      [
        { heading: t("clock.zone", { zone: this.zone }) },
        ...this._jumps().map(({ key, run }) => ({ label: t(`clock.${key}`), run })),
      ],
      t("clock"),
    );
  }

  _pick() {
    const two = (number) => String(number).padStart(2, "0");
    const now = moment(this.world.now, this.zone);
    const said = `${now.year}-${two(now.month)}-${two(now.day)}T${two(now.hour)}:${two(now.minute)}`;
    const wanted = h("input", {
      type: "datetime-local",
      required: true,
      value: said,
      min: said,
      max: `${now.year + 5}-12-31T23:59`,
    });
    const wrong = h("p", { class: "wrong", role: "alert" });
    return dialog(t("clock.title"), (close) =>
      h(
        "form",
        {
          class: "form",
          novalidate: true,
          on: {
            submit: (event) => {
              event.preventDefault();
              const found = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(wanted.value);
              const [year, month, date, hour, minute] = found ? found.slice(1).map(Number) : [];
              const to = found ? instant({ year, month, day: date, hour, minute }, this.zone) : 0;
              if (to <= this.world.now) {
                wrong.textContent = t("clock.later");
                return;
              }
              close();
              this.move(to);
            },
          },
        },
        h("label", {}, t("clock.zone", { zone: this.zone }), wanted),
        wrong,
        h("button", { class: "primary" }, t("clock.go")),
      ),
    );
  }
}
