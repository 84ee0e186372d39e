/* Let a browser extension in, and see who is in. */

import { ask, loggedIn, part } from "./ask.js";
import { time } from "./dates.js";
import { button, foreign, make, say, table } from "./dom.js";

const LOOK = 2000;

/** The page. */
export async function pairing(again) {
  const [{ clients }, state] = await Promise.all([ask("GET", "/v1/clients"), ask("GET", "/v1/pairing")]);
  const box = make("div", {});
  if (state.open) box.append(make("p", {}, "A window is open until ", time(state.expires_at), "; opening a new one closes it."));
  return [
    make("h1", { tabindex: "-1" }, "Pairing"),
    make("p", {}, "A browser extension is let in by eight digits that you type into it. The window stays open for two minutes."),
    button("Open a pairing window", () => open(box, again), { class: "main" }),
    box,
    make("section", {}, make("h2", {}, "Who is let in"), clients.length
      ? table(["Name", "May", "Since", "Last here", ""], clients.map((client) => row(client, again)))
      : make("p", {}, "Nobody yet.")),
  ];
}

async function open(box, again) {
  const { code, expires_at: ends } = await ask("POST", "/v1/pairing", { body: {} });
  const state = make("p", { class: "soft" }, "Waiting, until ", time(ends), ".");
  box.replaceChildren(
    make("p", { class: "code", "aria-label": `Code ${[...code].join(" ")}` }, `${code.slice(0, 4)} ${code.slice(4)}`),
    make("p", {}, "Type it into the extension's popup."), state,
    button("Close the window", async () => {
      await ask("DELETE", "/v1/pairing");
      box.replaceChildren();
    }),
  );
  void watch(box, state, again);
}

async function watch(box, said, again) {
  while (said.isConnected && loggedIn()) {
    await new Promise((done) => { setTimeout(done, LOOK); });
    const state = said.isConnected ? await ask("GET", "/v1/pairing") : { open: true };
    if (!state.open) {
      box.replaceChildren();
      say(state.client ? "Paired." : "The window is closed; nobody was paired.");
      if (state.client) await again();
      return;
    }
  }
}

function row(client, again) {
  return [
    make("span", {}, foreign(client.name), client.flagged_at ? make("span", { class: "trouble" }, " ▲ its token came from elsewhere ", time(client.flagged_at)) : null),
    client.scopes.join(", "), time(client.created_at), time(client.last_used_at, "never"),
    button("Revoke", async () => {
      await ask("DELETE", `/v1/clients/${part(client.id)}`);
      say("Revoked.");
      await again();
    }),
  ];
}
