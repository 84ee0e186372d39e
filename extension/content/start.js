/** Brings the modules in. Once a page, and without a word to the page itself. */
(() => {
  const world = /** @type {any} */ (globalThis);
  if (world.parcelwardenStarted) return;
  world.parcelwardenStarted = true;
  const browser = world.browser ?? world.chrome;
  import(browser.runtime.getURL("content/main.js")).catch((fault) => console.warn("parcelwarden could not start:", fault));
})();
