/**
 * The shapes that the parts of the extension hand to each other.
 * @typedef {import("./api.js").AdviceShape & {reopen?: boolean}} Advice
 * @typedef {"down" | "unpaired" | "refused" | "old" | "permission" | "invalid" | "busy"} FailureKind
 * @typedef {{kind: FailureKind, message?: string, status?: number}} Failure
 * @typedef {{url: string, kind: import("./api.js").CaptureInput["kind"], form: "json" | "html" | "text", body: string,
 *   api?: string, seen_at: string, zone: string, locale: string, account?: string}} Seen
 * @typedef {{ok: true} & Record<string, any>} Done
 * @typedef {{ok: false, failure: Failure}} NotDone
 * @typedef {Done | NotDone} Result
 * @typedef {{marketplace: string, order_id: string, title: string | null, total: string | null, currency: string | null,
 *   url: string | null, advice: Advice}} Line
 * @typedef {{id: number, order: string, severity: Advice["severity"], title: string, text: string}} Untold
 * @typedef {{at: number, answered_at: number | null, failure: Failure | null, lines: Line[], counts: {total: number,
 *   without: number, open: {marketplace: string, order_id: string, why: string, act_by: string | null}[]} | null,
 *   failing: {name: string, state: string, last_ok_at: string | null, resume_at: string | null}[], queued: number, untold: Untold[],
 *   unread: string | null}} State
 */
export {};
