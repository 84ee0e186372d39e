import { browser } from "../shared/browser.js";
import { button, make } from "../shared/dom.js";
import { label, labelled } from "../shared/i18n.js";

/** Shows a sample before it is saved; nothing is saved or sent but by a press on its button. */

labelled();
const parts = /** @type {HTMLElement} */ (document.getElementById("parts"));
const sample = /** @type {any} */ ((await browser.storage.session.get("sample")).sample);
if (sample) {
  parts.append(part("sample_markup", sample.markup, `${sample.kind}.sample.html`, "text/html"));
  sample.data.forEach((/** @type {string} */ body, /** @type {number} */ place) => {
    parts.append(part("sample_data", body, `${sample.kind}-${place + 1}.sample.json`, "application/json"));
  });
} else parts.append(make("p", {}, label("sample_none")));

/**
 * @param {string} title
 * @param {string} text
 * @param {string} name
 * @param {string} type
 */
function part(title, text, name, type) {
  const shown = make("textarea", { "aria-label": label(title), spellcheck: "false", dir: "ltr" });
  shown.value = text;
  const save = button(label("sample_file", name), () => {
    const url = URL.createObjectURL(new Blob([shown.value], { type }));
    make("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }, { class: "main" });
  return make("section", {}, make("div", { class: "row" }, make("h2", { class: "grow" }, label(title)), save), shown);
}
