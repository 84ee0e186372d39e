import { WANTED, hostOf, missing } from "../shared/access.js";
import { browser } from "../shared/browser.js";
import { make } from "../shared/dom.js";
import { label, labelled } from "../shared/i18n.js";

/** The user may take a site back from an extension: here it is given again, by a press. */

labelled();
const list = /** @type {HTMLElement} */ (document.getElementById("missing"));
const grant = /** @type {HTMLButtonElement} */ (document.getElementById("grant"));
const said = /** @type {HTMLElement} */ (document.getElementById("said"));
grant.addEventListener("click", async () => {
  await browser.permissions.request({ origins: WANTED });
  await show();
});
await show();

async function show() {
  const hosts = new Set((await missing()).map(hostOf));
  list.replaceChildren(...[...hosts].map((host) => make("li", {}, host === "127.0.0.1" ? label("repair_daemon") : host)));
  grant.hidden = hosts.size === 0;
  said.textContent = hosts.size ? "" : label("repair_done");
}
