/**
 * One element with properties and children; text becomes text nodes, never markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string | boolean | ((event: any) => void) | null | undefined>} [given]
 * @param {(Node | string | null | undefined)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(name, given = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(key, value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/**
 * A button that answers to a person only: what a page dispatches by itself is not trusted.
 * @param {string} text
 * @param {(event: Event) => void} press
 * @param {Record<string, string>} [more]
 */
export function button(text, press, more = {}) {
  const pressed = (/** @type {Event} */ event) => {
    if (event.isTrusted) press(event);
  };
  return make("button", { type: "button", click: pressed, ...more }, text);
}
