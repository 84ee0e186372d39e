/**
 * Runs in the page's own world and only looks: at the answers that the page gets to its own questions. It signs nothing,
 * sends nothing, changes no answer. What it sees goes to the isolated script as text.
 */
(() => {
  const MARK = Symbol.for("parcelwarden.observed");
  const page = /** @type {any} */ (window);
  if (page[MARK]) return;
  Object.defineProperty(page, MARK, { value: true });

  const MOST = 3_900_000;
  const MOST_KEPT = 20;
  const DATA = /\/h5\/(mtop\.[a-z0-9._]+)\//i;
  const WANTED = /order\.list$|order\.detail$|ld\.querydetail$|reverse\.query[a-z]*forbuyer$/i;
  const NAMES = ["tradeOrderId", "orderId"];
  const SHOP = /(?:^|\.)aliexpress\.(?:com|us|ru)$/;
  const shop = SHOP.test(location.hostname);
  /** @type {string[]} */
  const kept = [];
  let heard = false;

  /** @param {string} detail */
  const say = (detail) => document.dispatchEvent(new CustomEvent("parcelwarden:seen", { detail }));
  document.addEventListener("parcelwarden:ready", () => {
    heard = true;
    for (const detail of kept.splice(0)) say(detail);
  });

  /**
   * Whose a host is: its last two names, or three where the second last is no owner's (`com.au`, `co.uk`).
   * @param {string} host
   */
  const site = (host) => host.split(".").slice(/\.(?:com?|net|org|gov|go|ne|or)\.[a-z]{2}$/.test(host) ? -3 : -2).join(".");

  /**
   * The name of the data that an address gives, where it is one that is looked at; an empty name for a carrier's.
   * @param {string} address
   * @returns {{url: URL, api: string} | null}
   */
  const known = (address) => {
    try {
      const url = new URL(address, location.href);
      if (!shop) return site(url.hostname) === site(location.hostname) ? { url, api: "" } : null;
      const api = DATA.exec(url.pathname)?.[1] ?? "";
      return SHOP.test(url.hostname) && WANTED.test(api) ? { url, api } : null;
    } catch {
      return null;
    }
  };

  /**
   * The address without its signature: of the question only the order that was asked for is kept.
   * @param {URL} url
   * @param {unknown} body
   */
  const bare = (url, body) => {
    const kept = new URL(url.origin + url.pathname);
    if (!shop) return url.href.split("#")[0].slice(0, 1900);
    const asked = [url.searchParams, new URLSearchParams(typeof body === "string" ? body : "")];
    for (const params of asked) {
      const inner = params.get("data") ?? "";
      for (const name of NAMES) {
        const found = params.get(name) ?? new RegExp(`"${name}"\\s*:\\s*"?(\\d{8,30})`).exec(inner)?.[1];
        if (found && /^\d{8,30}$/.test(found) && !kept.search) kept.searchParams.set(name, found);
      }
    }
    return kept.href;
  };

  /**
   * @param {{url: URL, api: string}} what
   * @param {unknown} asked the body of the question
   * @param {unknown} answer the answer as text, or what a callback was called with
   */
  const saw = (what, asked, answer) => {
    const body = typeof answer === "string" ? answer : JSON.stringify(answer);
    if (!body || body.length > MOST || !/^\s*(?:[[{]|[\w.$]+\()/.test(body.slice(0, 200))) return;
    const detail = JSON.stringify({ url: bare(what.url, asked), api: what.api, body });
    if (heard) say(detail);
    else if (kept.length < MOST_KEPT) kept.push(detail);
  };

  /** Looks without ever standing in the way. @param {() => unknown} look */
  const quietly = (look) => {
    try {
      const result = look();
      if (result instanceof Promise) result.catch(() => undefined);
    } catch { /* the page goes on as if nobody had looked */ }
  };

  const fetched = page.fetch;
  page.fetch = new Proxy(fetched, {
    apply(target, self, given) {
      const answer = Reflect.apply(target, self, given);
      quietly(() => {
        const request = given[0];
        const what = known(String(request?.url ?? request));
        if (what) answer.then((/** @type {Response} */ got) => got.clone().text().then((text) => saw(what, given[1]?.body, text))).catch(() => undefined);
      });
      return answer;
    },
  });

  /** @type {WeakMap<XMLHttpRequest, string>} */
  const opened = new WeakMap();
  XMLHttpRequest.prototype.open = new Proxy(XMLHttpRequest.prototype.open, {
    apply(target, self, given) {
      quietly(() => opened.set(self, String(given[1])));
      return Reflect.apply(target, self, given);
    },
  });
  XMLHttpRequest.prototype.send = new Proxy(XMLHttpRequest.prototype.send, {
    apply(target, self, given) {
      quietly(() => {
        const what = known(opened.get(self) ?? "");
        if (what) self.addEventListener("load", () => quietly(() => {
          if (["", "text"].includes(self.responseType)) saw(what, given[0], self.responseText);
          else if (self.responseType === "json") saw(what, given[0], self.response);
        }));
      });
      return Reflect.apply(target, self, given);
    },
  });

  if (!shop) return;
  // The first page of a list comes by a script that calls a function of the page: the function is looked through.
  new MutationObserver((records) => {
    for (const record of records) {
      for (const node of record.addedNodes) if (node instanceof HTMLScriptElement && node.src) quietly(() => script(node.src));
    }
  }).observe(document, { childList: true, subtree: true });

  /** @param {string} address */
  const script = (address) => {
    const what = known(address);
    const name = what?.url.searchParams.get("callback") ?? "";
    if (what && typeof page[name] === "function" && !page[name][MARK]) page[name] = through(page[name], what);
  };

  // The page may also hand its first data to a function of this fixed name.
  /** @type {unknown} */
  let initial;
  Object.defineProperty(page, "__INIT_DATA_CALLBACK__", {
    configurable: true,
    get: () => initial,
    set(given) {
      initial = typeof given === "function" ? through(given, { url: new URL(location.href), api: "" }) : given;
    },
  });

  /**
   * @param {Function} callback
   * @param {{url: URL, api: string}} what
   */
  function through(callback, what) { return new Proxy(callback, {
    apply(target, self, given) {
      quietly(() => saw(what, "", given[0]));
      return Reflect.apply(target, self, given);
    },
    get: (target, key, self) => (key === MARK ? true : Reflect.get(target, key, self)),
  }); }
})();
