/* The beginning: log in, then one page for each address after the #. */

import { alone } from "./alone.js";
import { loggedIn, logIn } from "./ask.js";
import { days } from "./days.js";
import { make } from "./dom.js";
import { follow } from "./live.js";
import { login } from "./login.js";
import { order } from "./order.js";
import { orders, withoutDates } from "./orders.js";
import { pairing } from "./pairing.js";
import { paste } from "./paste.js";
import { settings } from "./settings.js";
import { sources } from "./sources.js";

const PAGES = [
  ["", "Orders", orders], ["days", "30 days", days], ["undated", "Without dates", withoutDates], ["paste", "Add", paste],
  ["sources", "Sources", sources], ["pairing", "Pairing", pairing], ["settings", "Settings", settings],
];
/** What they show is the answer to what was done on them: it stays until somebody does something else. */
const STILL = [paste, pairing, settings];
const main = document.getElementById("main");
const nav = document.getElementById("nav");
let turn = 0;
let drawn = null;

/** The page that the address names, with what follows in it. */
function place() {
  const [name = "", ...rest] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  if (name === "alone") return { name: "", page: alone, given: [] };
  if (name === "order" && rest.length === 2) return { name: "", page: order, given: rest };
  const found = PAGES.find(([each]) => each === name) ?? PAGES[0];
  return { name: found[0], page: found[2], given: [] };
}

/** Draw the page. `again`: the same page with what changed; what had the focus keeps it. `live`: not while somebody writes. */
async function show(again = false, why = "", live = false) {
  const mine = ++turn;
  nav.hidden = !loggedIn();
  const { name, page, given } = place();
  for (const link of nav.children) {
    if (link.dataset.page === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  let content;
  try {
    content = loggedIn() ? await page(...given, () => show(true)) : login(why);
  } catch (fault) {
    content = loggedIn() ? [make("h1", { tabindex: "-1" }, "This did not work"), make("p", { class: "box trouble", role: "alert" }, fault.message)] : login(why);
  }
  if (mine !== turn || (live && writing())) return;
  const kept = again && drawn === location.hash ? keep() : null;
  drawn = location.hash;
  main.replaceChildren(...content.flat().filter(Boolean));
  main.setAttribute("aria-busy", "false");
  document.title = `${main.querySelector("h1")?.textContent ?? ""} · parcelwarden`;
  if (kept) restore(kept);
  else {
    scrollTo(0, 0);
    main.querySelector("h1")?.focus({ preventScroll: true });
  }
}

const focusable = () => [...main.querySelectorAll("a[href], button, input, select, textarea, summary, h1")];
const nameOf = (element) => `${element.tagName} ${element.textContent || element.id}`;

function keep() {
  const all = focusable();
  const at = all.indexOf(document.activeElement);
  const open = [...main.querySelectorAll("details")].map((each) => [each.firstChild.textContent, each.open]);
  return { at, name: at < 0 ? "" : nameOf(all[at]), open: new Map(open), scroll: scrollY };
}

function restore({ at, name, open, scroll }) {
  for (const each of main.querySelectorAll("details")) each.open = open.get(each.firstChild.textContent) ?? each.open;
  scrollTo(0, scroll);
  if (at < 0) return;
  const all = focusable();
  const same = nameOf(all[at] ?? main) === name ? all[at] : all.find((element) => nameOf(element) === name);
  same?.focus({ preventScroll: true });
}

/** Somebody is writing: what changes waits. */
const writing = () => main.querySelector("form[data-begun]") !== null
  || (main.contains(document.activeElement) && document.activeElement.matches("input, select, textarea"));

const said = (alive) => (alive ? "live" : "looks every minute");

async function begin() {
  const code = /^#code=([\w.~-]+)$/.exec(location.hash)?.[1];
  let why = "";
  if (code) {
    history.replaceState(null, "", location.pathname);
    try {
      await logIn(code);
    } catch (fault) {
      why = fault.message;
    }
  }
  nav.replaceChildren(...PAGES.map(([name, title]) => make("a", { href: `#/${name}`, "data-page": name }, title)));
  main.addEventListener("input", (event) => event.target.closest("form")?.setAttribute("data-begun", ""));
  addEventListener("hashchange", () => {
    if (location.hash.startsWith("#code=")) location.reload();
    else void show();
  });
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    main.focus();
  });
  addEventListener("ended", () => void show(false, "The session has ended."));
  await show(false, why);
  const pace = document.getElementById("live");
  let alive = false;
  follow(() => {
    if (STILL.includes(place().page)) return;
    pace.textContent = writing() ? "waits while you write" : said(alive);
    if (!writing()) void show(true, "", true);
  }, (now) => {
    alive = now;
    pace.textContent = said(alive);
  });
}

void begin();
