import { browser } from "../shared/browser.js";

/**
 * What survives a restart of the browser (`local`: token, settings) and what survives only the worker's sleep
 * (`session`, held in memory by the browser: captures on their way, for they may hold an address).
 */

/** @type {Map<string, Promise<unknown>>} */
const turns = new Map();

/**
 * One thing that is kept for good.
 * @param {string} key
 * @returns {Promise<any>}
 */
export async function kept(key) {
  return (await browser.storage.local.get(key))[key];
}

/** @param {Record<string, unknown>} values */
export function keep(values) {
  return browser.storage.local.set(values);
}

/** @param {string[]} keys */
export function drop(...keys) {
  return browser.storage.local.remove(keys);
}

/**
 * One thing of this session.
 * @param {string} key
 * @returns {Promise<any>}
 */
export async function held(key) {
  return (await browser.storage.session.get(key))[key];
}

/** @param {Record<string, unknown>} values */
export function hold(values) {
  return browser.storage.session.set(values);
}

/** @param {string[]} keys */
export function release(...keys) {
  return browser.storage.session.remove(keys);
}

/**
 * Runs work alone under a name: reading and writing back what is stored is not one step.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function inTurn(name, work) {
  const before = turns.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  turns.set(name, mine.catch(() => undefined));
  return mine;
}

/** Keeps content scripts, and through them pages, away from what is stored. */
export async function shutStores() {
  for (const area of [browser.storage.local, browser.storage.session]) {
    await /** @type {any} */ (area).setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" })?.catch?.(() => undefined);
  }
}
