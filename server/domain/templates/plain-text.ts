// A mail's HTML as plain text: paragraphs apart, a line for each item of a list or row of a table, links with their
// address after them.
//
// For HTML that was cleaned: every tag is well formed, and no attribute contains `<` or `>`.

import { unescaped } from "./template-parts.ts";

const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?:[^a-z0-9<>][^<>]*)?)>|[^<]+|</gi;
const PARAGRAPH = new Set([
  "p",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "ul",
  "ol",
  "table",
  "blockquote",
  "pre",
]);
const LINE = new Set(["div", "li", "tr", "hr", "center", "caption"]);

type Page = {
  text: string;
  breaks: number;
  lists: number[];
  link: { href: string; from: number } | null;
  pre: number;
};

export function plainTextOf(html: string): string {
  const page: Page = { text: "", breaks: 0, lists: [], link: null, pre: 0 };
  for (const [token, slash, tag, attributes = ""] of html.matchAll(TOKEN)) {
    if (tag === undefined) write(page, unescaped(token));
    else if (slash) leave(page, tag.toLowerCase());
    else enter(page, tag.toLowerCase(), attributes);
  }
  return page.text
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function write(page: Page, given: string) {
  const text = page.pre > 0 ? given : given.replace(/[ \t\r\n\f\u00a0]+/g, " ");
  if (text.trim() === "" && (page.breaks > 0 || page.text === "" || /\s$/.test(page.text.at(-1) ?? "")))
    return;
  page.text += "\n".repeat(page.breaks) + text;
  page.breaks = 0;
}

function enter(page: Page, tag: string, attributes: string) {
  breakFor(page, tag);
  if (Object.hasOwn(ENTER, tag)) ENTER[tag]?.(page, attributes);
}

const ENTER: Record<string, (page: Page, attributes: string) => void> = {
  br(page) {
    page.text += "\n".repeat(page.breaks + 1);
    page.breaks = 0;
  },
  hr(page) {
    write(page, "---");
    page.breaks = 1;
  },
  pre(page) {
    page.pre += 1;
  },
  ul: (page) => void page.lists.push(0),
  ol: (page) => void page.lists.push(1),
  li: (page) => write(page, bullet(page)),
  td: (page) => write(page, " "),
  th: (page) => write(page, " "),
  img: (page, attributes) => write(page, attribute(attributes, "alt")),
  a(page, attributes) {
    page.link = { href: attribute(attributes, "href"), from: page.text.length };
  },
};

function leave(page: Page, tag: string) {
  if (tag === "a" && page.link) endLink(page, page.link);
  if (tag === "pre") page.pre = Math.max(0, page.pre - 1);
  if (tag === "ul" || tag === "ol") page.lists.pop();
  breakFor(page, tag);
}

function breakFor(page: Page, tag: string) {
  if (page.text === "") return;
  const isInList = page.lists.length > 0;
  if (PARAGRAPH.has(tag)) page.breaks = Math.max(page.breaks, isInList ? 1 : 2);
  else if (LINE.has(tag)) page.breaks = Math.max(page.breaks, 1);
}

function bullet(page: Page) {
  const number = page.lists.at(-1) ?? 0;
  if (number === 0) return "- ";
  page.lists[page.lists.length - 1] = number + 1;
  return `${number}. `;
}

function endLink(page: Page, { href, from }: NonNullable<Page["link"]>) {
  page.link = null;
  const label = page.text.slice(from).trim();
  const address = href.replace(/^mailto:/i, "");
  if (!address || label === address) return;
  write(page, label === "" ? address : ` (${address})`);
}

const ATTRIBUTES = { href: /\shref="([^"]*)"/i, alt: /\salt="([^"]*)"/i };

function attribute(attributes: string, name: keyof typeof ATTRIBUTES) {
  return unescaped(ATTRIBUTES[name].exec(attributes)?.[1] ?? "").trim();
}
