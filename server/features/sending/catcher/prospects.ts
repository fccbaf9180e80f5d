// What the people do to whom caught mail goes: most keep silent, some answer. Decided by a stable hash of their address,
// so that the same person does the same in every team, on every day, and a newcomer's screenshot fits ours.
//
// Facts in, verdict out; the delay is drawn from the same hash. What cannot be changed without changing everybody's
// character: the salt, and the order of the table.

import { createHash } from "node:crypto";
import type { AnswerKind } from "./store.ts";

type ProspectScript = { kind: AnswerKind; text: string | null; awayDays: number | null };

export type Prospect = "interested" | "asks" | "declines" | "away" | "bounces" | "unsubscribes" | "silent";

/** Out of a hundred people. The rest do not answer. */
const SHARES: readonly (readonly [Prospect, number])[] = [
  ["interested", 14],
  ["asks", 10],
  ["declines", 10],
  ["away", 8],
  ["bounces", 6],
  ["unsubscribes", 6],
];

const WORDS: Record<"interested" | "asks" | "declines" | "unsubscribes", readonly string[]> = {
  interested: [
    "Thanks for reaching out. This sounds interesting, let's talk. Does Tuesday at ten suit you?",
    "Good timing: we are looking into this. I am interested, please send me a few times for a call.",
  ],
  asks: [
    "What would this cost for a plant with about forty machines?",
    "Does it work with older pumps as well, and who would install it?",
  ],
  declines: [
    "Thank you, but we are not interested at the moment.",
    "No thanks, we have just signed with another supplier.",
  ],
  unsubscribes: ["Please unsubscribe me from your list.", "Please remove me from your mailing list."],
};

/** A number from 0 up to, not including, 1, the same for the same address and purpose. */
function drawn(address: string, purpose: string) {
  const digest = createHash("sha256").update(`prospect ${purpose} ${address.trim().toLowerCase()}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

export function characterOf(address: string): Prospect {
  let rest = drawn(address, "character") * 100;
  for (const [prospect, share] of SHARES) {
    rest -= share;
    if (rest < 0) return prospect;
  }
  return "silent";
}

/** What they do about the nth mail they get, counted from 1; null if nothing. */
export function answerTo(address: string, nth: number): ProspectScript | null {
  const character = characterOf(address);
  switch (character) {
    case "silent":
      return null;
    case "bounces": // a dead address stays dead
      return { kind: "bounce", text: null, awayDays: null };
    case "away":
      return nth === 1 ? { kind: "out_of_office", text: null, awayDays: daysAway(address) } : null;
    default:
      return nth === patienceOf(address)
        ? { kind: kindOf(character), text: wordsOf(character, address), awayDays: null }
        : null;
  }
}

/** At which mail they answer: half of them at once, the others when they are reminded. */
function patienceOf(address: string) {
  return drawn(address, "patience") < 0.5 ? 1 : 2;
}

function daysAway(address: string) {
  return 3 + Math.floor(drawn(address, "away") * 12);
}

function kindOf(character: keyof typeof WORDS): AnswerKind {
  return character === "unsubscribes" ? "unsubscribe" : "reply";
}

function wordsOf(character: keyof typeof WORDS, address: string) {
  const words = WORDS[character];
  return words[Math.floor(drawn(address, "words") * words.length)] ?? null;
}

type Delay = { leastMs: number; mostMs: number };

/** How long after the nth mail they answer. */
export function answersAfterMs(address: string, nth: number, { leastMs, mostMs }: Delay) {
  return Math.round(leastMs + drawn(address, `delay ${nth}`) * (mostMs - leastMs));
}
