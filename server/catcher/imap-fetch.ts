// What FETCH is asked for, and what it answers about one mail.

import { envelopeOf, structureOf } from "./imap-structure.ts";
import { type Token, tokenText, writtenMoment } from "./imap-words.ts";
import type { StoredMail } from "./mail-store.ts";
import { fieldsIn, type MimePart, mimeTree } from "./mime-tree.ts";

type Section = { path: number[]; what: string; names: string[]; from: number; most: number | null };

type FetchItem = { label: string; isRead: boolean; of(mail: ImapMail): string };

/** A mail as FETCH looks at it; its bytes are only asked for by the items that need them. */
export type ImapMail = { entry: StoredMail; flags: readonly string[]; text(): string; tree(): MimePart };

const MACROS: Record<string, string[]> = {
  ALL: ["FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE"],
  FAST: ["FLAGS", "INTERNALDATE", "RFC822.SIZE"],
  FULL: ["FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY"],
};

const SIMPLE: Record<string, (mail: ImapMail) => string> = {
  UID: ({ entry }) => String(entry.uid),
  FLAGS: ({ flags }) => `(${flags.join(" ")})`,
  INTERNALDATE: ({ entry }) => writtenMoment(entry.at),
  "RFC822.SIZE": ({ entry }) => String(entry.size),
};

const DESCRIBED: Record<string, (mail: ImapMail) => string> = {
  ENVELOPE: ({ tree }) => envelopeOf(tree()),
  BODYSTRUCTURE: ({ tree }) => structureOf(tree(), true),
  BODY: ({ tree }) => structureOf(tree(), false),
};

const OLD: Record<string, string> = { RFC822: "", "RFC822.HEADER": "HEADER", "RFC822.TEXT": "TEXT" };

/** Null where an item is unknown. `needsText` says whether any of them looks into the mail. */
export function fetchItemsOf(token: Token | undefined): { items: FetchItem[]; needsText: boolean } | null {
  const words = Array.isArray(token) ? token.map(tokenText) : [tokenText(token)];
  const names = words.flatMap((word) => MACROS[word.toUpperCase()] ?? [word]);
  const items = names.map(itemOf);
  if (items.length === 0 || items.includes(null)) return null;
  return { items: items as FetchItem[], needsText: names.some((name) => !(name.toUpperCase() in SIMPLE)) };
}

function itemOf(name: string): FetchItem | null {
  const upper = name.toUpperCase();
  const plain = SIMPLE[upper] ?? DESCRIBED[upper];
  if (plain) return { label: upper, isRead: false, of: plain };
  const old = OLD[upper];
  if (old !== undefined) {
    const section = { path: [], what: old, names: [], from: 0, most: null };
    return { label: upper, isRead: old !== "HEADER", of: (mail) => sliceOf(mail, section) };
  }
  return bodyItem(name);
}

function bodyItem(name: string): FetchItem | null {
  const [, peek, inside = "", from, most] = /^BODY(\.PEEK)?\[(.*)\](?:<(\d+)\.(\d+)>)?$/is.exec(name) ?? [];
  const [, path = "", what = "", names = ""] =
    /^(\d+(?:\.\d+)*)?\.?(HEADER|TEXT|MIME|HEADER\.FIELDS(?:\.NOT)?)?(?: ?\((.*)\))?$/is.exec(inside) ?? [];
  if (!/^BODY(?:\.PEEK)?\[/i.test(name) || (inside && !path && !what)) return null;
  const section: Section = {
    path: path ? path.split(".").map(Number) : [],
    what: what.toUpperCase(),
    names: names.split(/\s+/).map((word) => word.replace(/"/g, "").toLowerCase()),
    from: Number(from ?? 0),
    most: most === undefined ? null : Number(most),
  };
  const label = `BODY[${inside}]${from === undefined ? "" : `<${from}>`}`;
  return { label, isRead: !peek, of: (mail) => sliceOf(mail, section) };
}

function sliceOf(mail: ImapMail, section: Section) {
  const found = sectionOf(mail, section);
  if (found === null) return "NIL";
  const { from, most } = section;
  const part = most === null ? found.slice(from) : found.slice(from, from + most);
  return `{${part.length}}\r\n${part}`;
}

function sectionOf(mail: ImapMail, { path, what, names }: Section): string | null {
  if (path.length === 0 && what === "") return mail.text();
  const part = path.length === 0 ? mail.tree() : partAt(mail.tree(), path);
  if (!part) return null;
  if (path.length > 0 && what === "") return part.body;
  if (what === "MIME") return part.head;
  const message = path.length === 0 ? part : part.message;
  if (!message) return null;
  if (what === "HEADER") return message.head;
  if (what === "TEXT") return message.body;
  const isNot = what.endsWith(".NOT");
  const kept = fieldsIn(message.head).filter(({ name }) => names.includes(name) !== isNot);
  return `${kept.map(({ raw }) => raw.replace(/(?<!\r\n)(?:\r\n)+$/, "\r\n")).join("")}\r\n`;
}

/** A mail without parts has one, number 1. */
function partAt(root: MimePart, path: readonly number[]): MimePart | null {
  let part: MimePart | null = root;
  for (const number of path) {
    const holder: MimePart = part.message ?? part;
    const children: readonly MimePart[] = holder.children;
    part = children.length > 0 ? (children[number - 1] ?? null) : number === 1 ? holder : null;
    if (!part) return null;
  }
  return part;
}

export function mailFrom(entry: StoredMail, flags: readonly string[], raw: Buffer | null): ImapMail {
  let text: string | null = null;
  let tree: MimePart | null = null;
  const asText = () => {
    text ??= raw?.toString("latin1") ?? "";
    return text;
  };
  return {
    entry,
    flags,
    text: asText,
    tree: () => {
      tree ??= mimeTree(asText());
      return tree;
    },
  };
}
