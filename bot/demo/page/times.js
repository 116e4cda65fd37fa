// Wall-clock time in the company's zone. The browser's own zone never shows anywhere.
//
//   moment(Date.now(), "Asia/Shanghai")     // { year, month, day, hour, minute, weekday: 0 (Monday) … 6 }

const DAYS = { Mon: 0, Tue: 1, Wed: 2, Thu: 3, Fri: 4, Sat: 5, Sun: 6 };
const formats = new Map();

function format(locale, zone, options) {
  const key = JSON.stringify([locale, zone, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }));
  return formats.get(key);
}

/** What the clock on the wall says at `instant` (milliseconds since 1970). */
export function moment(instant, zone) {
  const options = {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    weekday: "short",
    hourCycle: "h23",
  };
  const parts = Object.fromEntries(
    format("en-US", zone, options)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const number = (name) => Number(parts[name]);
  return {
    year: number("year"),
    month: number("month"),
    day: number("day"),
    hour: number("hour"),
    minute: number("minute"),
    second: number("second"),
    weekday: DAYS[parts.weekday],
  };
}

/** The instant at which the clock on the wall says that; days beyond the month's end run on. */
export function instant({ year, month, day, hour, minute }, zone) {
  const wanted = Date.UTC(year, month - 1, day, hour, minute);
  let at = wanted;
  for (let round = 0; round < 2; round += 1) {
    const said = moment(at, zone);
    at += wanted - Date.UTC(said.year, said.month - 1, said.day, said.hour, said.minute);
  }
  return at - (at % 60_000);
}

const locale = (lang) => (lang === "zh" ? "zh-CN" : "en-GB");

/** "10:05" */
export const hours = (at, zone) =>
  format("en-GB", zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);

/** "11月20日 周五" or "Fri 20 Nov" */
export function day(at, zone, lang) {
  const date = format(
    locale(lang),
    zone,
    lang === "zh" ? { month: "long", day: "numeric" } : { day: "numeric", month: "short" },
  );
  const weekday = format(locale(lang), zone, { weekday: "short" }).format(at);
  return lang === "zh" ? `${date.format(at)} ${weekday}` : `${weekday} ${date.format(at)}`;
}
