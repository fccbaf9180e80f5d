// A mail's HTML as nodes that do nothing but be looked at: known elements, known attributes, links that lead to the web, and
// a word in place of every picture, because a picture that is fetched tells its owner who is looking.

import { t } from "../../language/t.ts";

const ELEMENTS = new Set(
  (
    "p br div span a b strong i em u s strike sub sup small font ul ol li blockquote pre code hr h1 h2 h3 h4 h5 h6 center " +
    "table thead tbody tfoot tr td th caption"
  ).split(" "),
);
/** Left out with all that is in them. */
const SILENT = new Set(
  "script style title head noscript template object embed iframe svg math textarea select".split(" "),
);
const ATTRIBUTES = new Set("align dir lang colspan rowspan valign color".split(" "));
// texts: not translated, these are names of styles
const STYLES = (
  "color background-color font-family font-size font-weight font-style line-height text-align text-decoration margin " +
  "margin-top margin-bottom margin-left margin-right padding padding-top padding-bottom padding-left padding-right border " +
  "border-left border-top border-bottom border-right border-collapse vertical-align white-space"
).split(" ");
const MOST_DEEP = 60;

export function safeNodes(html: string): Node[] {
  // A document of its own, in which nothing is run and nothing is fetched.
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return [...body.childNodes].flatMap((node) => safe(node, 0));
}

function safe(node: Node, depth: number): Node[] {
  if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.textContent ?? "")];
  if (!(node.nodeType === Node.ELEMENT_NODE) || depth > MOST_DEEP) return [];
  const element = node as HTMLElement;
  const name = element.localName;
  if (SILENT.has(name)) return [];
  if (name === "img") return [picture(element)];
  const children = [...element.childNodes].flatMap((child) => safe(child, depth + 1));
  if (!ELEMENTS.has(name)) return children;
  const copy = document.createElement(name);
  for (const { name: attribute, value } of element.attributes)
    if (ATTRIBUTES.has(attribute)) copy.setAttribute(attribute, value);
  dress(copy, element);
  if (name === "a") lead(copy as HTMLAnchorElement, element.getAttribute("href") ?? "");
  copy.append(...children);
  return [copy];
}

/** Property by property through the object model: the policy forbids whole style attributes. */
function dress(copy: HTMLElement, { style }: HTMLElement) {
  for (const property of STYLES) {
    const value = style.getPropertyValue(property);
    if (value && !/url|expression|\\/i.test(value)) copy.style.setProperty(property, value);
  }
}

function lead(link: HTMLAnchorElement, href: string) {
  if (!/^(?:https?|mailto|tel):/i.test(href.trim())) return;
  link.href = href.trim();
  link.target = "_blank";
  link.rel = "noopener noreferrer nofollow";
}

function picture(element: HTMLElement) {
  const alt = element.getAttribute("alt")?.trim();
  const word = document.createElement("span");
  word.className = "picture";
  word.textContent = alt ? t("Picture: {alt}", { alt }) : t("Picture");
  return word;
}
