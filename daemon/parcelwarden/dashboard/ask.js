/* The daemon's API, with the token of this tab. */

const KEY = "token";

/** A refusal: what the daemon says of it. */
class Refused extends Error {
  constructor(status, code, message, field) {
    super(message);
    Object.assign(this, { status, code, field });
  }
}

export const loggedIn = () => sessionStorage.getItem(KEY) !== null;
const logOut = () => sessionStorage.removeItem(KEY);
export const authorization = () => ({ Authorization: `Bearer ${sessionStorage.getItem(KEY)}` });

/** Trade the one-time code of the address for a token. */
export async function logIn(code) {
  const started = await read(await fetch("/v1/session", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ code }),
  }));
  sessionStorage.setItem(KEY, started.token);
}

/** One call; `query` and `body` as objects. Raises `Refused`; a token that is no longer good ends the session. */
export async function ask(method, path, { query, body } = {}) {
  return read(await raw(method, path, { query, body }));
}

/** What is not JSON: a picture, an archive. */
export async function blob(path, query) {
  const answer = await raw("GET", path, { query });
  if (!answer.ok) await read(answer);
  return answer.blob();
}

/** All entries of a list, page by page, up to `most`. */
export async function all(path, items, query = {}, most = 1000) {
  const found = [];
  let cursor;
  do {
    const page = await ask("GET", path, { query: { limit: 200, ...query, ...cursor ? { cursor } : {} } });
    found.push(...page[items]);
    cursor = page.next;
  } while (cursor && found.length < most);
  return { found, more: Boolean(cursor) };
}

/** The path of an order. */
export const orderPath = (order) => `/v1/orders/${part(order.marketplace)}/${part(order.order_id)}`;
export const part = encodeURIComponent;

async function raw(method, path, { query, body }) {
  const asked = query ? `${path}?${new URLSearchParams(Object.entries(query))}` : path;
  const headers = { ...authorization(), ...body === undefined ? {} : { "Content-Type": "application/json" } };
  try {
    return await fetch(asked, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Refused(0, "down", "The daemon does not answer. Start it with: parcelwarden run");
  }
}

async function read(answer) {
  const text = await answer.text();
  const given = text ? JSON.parse(text) : null;
  if (answer.ok) return given;
  const { code, message, field } = given?.error ?? { code: "internal", message: `HTTP ${answer.status}` };
  if (answer.status === 401) {
    logOut();
    dispatchEvent(new Event("ended"));
  }
  throw new Refused(answer.status, code, message, field);
}
