// A page that a person can open and read: no script, no picture, nothing from outside.

import { escapedHtml } from "./mail-template.ts";

const STYLE =
  ":root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}" +
  "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.5rem;border-bottom:1px solid color-mix(in srgb,currentColor 25%,transparent)}" +
  "dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.25rem 1rem;padding:.75rem 0;margin:0;border-top:1px solid color-mix(in srgb,currentColor 12%,transparent)}" +
  "dt,p{color:color-mix(in srgb,currentColor 75%,transparent)}dd{margin:0;overflow-wrap:anywhere}";

/** `body` is HTML already. */
export function plainPage(title: string, body: string) {
  const name = escapedHtml(title);
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${name}</title><style>${STYLE}</style></head><body><main><h1>${name}</h1>${body}</main></body></html>\n`
  );
}
