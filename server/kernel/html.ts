// HTML that people write: what of it may be mailed, and how it reads as plain text.
//
// Easy to get wrong: a merge variable may stand anywhere, in a link's address too, and must come out as it went in;
// "javascript:" hides behind case, white space and entities, so only the schemes that are allowed are let through.

import { createRequire } from "node:module";
import { hasFewTags, upToMostTags } from "@cadenza/contract/tags";
import type sanitizeHtml from "sanitize-html";
import { plainTextOf } from "../domain/templates/plain-text.ts";

// Read when the first mail is written: a process that only answers searches does without.
const require = createRequire(import.meta.url);
const sanitize = (html: string, options: sanitizeHtml.IOptions): string =>
  (require("sanitize-html") as typeof sanitizeHtml)(html, options);

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: [
    ...[
      "p",
      "br",
      "div",
      "span",
      "a",
      "b",
      "strong",
      "i",
      "em",
      "u",
      "s",
      "strike",
      "sub",
      "sup",
      "small",
      "font",
    ],
    ...["ul", "ol", "li", "blockquote", "pre", "code", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "center"],
    ...["table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col", "img"],
  ],
  allowedAttributes: {
    "*": ["style", "dir", "lang", "align", "title"],
    a: ["href", "name", "target", "rel"],
    img: ["src", "alt", "width", "height", "border"],
    font: ["color", "face", "size"],
    table: ["width", "border", "cellpadding", "cellspacing", "bgcolor"],
    td: ["width", "height", "colspan", "rowspan", "bgcolor", "valign"],
    th: ["width", "height", "colspan", "rowspan", "bgcolor", "valign"],
    tr: ["bgcolor", "valign"],
  },
  allowedSchemes: ["http", "https", "mailto", "tel"],
  allowedSchemesByTag: { img: ["http", "https", "cid"] },
  allowedSchemesAppliedToAttributes: ["href", "src"],
  allowProtocolRelative: false,
  allowedStyles: {
    "*": Object.fromEntries(
      [
        ...[
          "color",
          "background-color",
          "font-family",
          "font-size",
          "font-weight",
          "font-style",
          "line-height",
        ],
        ...[
          "text-align",
          "text-decoration",
          "margin",
          "margin-top",
          "margin-bottom",
          "margin-left",
          "margin-right",
        ],
        ...[
          "padding",
          "padding-top",
          "padding-bottom",
          "padding-left",
          "padding-right",
          "border",
          "border-left",
        ],
        ...["border-top", "border-bottom", "border-right", "border-collapse", "width", "max-width", "height"],
        ...["vertical-align", "white-space"],
      ].map((name) => [name, [/^(?!.*(?:url|expression|javascript|@import|\\))[\w\s#%.,()'"!+*/-]+$/i]]),
    ),
  },
  disallowedTagsMode: "discard",
  nonTextTags: ["script", "style", "textarea", "option", "title", "noscript"],
};

/** Mail-safe HTML: scripts, forms, styles that fetch and links that run are gone; what was text stays. */
export function cleanHtml(html: string) {
  return sanitize(html, OPTIONS).trim();
}

/** The same as plain text. */
export function textOf(html: string) {
  return plainTextOf(cleanHtml(html));
}

const READING: sanitizeHtml.IOptions = {
  allowedTags: [
    ...["p", "br", "div", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "center"],
    ...["ul", "ol", "li", "table", "tr", "td", "th", "caption"],
  ],
  allowedAttributes: {},
  nonTextTags: ["script", "style", "textarea", "option", "title", "noscript", "head"],
};

/** Whether `readableText` reads it to its end. */
export const isReadWhole = hasFewTags;

/**
 * What a stranger's HTML says, without its links and pictures, up to as many tags as an email has. What it quotes begins with
 * `>`, as in plain text.
 */
export function readableText(html: string) {
  let depth = 0;
  return sanitize(upToMostTags(html), READING)
    .split(/(<\/?blockquote>)/)
    .map((part) => {
      if (part === "<blockquote>") depth = Math.min(depth + 1, 5);
      else if (part === "</blockquote>") depth = Math.max(depth - 1, 0);
      else return plainTextOf(part).replace(/^/gm, depth > 0 ? `${">".repeat(depth)} ` : "");
      return "";
    })
    .filter((part) => part.trim() !== "")
    .join("\n");
}
