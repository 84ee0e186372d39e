import * as captureData from "./capture-data.js";
import * as captureMarkup from "./capture-markup.js";
import * as cards from "./cards.js";
import * as confirmGuard from "./confirm-guard.js";
import * as notice from "./notice.js";
import * as panel from "./panel.js";
import * as sample from "./sample.js";

/**
 * Every feature: on which kinds of page it runs, and how it starts. It ends with the signal.
 * @typedef {{id: string, kinds: import("../page.js").Kind[], init: (signal: AbortSignal, page: import("../page.js").Page) => unknown}} Feature
 * @type {Feature[]}
 */
export const features = [captureData, captureMarkup, notice, cards, panel, confirmGuard, sample];
