// Markdown of a mail as HTML. Variables and conditions go through as they are: an underscore in a name is no emphasis.

import { createRequire } from "node:module";
import type * as Marked from "marked";

const require = createRequire(import.meta.url);
let reader: Marked.Marked | null = null;

/** Null where it is nested so deep that it cannot be read. */
export function htmlOf(markdown: string): string | null {
  reader ??= newReader();
  try {
    return withVariables(reader.parse(markdown, { async: false }).trim());
  } catch (error) {
    if (error instanceof RangeError) return null; // quotes within quotes, until the stack is full
    throw error;
  }
}

/** In the address of a link, variables were encoded. */
function withVariables(html: string) {
  return html.replace(/%7B%7B([^"%]{0,500}(?:%(?:20|7C)[^"%]{0,500}){0,20})%7D%7D/g, (_, inner: string) => {
    const name = inner.replaceAll("%20", " ").replaceAll("%7C", "|");
    return `{{${name}}}`;
  });
}

function newReader() {
  const { Marked: Reader } = require("marked") as typeof Marked;
  const marked = new Reader({ gfm: true, breaks: false });
  marked.use({
    extensions: [
      {
        name: "variable",
        level: "inline",
        start: (source) => source.search(/\{[{%]/),
        tokenizer(source) {
          const raw = /^(?:\{\{[^{}]{0,2000}\}\}|\{%[^{}]{0,2000}%\})/.exec(source)?.[0];
          return raw === undefined ? undefined : { type: "variable", raw, text: raw };
        },
        renderer: ({ raw }) => raw.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;"),
      },
    ],
  });
  return marked;
}
