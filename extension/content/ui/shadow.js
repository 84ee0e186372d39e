import { STYLE } from "./style.js";

/**
 * An element whose inside the page can neither read nor style.
 * @param {"parcelwarden-line" | "parcelwarden-panel" | "parcelwarden-notice"} name
 */
export function closed(name) {
  const host = document.createElement(name);
  const root = host.attachShadow({ mode: "closed" });
  const style = document.createElement("style");
  style.textContent = STYLE;
  root.append(style);
  return { host, root };
}

/**
 * Whether what lies behind an element is dark: the page's own colour counts, not the system's.
 * @param {Element} place
 */
export function isDark(place) {
  for (let at = /** @type {Element | null} */ (place); at; at = at.parentElement) {
    const [red, green, blue, alpha = 1] = (getComputedStyle(at).backgroundColor.match(/[\d.]+/g) ?? []).map(Number);
    if (alpha > 0.5 && blue !== undefined) return 0.299 * red + 0.587 * green + 0.114 * blue < 110;
  }
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  return scheme.includes("dark") && (!scheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches);
}

/**
 * The direction of the text around an element.
 * @param {Element} place
 */
export function direction(place) {
  return getComputedStyle(place).direction === "rtl" ? "rtl" : "ltr";
}
