import { API, askOpenly } from "./daemon.js";
import { drop, keep } from "./stores.js";

/**
 * Trades the code that the daemon shows for a token.
 * @param {string} code eight digits
 * @param {string} name how the daemon lists this browser
 * @returns {Promise<import("../types/ext.js").Result>}
 */
export async function pair(code, name) {
  const answered = await askOpenly("POST", "/pair", { code, name });
  if (!answered.ok) return answered;
  if (answered.data.api !== API) return { ok: false, failure: { kind: "old", message: String(answered.data.api) } };
  await keep({ token: answered.data.token, client: answered.data.client });
  return { ok: true };
}

/** Forgets the token. The daemon keeps the client until it is revoked there. */
export function unpair() {
  return drop("token", "client");
}

/** How this browser is named to the daemon. */
export function ownName() {
  const agent = navigator.userAgent;
  return /Firefox\//.test(agent) ? "Firefox" : /Edg\//.test(agent) ? "Edge" : "Chromium";
}
