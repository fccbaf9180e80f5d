// XML files of strangers, such as settings for mail programs and reports. Entities are those of XML itself: what a file declares for itself is
// not read, so a file cannot grow while it is read. Too long, too deep or too much: it is no file of settings.

import { createRequire } from "node:module";
import type { XmlElement } from "../domain/basics/xml-element.ts";

// Read when the first file comes: few processes ever see one.
const require = createRequire(import.meta.url);

const SETTINGS = { longest: 256 * 1024, elements: 2_000, deepest: 20 };

type Growing = { name: string; attributes: Record<string, string>; children: Growing[]; text: string };

type XmlLimits = { longest: number; elements: number; deepest: number };

/** Its outermost element; null where it has none, or is too much. */
export function readXml(text: string): XmlElement | null {
  return readElements(text, SETTINGS).outermost;
}

/** How much of a file is parsed before it is asked whether it is too much already. */
const SLICE = 256 * 1024;

type Told = {
  outermost: XmlElement | null;
  /** To its end: nothing that was opened is left open. */
  isWhole: boolean;
  /** It says what kind of document it is, where entities are declared. */
  hasDoctype: boolean;
};

/** Each `pieces.name` is handed over as soon as it is read, and is not kept: so a long file needs little room. */
export function readElements(
  text: string,
  { longest, elements, deepest }: XmlLimits,
  pieces?: { name: string; take: (piece: XmlElement) => void },
): Told {
  const told: Told = { outermost: null, isWhole: false, hasDoctype: false };
  if (text.length > longest) return told;
  const { Parser } = require("htmlparser2") as typeof import("htmlparser2");
  const outside: Growing = { name: "", attributes: {}, children: [], text: "" };
  const open = [outside];
  let count = 0;
  let isTooMuch = false;
  const parser = new Parser(
    {
      onprocessinginstruction(name) {
        told.hasDoctype ||= name.toLowerCase() === "!doctype";
      },
      onopentag(tag, attributes) {
        isTooMuch ||= ++count > elements || open.length > deepest;
        if (isTooMuch) return;
        const element = { name: bare(tag), attributes: named(attributes), children: [], text: "" };
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      ontext(words) {
        const element = open.at(-1);
        if (element && !isTooMuch) element.text += words;
      },
      onclosetag(_tag, isImplied) {
        if (open.length < 2 || isTooMuch) return;
        const element = open.pop();
        if (open.length === 1) told.isWhole ||= !isImplied;
        if (!pieces || element?.name !== pieces.name) return;
        open.at(-1)?.children.pop();
        pieces.take(element);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  for (let at = 0; at < text.length && !isTooMuch; at += SLICE) parser.write(text.slice(at, at + SLICE));
  if (isTooMuch) return told;
  parser.end();
  return { ...told, outermost: outside.children[0] ?? null };
}

function bare(name: string) {
  return name.slice(name.indexOf(":") + 1).toLowerCase();
}

function named(attributes: Record<string, string>) {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [bare(name), value]));
}
