import { origins, sites } from "../background/sites.js";
import { browser } from "../shared/browser.js";
import { button, make } from "../shared/dom.js";
import { label } from "../shared/i18n.js";

/**
 * Every site that may be let in, each by one press, and taken back by another.
 * @param {HTMLElement} list
 */
export async function showSites(list) {
  const { sources, shops } = await sites();
  const rows = [];
  for (const site of [...shops, ...sources]) rows.push(await row(site));
  list.replaceChildren(...rows);

  /** @param {import("../background/sites.js").SourceSite | import("../background/sites.js").ShopSite} site */
  async function row(site) {
    const asked = { origins: [...new Set(origins(site))] };
    const on = await browser.permissions.contains(asked);
    const change = button(label(on ? "site_off" : "site_on"), async () => {
      await (on ? browser.permissions.remove(asked) : browser.permissions.request(asked));
      await browser.runtime.sendMessage({ type: "register" });
      await showSites(list);
      document.getElementById(`site-${site.id}`)?.focus();
    }, { id: `site-${site.id}`, "aria-label": `${label(on ? "site_off" : "site_on")}: ${site.name}` });
    const use = "relay" in site && site.relay ? label("site_relay") : "";
    return make(
      "li", { class: "row" },
      make("span", { class: "grow" }, make("strong", {}, site.name), " ", make("span", { class: "soft" }, use)),
      make("span", { class: "soft" }, on ? label("site_is_on") : ""),
      change,
    );
  }
}
