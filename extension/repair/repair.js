import { browser } from "../shared/browser.js";
import { make } from "../shared/dom.js";
import { label, labelled } from "../shared/i18n.js";

/** Firefox lets the user take a site back from an extension: here it is given again, by a press. */

labelled();
const manifest = browser.runtime.getManifest();
const wanted = [...new Set([
  ...(manifest.host_permissions ?? []),
  ...(manifest.content_scripts ?? []).flatMap((script) => script.matches ?? []).map(whole),
])];
const list = /** @type {HTMLElement} */ (document.getElementById("missing"));
const grant = /** @type {HTMLButtonElement} */ (document.getElementById("grant"));
const said = /** @type {HTMLElement} */ (document.getElementById("said"));
grant.addEventListener("click", async () => {
  await browser.permissions.request({ origins: wanted });
  await show();
});
await show();

async function show() {
  const missing = [];
  for (const origin of wanted) if (!(await browser.permissions.contains({ origins: [origin] }))) missing.push(origin);
  list.replaceChildren(...missing.map((origin) => make("li", {}, origin === "http://127.0.0.1/*" ? label("repair_daemon") : origin)));
  grant.hidden = missing.length === 0;
  said.textContent = missing.length ? "" : label("repair_done");
}

/** @param {string} match */
function whole(match) {
  return `https://${match.split("/")[2]}/*`;
}
