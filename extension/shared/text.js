// Bidirectional overrides, zero-width and control characters: they may change what a reader takes a text for.
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Third-party text as it may be shown: what cannot be seen is taken out, and it is cut.
 * @param {unknown} text
 * @param {number} [most]
 */
export function plain(text, most = 400) {
  const seen = String(text ?? "").replace(UNSEEN, "");
  return seen.length > most ? `${seen.slice(0, most - 1)}…` : seen;
}
