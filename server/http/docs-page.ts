// /docs: the contract as a page to read. Every call with its parameters, an example to copy, and a way to try it.

import {
  type Endpoint,
  type Entry,
  type Example,
  endpoints,
  offersDryRun,
  pathParameters,
  scopeName,
} from "@cadenza/contract";
import { examplesOf } from "@cadenza/contract/examples";
import { z } from "zod";
import { TRY_KEY, TRY_SCRIPT, TRY_STYLE } from "./docs-try.ts";

export const DOCS_STYLE = `
:root{color-scheme:light dark;--line:#d9dbe0;--soft:#5c6370;--code:#f4f5f7;--accent:#4338ca;--bg:#fff;--text:#1f2328}
@media (prefers-color-scheme:dark){:root{--line:#30343c;--soft:#9aa3b2;--code:#1c2027;--accent:#a5b4fc;--bg:#14171c;--text:#e6e8ec}}
body{font:14px/1.5 system-ui,sans-serif;margin:0;background:var(--bg);color:var(--text)}
.frame{display:grid;grid-template-columns:240px minmax(0,1fr);max-width:1160px;margin:0 auto}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:24px 16px;box-sizing:border-box;border-right:1px solid var(--line)}
nav a{display:block;padding:2px 0;color:inherit;text-decoration:none;overflow-wrap:anywhere}nav a:hover,a{color:var(--accent)}
nav strong{display:block;margin-top:14px;text-transform:capitalize}
main{padding:24px 32px 80px}h1{font-size:24px}h2{margin:48px 0 8px;text-transform:capitalize}
article{border-top:1px solid var(--line);padding:20px 0}h3{margin:0 0 6px;font:600 14px ui-monospace,monospace;overflow-wrap:anywhere}
.verb{color:var(--accent)}.soft{color:var(--soft)}table{border-collapse:collapse;width:100%;margin:10px 0;table-layout:fixed}th:nth-child(1){width:30%}th:nth-child(2){width:22%}th:nth-child(3){width:14%}td{overflow-wrap:anywhere}
td,th{border-bottom:1px solid var(--line);padding:6px 8px 6px 0;text-align:left;vertical-align:top}
code,pre{font:12.5px/1.45 ui-monospace,monospace;background:var(--code);border-radius:4px}code{padding:1px 4px}pre{padding:12px;overflow:auto}
@media (max-width:760px){.frame{display:block}nav{position:static;height:auto;border:0}main{padding:16px}}
${TRY_STYLE}`;

const WHO: Record<Endpoint["access"], string> = {
  open: "No key needed.",
  known: "Any API key, or a signed-in user.",
  scoped: "An API key with this scope, a master key, or a signed-in user.",
  master: "A master key, or a signed-in user.",
  admin: "A master key, or a signed-in admin.",
  person: "A signed-in user only.",
  operator: "The bootstrap key, or the user who set up this installation.",
};

