// Markdown of a mail as HTML. Variables and conditions go through as they are: an underscore in a name is no emphasis.

import { createRequire } from "node:module";
import type * as Marked from "marked";
import { BUDGETS } from "../../../kernel/budgets.ts";
import { say } from "../../../kernel/say.ts";

const require = createRequire(import.meta.url);
let reader: Marked.Marked | null = null;

type MarkdownRead = { html: string; fault: null } | { html: null; fault: string };

export function htmlOf(markdown: string): MarkdownRead {
  const bad = (fault: string) => ({ html: null, fault });
  if (markdown.length > BUDGETS.markdown.characters)
    return bad(
      say("has more than {characters} characters of Markdown", {
        characters: BUDGETS.markdown.characters.toLocaleString("en"),
      }),
    );
  if (emphasisIn(markdown) > BUDGETS.markdown.emphasis)
    return bad(say("has a paragraph with too many signs of emphasis (*, _ or ~)"));
  reader ??= newReader();
  try {
    return { html: withVariables(reader.parse(markdown, { async: false }).trim()), fault: null };
  } catch (error) {
    if (error instanceof RangeError) return bad(say("is nested too deep")); // quotes within quotes, until the stack is full
    throw error;
  }
}

/** Signs times characters, of each paragraph. */
function emphasisIn(markdown: string) {
  let steps = 0;
  for (const paragraph of markdown.split(/\n[ \t]*\n/)) {
    const signs = paragraph.match(/[*_~]+/g)?.length ?? 0;
    steps += signs * paragraph.length;
  }
  return steps;
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
