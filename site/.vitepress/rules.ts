// How the site reads Markdown otherwise than GitHub does.

import type { MarkdownRenderer } from "vitepress";
import { siteAddress } from "./addresses.ts";

export function useRules(markdown: MarkdownRenderer) {
  keepBraces(markdown);
  markdown.core.ruler.push("site-links", ({ tokens }) => {
    for (const { children } of tokens) relink(children ?? []);
  });
}

/** `{{first_name}}` in a sentence or in code is no expression of the page. */
function keepBraces({ renderer, utils }: MarkdownRenderer) {
  const text = (content = "") => utils.escapeHtml(content).replaceAll("{{", "&#123;&#123;");
  renderer.rules.text = (tokens, index) => text(tokens[index]?.content);
  // Long names and paths may go on in the next line: in a table they would push the last column out of the page.
  renderer.rules.code_inline = (tokens, index) =>
    `<code>${text(tokens[index]?.content).replaceAll(/(?<=[a-z0-9])[_/,](?=\w)/gi, "$&<wbr>")}</code>`;
}

type Tokens = Parameters<NonNullable<MarkdownRenderer["renderer"]["rules"]["text"]>>[0];

/** Links that lead to no page of the site are shown as text. */
function relink(tokens: Tokens) {
  let isUnlinked = false;
  for (const token of tokens) {
    if (token.type === "link_open") {
      const target = siteAddress(token.attrGet("href") ?? "");
      isUnlinked = target === null;
      if (target !== null) token.attrSet("href", target);
    }
    if (isUnlinked && /^link_(?:open|close)$/.test(token.type)) {
      isUnlinked = token.type === "link_open";
      Object.assign(token, { type: "text", tag: "", content: "", attrs: null, nesting: 0 });
    }
  }
}
