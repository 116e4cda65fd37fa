// What the stand-in refuses, in the reader's words; it itself speaks English, and Telegram's.
//
//   phone.say(refusal(error))

import { t } from "./texts.js";

const KNOWN = [
  ["blocked", /bot is blocked/],
  ["empty", /non-empty|message text is empty/],
  ["photo", /IMAGE_PROCESS_FAILED|PHOTO_INVALID_DIMENSIONS|too big for a photo/],
  ["caption", /caption is too long/],
  ["old", /too old to be changed/],
  ["protected", /can't be forwarded/],
  ["gone", /no such (message|button|chat|result|query|file|key)/],
  ["link", /a payload has|link to somebody else|not a link/],
];

/** One sentence about a Refused. */
export function refusal(error) {
  if (!error.status) return t("refused.line");
  const kind = KNOWN.find(([, words]) => words.test(error.message))?.[0];
  return kind ? t(`refused.${kind}`) : t("refused", { why: error.message });
}
