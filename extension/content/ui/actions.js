import { button, make } from "../../shared/dom.js";
import { label } from "../../shared/i18n.js";
import { send } from "../channel.js";
import { failureText } from "./failure.js";

/**
 * The buttons of an order and the place where their outcome is said. What changes an order asks once more.
 * @param {string} order
 */
export function actions(order) {
  const said = make("p", { class: "said soft", role: "status" });
  const row = make("div", { class: "buttons" });
  const usual = () => row.replaceChildren(
    button(label("snooze"), () => run(() => send({ type: "snooze", order }), (done) => label(done.count ? "snoozed" : "nothing_due"))),
    button(label("received"), () => sure("received", "received_sure")),
    button(label("disputed"), () => sure("disputed", "disputed_sure")),
    button(label("copy"), () => run(() => send({ type: "evidence", order }), (done) => copied(done.text))),
    button(label("dashboard"), () => run(() => send({ type: "dashboard" }), () => "")),
  );

  /**
   * @param {() => Promise<import("../../types/ext.js").Result>} work
   * @param {(done: any) => string | Promise<string>} tell
   */
  const run = async (work, tell) => {
    said.textContent = label("working");
    const answer = await work();
    said.textContent = answer.ok ? await tell(answer) : failureText(answer.failure);
  };

  /**
   * @param {"received" | "disputed"} word
   * @param {string} question
   */
  const sure = (word, question) => {
    said.textContent = label(question);
    const yes = button(label("yes"), () => {
      usual();
      void run(() => send({ type: "said", order, word }), () => label("noted"));
    }, { class: "act" });
    const no = button(label("no"), () => {
      said.textContent = "";
      usual();
    });
    row.replaceChildren(yes, no);
    no.focus();
  };

  usual();
  return make("div", {}, row, said);
}

/**
 * @param {string} text
 * @returns {Promise<string>}
 */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return label("copied");
  } catch {
    return label("copy_failed");
  }
}
