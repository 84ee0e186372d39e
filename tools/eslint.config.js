/** Beyond the recommended rules: no code from text, no markup from text, no network in a page. */
import js from "@eslint/js";

const known = Object.fromEntries(
  "addEventListener removeEventListener AbortController AbortSignal Blob CSSStyleSheet CustomEvent Element Event HTMLElement HTMLScriptElement Intl MouseEvent MutationObserver Node NodeFilter ToggleEvent TextDecoder TextEncoder URL URLSearchParams WeakMap XMLHttpRequest chrome clearInterval clearTimeout console crypto document fetch getComputedStyle innerHeight innerWidth location matchMedia navigator performance queueMicrotask setInterval setTimeout window"
    .split(" ").map((name) => [name, "readonly"]),
);

export default [
  js.configs.recommended,
  {
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: known },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-restricted-properties": ["error", { property: "innerHTML" }, { property: "insertAdjacentHTML" }],
    },
  },
  {
    files: ["extension/content/**/*.js", "extension/page/**/*.js"],
    rules: { "no-restricted-globals": ["error", { name: "fetch", message: "Only the background talks to the daemon." }] },
  },
];
