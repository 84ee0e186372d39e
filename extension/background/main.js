import { browser } from "../shared/browser.js";
import { ANSWERS } from "./answers.js";
import { permitted } from "./daemon.js";
import { admitted } from "./guard.js";
import { pressed } from "./notify.js";
import { ALARM, everyMinute, look, lookAndRelay } from "./poll.js";
import { register } from "./sites.js";
import { shutStores } from "./stores.js";

/** Every listener is set here, at once, so that an event that wakes the worker finds it. */

browser.runtime.onMessage.addListener((message, sender, answer) => {
  void answered(message, sender).then(answer, () => answer({ ok: false, failure: { kind: "invalid" } }));
  return true;
});
browser.alarms.onAlarm.addListener((alarm) => {
  if (alarm.name === ALARM) void lookAndRelay();
});
browser.notifications.onClicked.addListener((note) => void pressed(note, null));
browser.notifications.onButtonClicked?.addListener((note, place) => void pressed(note, place));
browser.permissions.onAdded.addListener(() => void settle());
browser.permissions.onRemoved.addListener(() => void settle());
browser.runtime.onInstalled.addListener(() => void settle());
browser.runtime.onStartup.addListener(() => void settle());

void shutStores();
void everyMinute();
void popup();

/**
 * @param {any} message
 * @param {chrome.runtime.MessageSender} sender
 */
async function answered(message, sender) {
  return (await admitted(message, sender)) ? ANSWERS[message.type](message, sender) : undefined;
}

/** After an installation, a start, a change of permissions. */
async function settle() {
  await popup();
  await register();
  await look();
}

/** Without the permission to reach the daemon the button opens the page that repairs it. */
async function popup() {
  await browser.action.setPopup({ popup: (await permitted()) ? "popup/popup.html" : "repair/repair.html" });
}
