import { keep, kept } from "./stores.js";

/**
 * A name for a text, the same for the same text.
 * @param {string} text
 */
export async function hashed(text) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 40);
}

/**
 * A name for an account of a shop that means nothing outside this browser: two accounts stay two.
 * @param {string} account
 */
export async function accountName(account) {
  let salt = await kept("salt");
  if (!salt) {
    salt = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    await keep({ salt });
  }
  return hashed(`${salt}/${account}`);
}
