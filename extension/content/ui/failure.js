import { make } from "../../shared/dom.js";
import { label } from "../../shared/i18n.js";
import { plain } from "../../shared/text.js";

/** @typedef {import("../../types/ext.js").Failure} Failure */

/** Where the daemon itself said what is wrong. */
const SAYS_WHY = new Set(["invalid", "busy"]);

/**
 * What is wrong and what to do.
 * @param {Failure} failure
 */
export function failureText(failure) {
  const told = label(`failure_${failure.kind}`);
  return SAYS_WHY.has(failure.kind) && failure.message ? `${told} ${plain(failure.message, 300)}` : told;
}

/** @param {Failure} failure */
export function failure(failure) {
  return make("p", { role: "alert" }, failureText(failure));
}
