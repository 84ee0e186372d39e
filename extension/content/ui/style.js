/** The look of everything that is drawn into a page. Colours have a contrast of 4.5 to 1 or more on their ground. */
export const STYLE = `
:host { all: initial; display: block; }
:host([hidden]) { display: none; }
* { box-sizing: border-box; }
p, span, strong, h2, h3, li, blockquote, a, button { unicode-bidi: plaintext; }
.box {
  --ink: #1d1d1f; --soft: #57575c; --ground: #f5f6f8; --edge: #d9dbe0; --link: #0b57a4; --tone: #57606a; --raised: #ffffff;
  font: 400 13px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif;
  color-scheme: light; color: var(--ink); text-align: start; padding-block: 4px; letter-spacing: normal; overflow-wrap: anywhere;
}
.box[data-theme="dark"] {
  --ink: #ececf0; --soft: #b3b5bd; --ground: #26282d; --edge: #44474f; --link: #8ab9f5; --tone: #9aa4b0; --raised: #2d2f35; color-scheme: dark;
}
.box[data-severity="critical"] { --tone: #b3261e; } .box[data-severity="warning"] { --tone: #8f5000; }
.box[data-severity="notice"] { --tone: #1f5fa8; } .box[data-severity="info"] { --tone: #2e6b34; }
.box[data-theme="dark"][data-severity="critical"] { --tone: #ff9c93; } .box[data-theme="dark"][data-severity="warning"] { --tone: #f3b765; }
.box[data-theme="dark"][data-severity="notice"] { --tone: #8ab9f5; } .box[data-theme="dark"][data-severity="info"] { --tone: #8ccf93; }
.line {
  display: flex; flex-wrap: wrap; align-items: start; gap: 0 12px; padding: 6px 12px;
  background: var(--ground); border: 1px solid var(--edge); border-inline-start: 4px solid var(--tone); border-radius: 6px;
}
.severity { color: var(--tone); font-weight: 650; }
.line > .severity, .words { padding-block: 4px; }
.words { flex: 1 1 300px; display: grid; gap: 2px; }
.text, .words p { margin: 0; }
.deadline, .stale, .soft { color: var(--soft); }
.deadline { font-variant-numeric: tabular-nums; }
.ends { display: flex; align-items: center; gap: 12px; margin-inline-start: auto; }
a, button.link { color: var(--link); }
button {
  font: inherit; color: var(--ink); background: var(--raised); border: 1px solid var(--edge); border-radius: 6px;
  padding: 3px 10px; cursor: pointer; min-height: 28px;
}
button:hover { border-color: var(--soft); }
button.link { background: none; border: 0; padding: 0 2px; text-decoration: underline; min-height: 24px; }
button.act { border-color: var(--tone); color: var(--tone); font-weight: 600; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.details {
  position: fixed; inset: auto; margin: 0; width: min(460px, calc(100vw - 24px)); max-height: min(560px, 76vh); overflow: auto;
  padding: 14px 16px; background: var(--raised); color: var(--ink); border: 1px solid var(--edge); border-radius: 10px;
  box-shadow: 0 10px 30px rgb(0 0 0 / .28);
}
.head { display: flex; gap: 12px; align-items: start; justify-content: space-between; }
.head button { flex: none; }
h2, h3 { font: inherit; font-weight: 650; margin: 0; }
h3 { margin-top: 14px; color: var(--soft); }
.details p, .panel p { margin: 6px 0 0; }
ol { list-style: none; margin: 6px 0 0; padding: 0; display: grid; gap: 8px; }
li { padding-inline-start: 12px; border-inline-start: 2px solid var(--edge); }
li .soft { display: block; font-variant-numeric: tabular-nums; }
img { display: block; width: 100%; height: auto; margin-top: 10px; border-radius: 6px; }
blockquote { margin: 6px 0 0; padding-inline-start: 12px; border-inline-start: 3px solid var(--tone); font-style: italic; }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 16px; padding-top: 12px; border-top: 1px solid var(--edge); }
.buttons p { flex: 1 0 100%; margin: 0; }
.said:not(:empty) { margin-top: 10px; }
.panel, .notice { position: fixed; inset-block-end: 16px; inset-inline-end: 16px; z-index: 2147483000; }
.panel { width: min(400px, calc(100vw - 32px)); max-height: min(620px, 80vh); overflow: auto; padding: 14px 16px;
  background: var(--raised); border: 1px solid var(--edge); border-block-start: 4px solid var(--tone); border-radius: 10px;
  box-shadow: 0 10px 30px rgb(0 0 0 / .22); }
.panel .text { margin-top: 6px; }
.panel.small { width: auto; padding: 8px 12px; }
.notice { inset-block-end: auto; inset-block-start: 16px; max-width: min(420px, calc(100vw - 32px)); display: flex; gap: 12px; align-items: start;
  padding: 10px 14px; background: var(--raised); border: 1px solid var(--edge); border-inline-start: 4px solid var(--tone);
  border-radius: 8px; box-shadow: 0 8px 24px rgb(0 0 0 / .2); }
.notice p { margin: 0; } .notice button { flex: none; }
.notice strong { display: block; }
@media (prefers-reduced-motion: no-preference) { .details { transition: opacity .12s; } }
@media (forced-colors: active) { .line, .panel, .details, .notice { border-color: CanvasText; } }
`;
