// Slows password guessing down after ten wrong ones, from any address. No user is ever locked out: the right password
// still works, a few seconds later. Attempts from one network on one account wait for each other, so parallel guesses
// gain nothing and delay no one else.

import { isIPv6 } from "node:net";
import { Refusal } from "../../../kernel/refusal.ts";

export const FREE_FAILURES = 10;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 4_000;
const LONGEST_LINE = 10;

export const FAILURES_LAST = { minutes: 15 };

export function delayAfter(failures: number) {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - FREE_FAILURES));
}

type Line = { last: Promise<void>; length: number };

const lines = new Map<string, Line>();

/** Runs `work` after `delayMs`, and after earlier calls with the same key; refuses to join a long queue. */
export async function inTurn<T>(key: string, delayMs: number, work: () => Promise<T>): Promise<T> {
  if (delayMs === 0) return work();
  const line = lines.get(key) ?? { last: Promise.resolve(), length: 0 };
  if (line.length >= LONGEST_LINE)
    throw new Refusal("too_many_sign_ins", { seconds: Math.ceil((LONGEST_LINE * delayMs) / 1000) });
  lines.set(key, line);
  line.length += 1;
  const result = line.last.then(() => pause(delayMs)).then(work);
  line.last = result.then(ignore, ignore);
  try {
    return await result;
  } finally {
    line.length -= 1;
    if (line.length === 0) lines.delete(key);
  }
}

/** The queue of an attempt: an IPv4 address, or the /64 of an IPv6 address, which one customer has as a whole. */
export function networkOf(address: string | null) {
  const [zoneless = ""] = (address ?? "").split("%");
  const plain = zoneless.replace(/^::ffff:(?=\d+\.)/i, "");
  if (!isIPv6(plain)) return plain;
  const [before = "", after] = plain.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const missing = after === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array(missing).fill("0"), ...(after ?? [])];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

function pause(ms: number) {
  return new Promise<void>((resolve) => setTimeout(resolve, ms).unref()); // no stop waits for a guess
}

function ignore() {}
