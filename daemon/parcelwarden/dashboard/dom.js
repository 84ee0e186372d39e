/* Elements, made of text alone: nothing here, or anywhere in these files, takes markup. */

/**
 * An element. `given`: attributes; a function becomes a listener, true an empty attribute, null and false none.
 * Children are nodes or texts; null and false are left out.
 */
export function make(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A foreign text in an element of its own: its direction is its own too. */
export const foreign = (text, tag = "span", given = {}) => make(tag, { dir: "auto", ...given }, plain(text));

/** The text on one line, without controls and marks that turn its direction. */
export function plain(text, most = 2000) {
  const shown = String(text ?? "").replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, " ").replace(/\s+/g, " ").trim();
  return shown.length > most ? `${shown.slice(0, most - 1)}…` : shown;
}

/** A button that works until its work is done. */
export function button(label, work, given = {}) {
  const made = make("button", { type: "button", ...given, click: async () => {
    made.disabled = true;
    try {
      await work(made);
    } catch (fault) {
      say(fault.message);
    } finally {
      made.disabled = false;
    }
  } }, label);
  return made;
}

/** A table with a head; rows are lists of cells, a cell is a text or a node. The head is repeated in narrow layouts. */
export function table(head, rows, caption) {
  return make(
    "table", {},
    caption ? make("caption", {}, caption) : null,
    make("thead", {}, make("tr", {}, ...head.map((name) => make("th", { scope: "col" }, name)))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map(
      (cell, place) => make("td", { "data-head": head[place] }, make("div", {}, cell ?? "")),
    )))),
  );
}

/** A part that can be opened. */
export const folded = (title, open, ...children) => make("details", { open }, make("summary", {}, title), ...children);

/** Tell something that happened; read aloud too. */
export function say(text) {
  const said = document.getElementById("said");
  said.textContent = plain(text, 400);
  said.classList.add("shown");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => said.classList.remove("shown"), 8000);
}
