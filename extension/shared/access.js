import { browser } from "./browser.js";

/**
 * The sites that the manifest asks for beforehand, in its own words: Chromium knows a content script's address by no other.
 */
export const WANTED = [...new Set([
  ...(browser.runtime.getManifest().host_permissions ?? []),
  ...(browser.runtime.getManifest().content_scripts ?? []).flatMap((script) => script.matches ?? []),
])];

/** Those of them that the browser does not let us in to: a user may take any back. */
export async function missing() {
  const there = await Promise.all(WANTED.map((origin) => browser.permissions.contains({ origins: [origin] })));
  return WANTED.filter((_, place) => !there[place]);
}

/**
 * The host of an origin.
 * @param {string} origin
 */
export function hostOf(origin) {
  return origin.split("/")[2];
}
