import { make } from "./dom.js";
import { label } from "./i18n.js";

/**
 * The daemon's picture of an order's life, with the room that it will take; where a page lets no picture of ours be shown,
 * it is gone, and the text beside it is enough.
 * @param {string} svg
 */
export function drawn(svg) {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg.slice(0, 500)) ?? [];
  const picture = make("img", { src: url, width, height, alt: label("timeline"), load: () => URL.revokeObjectURL(url) });
  picture.addEventListener("error", () => picture.remove(), { once: true });
  return picture;
}
