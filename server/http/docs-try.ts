// *Try it* on the page of the API: a call is sent as it would be from a program, with a key or with the session of the browser. What
// changes something is a dry run unless the user says otherwise. Without this script the page is whole, only not to be tried.

export const TRY_STYLE = `
.key{display:flex;gap:8px;align-items:center;margin:12px 0;flex-wrap:wrap}.key input{font:inherit;padding:4px 8px;width:20rem;max-width:100%}
input,textarea,button{background:var(--bg);color:var(--text);border:1px solid var(--line);border-radius:4px}
button{font:inherit;padding:4px 10px;cursor:pointer}.try{display:grid;gap:8px;margin:12px 0}
.try textarea{font:12.5px/1.45 ui-monospace,monospace;padding:8px;min-height:7rem;width:100%;box-sizing:border-box}
.try .row{display:flex;gap:16px;align-items:center}.try pre{max-height:24rem;margin:0}
`;

/** Where the key is typed; the script shows it. */
export const TRY_KEY = `<p class="key" hidden><label for="key">API key for <em>Try it</em></label>
<input id="key" type="password" autocomplete="off" spellcheck="false" placeholder="Empty: your session in this browser"></p>`;

export const TRY_SCRIPT = `"use strict";
document.querySelector(".key").hidden = false;
for (const article of document.querySelectorAll("article[data-path]")) {
  const open = document.createElement("button");
  open.type = "button";
  open.textContent = "Try it";
  open.setAttribute("aria-expanded", "false");
  open.setAttribute("aria-label", "Try it: " + article.id);
  let panel = null;
  open.onclick = () => {
    if (!panel) article.append((panel = panelFor(article)));
    else panel.hidden = !panel.hidden;
    open.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) panel.querySelector("textarea").focus();
  };
  article.querySelector("h3").after(open);
}

function made(name, set) {
  return Object.assign(document.createElement(name), set);
}

function panelFor(article) {
  const { method, path, dry, input } = article.dataset;
  const panel = made("div", { className: "try" });
  const label = made("label", { textContent: "Parameters, as JSON" });
  const text = made("textarea", { value: input || "{}", spellcheck: false, id: "try-" + article.id });
  label.htmlFor = text.id;
  const row = made("div", { className: "row" });
  const send = made("button", { type: "button", textContent: "Send" });
  row.append(send);
  let isDry = null;
  if (dry) {
    const choice = made("label", {});
    isDry = made("input", { type: "checkbox", checked: true });
    choice.append(isDry, " Dry run: shows what would happen and changes nothing");
    row.append(choice);
  }
  const status = made("p", { className: "soft" });
  status.setAttribute("role", "status");
  const answer = made("pre", { hidden: true, tabIndex: 0 });
  panel.append(label, text, row, status, answer);
  send.onclick = async () => {
    send.disabled = true;
    status.textContent = "Sending …";
    try {
      const began = performance.now();
      const response = await call(method, path, JSON.parse(text.value || "{}"), Boolean(isDry && isDry.checked));
      const body = await shown(response);
      status.textContent = response.status + " " + response.statusText + ", " + Math.round(performance.now() - began) + " ms";
      answer.textContent = body;
      answer.hidden = body === "";
    } catch (error) {
      status.textContent = error instanceof SyntaxError ? "The parameters are not JSON: " + error.message : "The server did not answer: " + error.message;
      answer.hidden = true;
    }
    send.disabled = false;
  };
  return panel;
}

function call(method, path, parameters, isDry) {
  const rest = { ...parameters };
  const address = path.replace(/\\{(\\w+)\\}/g, (whole, name) => {
    const value = rest[name];
    delete rest[name];
    return value === undefined ? whole : encodeURIComponent(value);
  });
  const key = document.querySelector("#key").value.trim();
  const headers = { accept: "application/json" };
  if (key) headers["x-api-key"] = key;
  if (isDry) headers["dry-run"] = "true";
  const init = { method, headers, credentials: key ? "omit" : "same-origin" };
  if (method === "GET") return fetch("/api/v1" + address + queryOf(rest), init);
  headers["content-type"] = "application/json";
  return fetch("/api/v1" + address, { ...init, body: JSON.stringify(rest) });
}

function queryOf(parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (Array.isArray(value)) for (const one of value) query.append(name + "[]", one);
    else query.append(name, typeof value === "object" ? JSON.stringify(value) : value);
  }
  const text = query.toString();
  return text && "?" + text;
}

async function shown(response) {
  const text = await response.text();
  const type = response.headers.get("content-type") || "";
  if (!/json|text/.test(type)) return "A file of " + text.length + " characters (" + type + ")";
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
`;
