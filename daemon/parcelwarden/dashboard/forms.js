/* Forms: labelled fields, one button, the daemon's own refusals beside them. Nothing is ever sent by the browser itself. */

import { make } from "./dom.js";

/** A field below its label. */
export function field(label, input, hint) {
  return make("label", { class: "field" }, make("span", {}, label), input, hint ? make("span", { class: "soft" }, hint) : null);
}

/** A form; `work` gets its values by name. What it raises is told below. */
export function form(fields, label, work, given = {}) {
  const told = make("p", { class: "told", role: "alert" });
  const send = make("button", { class: "main" }, label);
  return make("form", {
    ...given,
    submit: async (event) => {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(event.currentTarget));
      const self = event.currentTarget;
      send.disabled = true;
      told.textContent = "";
      try {
        await work(values, self);
        self.removeAttribute("data-begun");
      } catch (fault) {
        told.textContent = fault.message;
      } finally {
        send.disabled = false;
      }
    },
  }, ...fields, send, told);
}
