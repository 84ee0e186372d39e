import { browser } from "./browser.js";

/**
 * A label in the browser's language.
 * @param {string} key
 * @param {...(string | number)} words
 */
export function label(key, ...words) {
  return browser.i18n.getMessage(key, words.map(String)) || key;
}

/**
 * A label that there may not be.
 * @param {string} key
 */
export function named(key) {
  return browser.i18n.getMessage(key.replace(/[^A-Za-z0-9_@]/g, "_")) || null;
}

/** The browser's language as a BCP 47 tag. */
export function language() {
  return browser.i18n.getUILanguage();
}

/** Puts labels where the markup of one of our own pages names them (`data-label`, `data-label-title`). */
export function labelled() {
  document.documentElement.lang = language();
  document.documentElement.dir = browser.i18n.getMessage("@@bidi_dir") || "ltr";
  for (const place of document.querySelectorAll("[data-label]")) {
    place.textContent = label(/** @type {HTMLElement} */ (place).dataset.label ?? "");
  }
  document.title = label(document.documentElement.dataset.title ?? "name");
}
