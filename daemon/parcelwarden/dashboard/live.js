/* What changes, as it changes: the stream, and where there is none a look every minute. */

import { authorization, loggedIn } from "./ask.js";

const POLL = 60_000;
const SHORTEST = 3_000;

/** Calls `changed` after a change (several within half a second are one) and when the stream broke off, for the daemon may
    have ended; and `state` with whether the stream lives. */
export function follow(changed, state) {
  let resume = null;
  let pause = SHORTEST;
  let timer;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, 500);
  };
  setInterval(() => {
    if (loggedIn() && !follow.alive && !document.hidden) changed();
  }, POLL);
  document.addEventListener("visibilitychange", () => {
    if (loggedIn() && !document.hidden && !follow.alive) changed();
  });
  void (async () => {
    for (;;) {
      if (loggedIn()) {
        try {
          await read((id) => { resume = id; }, resume, soon, () => {
            follow.alive = true;
            pause = SHORTEST;
            state(true);
          });
        } catch {
          pause = Math.min(pause * 2, POLL);
        }
        if (follow.alive) soon();
        follow.alive = false;
        state(false);
      }
      await new Promise((done) => { setTimeout(done, pause); });
    }
  })();
}

async function read(place, resume, changed, begun) {
  const headers = { ...authorization(), ...resume ? { "Last-Event-ID": resume } : {} };
  const answer = await fetch("/v1/stream", { headers });
  if (!answer.ok) throw new Error(`stream: ${answer.status}`);
  begun();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) take(block, place, changed);
  }
}

function take(block, place, changed) {
  const fields = Object.fromEntries(block.split("\n").map((line) => [line.split(":")[0], line.slice(line.indexOf(":") + 1).trim()]));
  if (fields.id) place(fields.id);
  if (fields.event === "start" && JSON.parse(fields.data || "{}").resumed !== false) return;
  if (fields.event) changed();
}
