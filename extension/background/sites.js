import { browser } from "../shared/browser.js";

/**
 * The sites that a user may let in, from the packaged list alone.
 * @typedef {{id: string, name: string, hosts: string[], relay: boolean}} SourceSite
 * @typedef {{id: string, name: string, matches: string[]}} ShopSite
 * @typedef {{sources: SourceSite[], shops: ShopSite[]}} Sites
 */

/** @type {Promise<Sites> | undefined} */
let listed;

/** @returns {Promise<Sites>} */
export function sites() {
  listed ??= fetch(browser.runtime.getURL("sources.json")).then((answer) => answer.json());
  return listed;
}

/**
 * The host permissions that a site needs.
 * @param {{hosts?: string[], matches?: string[]}} site
 */
export function origins(site) {
  return (site.matches ?? (site.hosts ?? []).map((host) => `https://${host}/*`)).map((match) => `https://${match.split("/")[2]}/*`);
}

/** Registers our scripts on the sites that are let in, and only on them. */
export async function register() {
  const { sources, shops } = await sites();
  const wanted = [];
  for (const site of [...shops, ...sources]) {
    const asked = [...new Set(origins(site))];
    if (!(await browser.permissions.contains({ origins: asked }))) continue;
    const matches = "matches" in site ? site.matches : asked;
    wanted.push(script(`${site.id}-observe`, matches, "page/observe.js", "MAIN"));
    wanted.push(script(`${site.id}-content`, matches, "content/start.js", "ISOLATED"));
  }
  const before = (await browser.scripting.getRegisteredContentScripts()).map((each) => each.id);
  if (before.length) await browser.scripting.unregisterContentScripts({ ids: before });
  if (wanted.length) await browser.scripting.registerContentScripts(wanted);
}

/**
 * @param {string} id
 * @param {string[]} matches
 * @param {string} file
 * @param {"MAIN" | "ISOLATED"} world
 */
function script(id, matches, file, world) {
  return /** @type {chrome.scripting.RegisteredContentScript} */ ({
    id, matches, js: [file], runAt: "document_start", world, allFrames: false, persistAcrossSessions: true,
  });
}

/**
 * Whether a page of this address may speak to us: a shop's or an opted-in site's, over https.
 * @param {string} url
 */
export async function known(url) {
  const host = new URL(url).hostname;
  if (/^(?:[a-z0-9-]+\.){0,3}aliexpress\.(?:com|us|ru)$/.test(host)) return true;
  const { sources, shops } = await sites();
  const hosts = [...sources, ...shops].flatMap((site) => origins(site).map((origin) => origin.slice(8, -2)));
  return hosts.includes(host);
}
