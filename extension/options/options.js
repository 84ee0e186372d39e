import { browser } from "../shared/browser.js";
import { label, labelled } from "../shared/i18n.js";
import { showSites } from "./sites.js";

const PORT = 8377;

labelled();
const port = /** @type {HTMLInputElement} */ (document.getElementById("port"));
const unpair = /** @type {HTMLButtonElement} */ (document.getElementById("unpair"));
const stored = await browser.storage.local.get(["port", "token", "relay", "notify"]);

port.value = String(stored.port ?? PORT);
port.addEventListener("change", async () => {
  const given = Number(port.value);
  if (!Number.isInteger(given) || given < 1 || given > 65535) return void (port.value = String(PORT));
  await browser.storage.local.set({ port: given });
  await browser.runtime.sendMessage({ type: "look" });
});

showPaired(Boolean(stored.token));
unpair.addEventListener("click", async () => {
  await browser.runtime.sendMessage({ type: "unpair" });
  showPaired(false);
});

bind("notify", stored.notify !== false, (on) => browser.storage.local.set({ notify: on }));
bind("relay", stored.relay === true, switchRelay);
await showSites(/** @type {HTMLElement} */ (document.getElementById("sites")));

/**
 * Where the daemon did not take it, the box says what holds here, and why.
 * @param {boolean} on
 */
async function switchRelay(on) {
  const answer = await browser.runtime.sendMessage({ type: "relay", on });
  const said = /** @type {HTMLElement} */ (document.getElementById("relay-said"));
  said.textContent = answer?.ok ? "" : label(`failure_${answer?.failure?.kind ?? "down"}`);
  if (!answer?.ok) /** @type {HTMLInputElement} */ (document.getElementById("relay")).checked = false;
}

/** @param {boolean} paired */
function showPaired(paired) {
  unpair.hidden = !paired;
  const place = /** @type {HTMLElement} */ (document.getElementById("paired"));
  place.textContent = label(paired ? "paired" : "failure_unpaired");
}

/**
 * @param {string} id
 * @param {boolean} on
 * @param {(on: boolean) => unknown} changed
 */
function bind(id, on, changed) {
  const box = /** @type {HTMLInputElement} */ (document.getElementById(id));
  box.checked = on;
  box.addEventListener("change", () => changed(box.checked));
}