export function docsPage() {
  const nouns = Map.groupBy(endpoints, (entry) => entry.name.split(".")[0] as string);
  const links = [...nouns].map(
    ([noun, entries]) => `<strong>${spaced(noun)}</strong>${entries.map(link).join("")}`,
  );
  const sections = [...nouns].map(
    ([noun, entries]) => `<h2>${spaced(noun)}</h2>${entries.map(article).join("")}`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Cadenza API</title><style>${DOCS_STYLE}</style><div class="frame"><nav aria-label="Calls">${links.join("")}</nav><main>
<h1>Cadenza API</h1>
<p>Cadenza speaks Apollo's REST API. Change the base URL of an Apollo client to this address and keep everything else.
Every path starts with <code>/api/v1</code> or <code>/v1</code>. Send the key in the <code>x-api-key</code> header.
Send parameters in the query, as JSON or as a form. This page as a file: <a href="/openapi.json">openapi.json</a>.</p>
<p>Every write accepts <code>Idempotency-Key</code> (for 24 hours, the same key gets the first answer again) and
<code>Dry-Run: true</code> (shows what would happen and changes nothing).</p>
${TRY_KEY}
${sections.join("")}</main></div><script>${TRY_SCRIPT}</script></html>`;
}

function link({ name, endpoint }: Entry) {
  return `<a href="#${name}"><span class="soft">${endpoint.method}</span> ${escapeHtml(endpoint.path)}</a>`;
}

function article({ name, endpoint }: Entry) {
  const also = endpoint.also ? ` <span class="soft">also ${endpoint.also.join(", ")}</span>` : "";
  return `<article id="${name}"${triedBy(name, endpoint)}><h3><span class="verb">${endpoint.method}</span> ${escapeHtml(endpoint.path)}${also}</h3>
<p>${inline(endpoint.summary)}. ${inline(endpoint.description ?? "")}</p>
<p class="soft">${WHO[endpoint.access]}${endpoint.access === "scoped" ? ` Scope <code>${scopeName(endpoint)}</code>.` : ""}${endpoint.dryRunScope ? ` Scope for dry runs alone: <code>${scopeName(endpoint.dryRunScope)}</code>.` : ""}${endpoint.oauth ? ` OAuth scope <code>${endpoint.oauth}</code>.` : ""}</p>
${parameters(endpoint)}${examplesOf(name).map(example).join("")}</article>`;
}

/** What the script needs to send it. A file is sent by a form, which it has not. */
function triedBy(name: string, endpoint: Endpoint) {
  if (endpoint.takesUpload || endpoint.takesFile || endpoint.speaksOAuth) return "";
  const input = examplesOf(name)[0]?.input ?? exampleOfPath(endpoint);
  const dry = offersDryRun(endpoint) ? ` data-dry="1"` : "";
  const path = escapeHtml(endpoint.path);
  return ` data-method="${endpoint.method}" data-path="${path}"${dry} data-input="${escapeHtml(JSON.stringify(input, null, 2))}"`;
}

function exampleOfPath({ path }: Endpoint) {
  return Object.fromEntries(pathParameters(path).map((name) => [name, ""]));
}

function parameters(endpoint: Endpoint) {
  const schema = z.toJSONSchema(endpoint.input, { io: "input" }) as {
    properties?: Record<string, Shape>;
    required?: string[];
  };
  const rows = Object.entries(schema.properties ?? {}).map(([name, shape]) => {
    const must = schema.required?.includes(name)
      ? "required"
      : shape.default === undefined
        ? ""
        : `default ${JSON.stringify(shape.default)}`;
    return `<tr><td><code>${escapeHtml(name)}</code></td><td>${escapeHtml(typeOf(shape))}</td><td class="soft">${escapeHtml(must)}</td><td>${inline(shape.description ?? "")}</td></tr>`;
  });
  return rows.length === 0
    ? ""
    : `<table><thead><tr><th>Parameter</th><th>Type</th><th>Needed</th><th>Meaning</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

type Shape = {
  type?: string | string[];
  enum?: unknown[];
  anyOf?: Shape[];
  items?: Shape;
  default?: unknown;
  description?: string;
};

function typeOf(shape: Shape): string {
  if (shape.enum) return shape.enum.map((value) => JSON.stringify(value)).join(" or ");
  if (shape.anyOf) return shape.anyOf.map(typeOf).join(" or ");
  if (shape.type === "array") return `list of ${typeOf(shape.items ?? {})}`;
  return [shape.type ?? "any"].flat().join(" or ");
}

function example({ title, input, answer }: Example) {
  const asked =
    Object.keys(input).length > 0 ? `<pre>${escapeHtml(JSON.stringify(input, null, 2))}</pre>` : "";
  return `<details><summary>${escapeHtml(title)}</summary>${asked}<pre>${escapeHtml(JSON.stringify(answer, null, 2))}</pre></details>`;
}

function spaced(noun: string) {
  return noun.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Backticks are code, as everywhere in our texts. */
function inline(text: string) {
  return escapeHtml(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}

function escapeHtml(text: string) {
  return text.replace(
    /[&<>"]/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] as string,
  );
}
