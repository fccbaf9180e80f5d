// Small XML files of strangers, such as settings for mail programs. Entities are those of XML itself: what a file declares for itself is
// not read, so a file cannot grow while it is read. Too long, too deep or too much: it is no file of settings.

import { createRequire } from "node:module";
import type { XmlElement } from "../domain/basics/xml-element.ts";

// Read when the first file comes: few processes ever see one.
const require = createRequire(import.meta.url);

const LONGEST = 256 * 1024;
const MOST_ELEMENTS = 2_000;
const DEEPEST = 20;

type Growing = { name: string; attributes: Record<string, string>; children: Growing[]; text: string };

/** Its outermost element; null where it has none, or is too much. */
export function readXml(text: string): XmlElement | null {
  if (text.length > LONGEST) return null;
  const { Parser } = require("htmlparser2") as typeof import("htmlparser2");
  const outside: Growing = { name: "", attributes: {}, children: [], text: "" };
  const open = [outside];
  let count = 0;
  let isTooMuch = false;
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        isTooMuch ||= ++count > MOST_ELEMENTS || open.length > DEEPEST;
        if (isTooMuch) return;
        const element = { name: bare(tag), attributes: named(attributes), children: [], text: "" };
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      ontext(words) {
        const element = open.at(-1);
        if (element && !isTooMuch) element.text += words;
      },
      onclosetag() {
        if (open.length > 1) open.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  return isTooMuch ? null : (outside.children[0] ?? null);
}

function bare(name: string) {
  return name.slice(name.indexOf(":") + 1).toLowerCase();
}

function named(attributes: Record<string, string>) {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [bare(name), value]));
}
