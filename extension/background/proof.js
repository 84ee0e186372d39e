/**
 * Whether who listens at our port knows our token: asked before the token is sent, so that another user's program that
 * was there first never gets it. The daemon answers a nonce with an HMAC under the token's hash (SECURITY.md).
 */

/** @returns {string} 32 random characters, new each time */
export function nonce() {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

/**
 * The proof that the daemon at this address owes.
 * @param {string} token
 * @param {string} asked the nonce
 * @param {string} address `http://127.0.0.1:port`
 */
export async function proof(token, asked, address) {
  const text = new TextEncoder();
  const key = await crypto.subtle.digest("SHA-256", text.encode(token));
  const hmac = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const signed = await crypto.subtle.sign("HMAC", hmac, text.encode(`${asked}:${new URL(address).port}`));
  return hex(new Uint8Array(signed));
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
