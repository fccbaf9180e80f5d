// Alternatives, `{Hi|Hello}`: one of several texts, drawn by contact and step (elsewhere called spintax). They may hold
// variables, formatting, conditions and alternatives of their own. Braces without a bar between them are plain text.
//
// Easy to get wrong: in HTML a brace inside a tag is part of an address or a style, and a text that begins in one paragraph
// and ends in the next would leave half a paragraph behind.

import { BUDGETS } from "../../kernel/budgets.ts";
import { say } from "../../kernel/say.ts";
import { TemplateUnreadable } from "./mail-fault.ts";
import type { TemplatePart } from "./template-parts.ts";

/** Whom the texts are drawn for. The same contact and step always draw the same. */
export type DrawnFor = { contactId: string; stepId: string | null };

/** A sign in a part of the template: the brace that opens, a bar, the brace that closes. */
export type Mark = MarkKind & { at: number };
type MarkKind =
  | { is: "opens"; group: number; count: number }
  | { is: "next"; nth: number }
  | { is: "closes" };

type Alternatives = {
  /** By the number of the part, in their order. */
  marks: ReadonlyMap<number, readonly Mark[]>;
  /** How many different texts there can be. */
  versions: number;
};

type Place = { part: number; at: number };
type Frame = Place & {
  bars: Place[];
  /** Of HTML, where it opened; the lowest since; and whether a bar stood at another one. */
  depth: number;
  lowest: number;
  isUneven: boolean;
  /** How many texts there are of the alternatives before, of the current one, and if its bars are plain text. */
  before: number;
  current: number;
  plain: number;
};

const SIGNS = /[{|}]/g;
const SIGNS_AND_TAGS = /<(\/?)([a-z][a-z0-9]*)[^<>]*(>?)|[{|}]/gi;
const VOID: ReadonlySet<string> = new Set(["br", "hr", "img", "wbr", "col", "input"]);
const MOST_VERSIONS = 1_000_000_000;

export function alternativesIn(parts: readonly TemplatePart[], inHtml: boolean): Alternatives {
  const marks = new Map<number, Mark[]>();
  const open: Frame[] = [newFrame({ part: -1, at: -1 }, 0)]; // the whole text
  let depth = 0;
  let isInTag = false;
  let groups = 0;
  let signs = 0;

  function note({ part, at }: Place, mark: MarkKind) {
    const list = marks.get(part) ?? [];
    marks.set(part, list);
    list.push({ ...mark, at });
  }

  function close(place: Place) {
    const frame = open.length > 1 ? open.pop() : undefined;
    const outer = open.at(-1);
    if (!frame || !outer) return;
    outer.lowest = Math.min(outer.lowest, frame.lowest);
    if (frame.bars.length === 0) {
      multiply(outer, frame.plain);
      return;
    }
    if (frame.isUneven || frame.depth !== depth || frame.lowest < frame.depth) throw cut();
    signs += frame.bars.length + 1;
    if (signs > BUDGETS.template.tags) throw tooMany();
    multiply(outer, frame.before + frame.current);
    note(frame, { is: "opens", group: ++groups, count: frame.bars.length + 1 });
    for (const [n, bar] of frame.bars.entries()) note(bar, { is: "next", nth: n + 1 });
    note(place, { is: "closes" });
  }

  function tag(closing: string, name: string) {
    if (VOID.has(name.toLowerCase())) return;
    depth += closing ? -1 : 1;
    const frame = open.at(-1);
    if (frame) frame.lowest = Math.min(frame.lowest, depth);
  }

  for (const [part, { is, ...rest }] of parts.entries()) {
    if (is !== "text" || !("text" in rest)) continue;
    const start: number = isInTag ? rest.text.indexOf(">") + 1 : 0;
    if (isInTag && start === 0) continue;
    isInTag = false;
    for (const sign of rest.text.slice(start).matchAll(inHtml ? SIGNS_AND_TAGS : SIGNS)) {
      const place = { part, at: start + sign.index };
      const [whole, closing = "", name = "", end] = sign;
      const frame = open.at(-1);
      if (name) {
        tag(closing, name);
        isInTag = end === "";
      } else if (whole === "{") open.push(newFrame(place, depth));
      else if (whole === "}") close(place);
      else if (frame && open.length > 1) bar(frame, place, depth);
    }
  }
  for (const list of marks.values()) list.sort((a, b) => a.at - b.at);
  return { marks, versions: open.reduce((all, { plain }) => most(all * plain), 1) };
}

function newFrame(place: Place, depth: number): Frame {
  return { ...place, bars: [], depth, lowest: depth, isUneven: false, before: 0, current: 1, plain: 1 };
}

function bar(frame: Frame, place: Place, depth: number) {
  frame.isUneven ||= depth !== frame.depth;
  frame.bars.push(place);
  frame.before = most(frame.before + frame.current);
  frame.current = 1;
}

function multiply(frame: Frame, versions: number) {
  frame.current = most(frame.current * versions);
  frame.plain = most(frame.plain * versions);
}

const most = (versions: number) => Math.min(versions, MOST_VERSIONS);

const cut = () =>
  new TemplateUnreadable(
    "unreadable",
    say("Alternatives {choice} begin in one paragraph or format and end in another. Write them within one.", {
      choice: "{…|…}",
    }),
  );

const tooMany = () =>
  new TemplateUnreadable(
    "too_long",
    say("The text has more than {tags} alternatives.", { tags: BUDGETS.template.tags }),
  );
