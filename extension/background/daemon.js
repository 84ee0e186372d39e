import { browser } from "../shared/browser.js";
import { nonce, proof } from "./proof.js";
import { held, hold, keep, kept, release } from "./stores.js";

/**
 * The one interface to the daemon: a native host could stand in its place.
 * @typedef {import("../types/ext.js").Failure} Failure
 * @typedef {{ok: true, status: number, data: any}} Answered
 * @typedef {{ok: false, failure: Failure}} Failed
 */

/** The version of the API that this extension speaks. */
export const API = 1;
export const PORT = 8377;
const FIT_FOR = 60_000;
const NOTED_EVERY = 5000;
/** How long an answer is waited for. */
export const SECONDS = 8;
const SLOW_SECONDS = 20;
const DAEMON = { origins: ["http://127.0.0.1/*"] };

/** Whether the browser lets us speak to the daemon at all; in Firefox the user may take that back. */
export function permitted() {
  return browser.permissions.contains(DAEMON);
}

/** Where the daemon listens. */
export async function address() {
  return `http://127.0.0.1:${(await kept("port")) ?? PORT}`;
}

/**
 * Asks the daemon with our token. Never throws.
 * @param {"GET" | "POST" | "PATCH" | "DELETE"} method
 * @param {string} path below /v1
 * @param {unknown} [body]
 * @returns {Promise<Answered | Failed>}
 */
export async function ask(method, path, body) {
  const token = await kept("token");
  if (!token) return failed("unpaired");
  const unfit = await checked();
  if (unfit) return { ok: false, failure: unfit };
  const answered = await send(method, path, body, { Authorization: `Bearer ${token}` });
  if (answered.ok) await answers();
  else if (answered.failure.kind === "down") await release("fit");
  return answered;
}

/** Remembers when the daemon last answered, to a few seconds. */
async function answers() {
  const now = Date.now();
  if (now - ((await kept("answered_at")) ?? 0) > NOTED_EVERY) await keep({ answered_at: now });
}

/**
 * Whether the daemon at our port is one that we understand; looked at again after a minute.
 * @returns {Promise<Failure | null>}
 */
async function checked() {
  const fit = await held("fit");
  if (fit && fit.at === (await address()) && Date.now() - fit.when < FIT_FOR) return null;
  return health();
}

/**
 * Asks what needs no token.
 * @param {"GET" | "POST"} method
 * @param {string} path below /v1
 * @param {unknown} [body]
 */
export function askOpenly(method, path, body) {
  return send(method, path, body, {});
}

/**
 * Whether the right daemon, of the right age, is there. Null when it is.
 * @returns {Promise<Failure | null>}
 */
export async function wrong() {
  const unfit = await health();
  if (unfit) return unfit;
  return (await kept("token")) ? null : { kind: "unpaired" };
}

/**
 * Who is there; where we have a token, also that it is the one who gave it to us.
 * @returns {Promise<Failure | null>}
 */
async function health() {
  await release("fit");
  const [token, client, at] = [await kept("token"), await kept("client"), await address()];
  const asked = token && client ? nonce() : "";
  const told = await askOpenly("GET", asked ? `/health?nonce=${asked}&client=${client}` : "/health");
  if (!told.ok) return told.failure;
  if (told.data?.name !== "parcelwarden") return { kind: "refused", status: told.status };
  if (told.data.api !== API) return { kind: "old", message: String(told.data.api) };
  if (token && asked && told.data.proof !== (await proof(token, asked, at))) {
    return { kind: "unpaired", message: "it does not know this browser's token" };
  }
  await hold({ fit: { at, when: Date.now() } });
  return null;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} body
 * @param {Record<string, string>} headers
 * @returns {Promise<Answered | Failed>}
 */
async function send(method, path, body, headers) {
  if (!(await permitted())) return failed("permission");
  const slow = ["/captures", "/pair"].includes(path) || path.startsWith("/relay/");
  try {
    const answer = await fetch(`${await address()}/v1${path}`, {
      method,
      headers: body === undefined ? headers : { ...headers, "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: AbortSignal.timeout((slow ? SLOW_SECONDS : SECONDS) * 1000),
    });
    const text = await answer.text();
    const json = (answer.headers.get("content-type") ?? "").startsWith("application/json");
    const data = json && text ? JSON.parse(text) : text;
    return answer.ok ? { ok: true, status: answer.status, data } : told(answer.status, data);
  } catch {
    return failed("down");
  }
}

/**
 * What a refusal means for the user.
 * @param {number} status
 * @param {any} data
 * @returns {Failed}
 */
function told(status, data) {
  const message = typeof data?.error?.message === "string" ? data.error.message : undefined;
  if (status === 401) return failed("unpaired", message, status);
  if (status === 403 || status === 421) return failed("refused", message, status);
  if (status === 404 && !data?.error) return failed("old", message, status);
  return failed(status === 408 || status === 429 || status >= 500 ? "busy" : "invalid", message, status);
}

/**
 * @param {Failure["kind"]} kind
 * @param {string} [message]
 * @param {number} [status]
 * @returns {Failed}
 */
function failed(kind, message, status) {
  return { ok: false, failure: { kind, message, status } };
}
