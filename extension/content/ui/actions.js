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
    ...["received", "disputed"].map((word) => button(label(word), () => sure(word))),
    button(label("copy"), () => run(() => send({ type: "evidence", order }), (done) => copied(done.text))),
    button(label("dashboard"), () => run(() => send({ type: "dashboard", order }), () => "")),
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

  /** @param {string} word `received` or `disputed` */
  const sure = (word) => {
    said.textContent = "";
    const question = make("p", { id: `sure-${word}` }, label(`${word}_sure`));
    const back = () => {
      usual();
      [...row.querySelectorAll("button")].find((each) => each.textContent === label(word))?.focus();
    };
    const yes = button(label("yes"), () => {
      back();
      void run(() => send({ type: "said", order, word }), () => label("noted"));
    }, { class: "act", "aria-describedby": question.id });
    const no = button(label("no"), back, { "aria-describedby": question.id });
    row.replaceChildren(question, yes, no);
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
