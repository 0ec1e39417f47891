// A view's line to the assistant's program that shows it: JSON-RPC with the page around it.
// Whatever is told here is shown as text, never as a page: no view writes HTML.
const written = { locale: document.documentElement.lang, timeZone: undefined };

// Whether a browser knows what it is asked for.
function known(ask) {
  try {
    ask();
    return true;
  } catch {
    return false;
  }
}

const host = (() => {
  const waiting = new Map();
  const followers = { result: [], input: [] };
  let last = 0;
  const send = (message) => parent.postMessage({ jsonrpc: "2.0", ...message }, "*");

  const ask = (method, params) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      send({ id: last, method, params });
    });

  const heard = {
    "ui/notifications/tool-input": (told) => followers.input.forEach((follow) => follow(told.arguments ?? {})),
    "ui/notifications/tool-result": (told) => followers.result.forEach((follow) => follow(told)),
    "ui/notifications/host-context-changed": (context) => look(context),
  };

  addEventListener("message", ({ source, data }) => {
    if (source !== parent || data?.jsonrpc !== "2.0") return;
    if (data.method === undefined) {
      const { resolve, reject } = waiting.get(data.id) ?? {};
      waiting.delete(data.id);
      if (data.error) reject?.(new Error(data.error.message));
      else resolve?.(data.result);
    } else if (data.id !== undefined) {
      const known = data.method === "ping" || data.method === "ui/resource-teardown";
      send({ id: data.id, ...(known ? { result: {} } : { error: { code: -32601, message: "Unknown method" } }) });
    } else heard[data.method]?.(data.params ?? {});
  });

  // Colours and fonts as around the view; without a word of the host, as the person's system has them. How numbers and
  // times are written is the host's to say, in which words is not: these are the person's in Parley.
  function look({ theme, styles, locale, timeZone }) {
    const root = document.documentElement;
    if (theme === "light" || theme === "dark") root.style.colorScheme = theme;
    for (const [name, value] of Object.entries(styles?.variables ?? {})) {
      if (/^--(color|font|border)-[a-z0-9-]+$/.test(name) && typeof value === "string") root.style.setProperty(name, value);
    }
    if (known(() => Intl.getCanonicalLocales(locale)) && locale) written.locale = locale;
    if (known(() => new Intl.DateTimeFormat("en", { timeZone })) && timeZone) written.timeZone = timeZone;
  }

  return {
    onInput: (follow) => followers.input.push(follow),
    onResult: (follow) => followers.result.push(follow),
    call: (name, input) => ask("tools/call", { name, arguments: input }),
    async begin() {
      const told = await ask("ui/initialize", {
        protocolVersion: "2026-01-26",
        appInfo: { name: "parley", version: "1" },
        appCapabilities: { availableDisplayModes: ["inline"] },
      });
      look(told.hostContext ?? {});
      send({ method: "ui/notifications/initialized" });
      new ResizeObserver(() => {
        const { width, height } = document.body.getBoundingClientRect();
        send({ method: "ui/notifications/size-changed", params: { width: Math.ceil(width), height: Math.ceil(height) } });
      }).observe(document.body);
    },
  };
})();

// An element with attributes and children; texts become text.
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.flat().filter((child) => child !== null && child !== undefined).map((child) => child instanceof Node ? child : String(child)));
  return made;
}

function show(...children) {
  document.getElementById("view").replaceChildren(...children);
}

// A text of the person's language, its places filled.
function say(text, places = {}) {
  return text.replace(/\{(\w+)\}/g, (_, name) => places[name] ?? "");
}

// What a tool that failed says.
function failure(result) {
  const text = (result.content ?? []).map((block) => block.text ?? "").join("\n");
  return element("p", { role: "alert", class: "failure" }, text || TEXTS.unshown);
}

const number = (value, how = { maximumFractionDigits: 2 }) => new Intl.NumberFormat(written.locale, how).format(Number(value));

// An amount of money, or a bare number.
function money(value) {
  if (typeof value !== "object") return number(value);
  return number(value.amount, { style: "currency", currency: value.currency });
}

// A calendar day, the same everywhere.
const day = (value) => time(`${value}T00:00:00Z`, { dateStyle: "medium", timeZone: "UTC" });

// An instant, by the clock of whoever looks.
const instant = (value) => time(value, { dateStyle: "medium", timeStyle: "short", timeZone: written.timeZone });

function time(value, how) {
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? String(value) : new Intl.DateTimeFormat(written.locale, how).format(at);
}
