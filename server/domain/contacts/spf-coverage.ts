// Which part of an SPF record names an address. Names of servers (a, mx, exists) would have to be asked for, so only networks count.

import type { DomainFacts } from "./domain-facts.ts";
import { includedIn, type SpfTree, spfRecordsOf } from "./spf-record.ts";

/** The domain itself or the name that it includes; null where no network of them holds the address. */
export function spfNaming(ip: string, domain: string, facts: DomainFacts | null): string | null {
  const address = bitsOf(ip);
  const [record] = facts ? spfRecordsOf(facts.spf) : [];
  return address && record !== undefined
    ? namedBy(address, record, domain, facts?.spfTree ?? {}, new Set())
    : null;
}

function namedBy(
  address: Bits,
  record: string,
  name: string,
  tree: SpfTree,
  seen: Set<string>,
): string | null {
  if (seen.has(name)) return null;
  seen.add(name);
  if (record.split(/\s+/).some((term) => holds(term, address))) return name;
  for (const inner of includedIn(record)) {
    const told = Object.hasOwn(tree, inner) ? tree[inner] : undefined;
    const [text] = told ? spfRecordsOf(told) : [];
    const found = text === undefined ? null : namedBy(address, text, inner, tree, seen);
    if (found !== null) return found;
  }
  return null;
}

type Bits = { value: bigint; length: 32 | 128 };

function holds(term: string, { value, length }: Bits) {
  const [, network = "", size] = /^\+?ip[46]:([^/]+)(?:\/(\d{1,3}))?$/i.exec(term) ?? [];
  const bits = bitsOf(network);
  if (bits?.length !== length) return false;
  const kept = Number(size ?? length);
  const shift = BigInt(length - Math.min(kept, length));
  return value >> shift === bits.value >> shift;
}

function bitsOf(ip: string): Bits | null {
  const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(ip)?.slice(1).map(Number);
  if (four) return four.every((part) => part < 256) ? { value: joined(four, 8n), length: 32 } : null;
  if (!/^[\da-f:]{2,39}$/i.test(ip)) return null;
  const [before = "", after, ...more] = ip.split("::");
  const words = (part: string) =>
    part === "" ? [] : part.split(":").map((word) => Number.parseInt(word, 16));
  const [first, last] = [words(before), words(after ?? "")];
  const missing = 8 - first.length - last.length;
  if (more.length > 0 || (after === undefined ? missing !== 0 : missing < 1)) return null;
  const all = [...first, ...Array.from({ length: missing }, () => 0), ...last];
  return all.every((word) => word >= 0 && word <= 0xffff) ? { value: joined(all, 16n), length: 128 } : null;
}

const joined = (parts: readonly number[], bits: bigint) =>
  parts.reduce((sum, part) => (sum << bits) | BigInt(part), 0n);
