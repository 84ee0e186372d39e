/** The browser's own interface, the same by both names. @type {typeof chrome} */
export const browser = /** @type {any} */ (globalThis).browser ?? chrome;
