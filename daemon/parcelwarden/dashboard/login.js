/* Without a session: how to get one. */

import { make } from "./dom.js";

/** The page for those who are not logged in. */
export function login(why) {
  return [
    make("h1", { tabindex: "-1" }, "Not logged in"),
    why ? make("p", { class: "box trouble", role: "alert" }, why) : null,
    make("p", {}, "This page opens by a code that is good once, for half a minute. Get one on this machine:"),
    make("pre", {}, "parcelwarden open"),
    make("p", { class: "soft" }, "The session ends with this tab, after twelve hours, or when the daemon ends. There is no cookie."),
  ];
}
