// The stand-in's person and control side, over HTTP. The manual is the docstring of bot/demo/standin/__init__.py.
//
//   await call("POST", "/people/103/say", { text: "hello" })

const token = new URLSearchParams(location.search).get("access_token") ?? "";

/** What couldn't be done; `status` is HTTP's, 0 when nobody answers. */
export class Refused extends Error {
  constructor(words, status) {
    super(words);
    this.status = status;
  }
}

/** One request; `body` is an object (sent as JSON) or a FormData. Throws Refused. */
export async function call(method, path, body) {
  const headers = { Authorization: `Bearer ${token}` };
  const form = body instanceof FormData;
  if (body && !form) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: form ? body : body && JSON.stringify(body) });
  } catch {
    throw new Refused("no answer", 0);
  }
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(value.error ?? String(answer.status), answer.status);
  return value;
}

/** What a person does: `say`, `tap`, `media` … */
export const act = (person, gesture, body = {}) => call("POST", `/people/${Number(person)}/${gesture}`, body);

/** An address of this server with the token, for elements that can't send a header; anything else is refused. */
export function own(path) {
  const url = new URL(path, location.origin);
  if (url.origin !== location.origin) throw new Refused("another address", 400);
  url.searchParams.set("access_token", token);
  return url.href;
}

/** Follows all that happens after `seq`: `take` gets each event, `state` hears "open", "waiting" or, when the browser has
 *  given up, "closed". */
export function follow(seq, take, state) {
  const stream = new EventSource(own(`/people/events?after=${seq}`));
  stream.addEventListener("open", () => state("open"));
  stream.addEventListener("error", () => state(stream.readyState === EventSource.CLOSED ? "closed" : "waiting"));
  stream.addEventListener("message", (event) => take(JSON.parse(event.data)));
  return stream;
}
