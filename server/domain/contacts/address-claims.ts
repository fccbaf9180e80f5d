// What was said about an address, by whom, and what follows from it: an address is barred while one of its claims stands.
//
// Easy to get wrong: two people may say the same. Taking one claim back leaves the other, and the bar with it.

import { laterPause } from "./pausing.ts";

export type ClaimKind =
  | "unsubscribed"
  | "complaint"
  | "bounced"
  | "do_not_contact"
  | "suppressed" // an entry of the team's list
  | "paused";

/** Those that only an admin lifts. */
export const OPT_OUTS: readonly ClaimKind[] = ["unsubscribed", "complaint"];

/** Those that stand as an entry in the list of suppressions while the address may be read. */
export const LISTED: readonly ClaimKind[] = [
  "unsubscribed",
  "complaint",
  "bounced",
  "do_not_contact",
  "suppressed",
];

export type AddressClaim = {
  id: string;
  digest: string;
  kind: ClaimKind;
  source: string;
  /** The contact that carries it as a mark; null: it is said of the address alone. */
  contactId: string | null;
  until: Temporal.Instant | null;
  at: Temporal.Instant;
};

/** What bars an address by its claims. */
export type AddressBars = {
  optOut: AddressClaim | null;
  doNotContact: AddressClaim | null;
  bounced: AddressClaim | null;
  pausedUntil: Temporal.Instant | null;
};

export const NO_BARS: AddressBars = { optOut: null, doNotContact: null, bounced: null, pausedUntil: null };

export function barsOf(claims: readonly AddressClaim[]): AddressBars {
  if (claims.length === 0) return NO_BARS;
  const first = (...kinds: ClaimKind[]) => claims.find(({ kind }) => kinds.includes(kind)) ?? null;
  return {
    optOut: first(...OPT_OUTS),
    doNotContact: first("do_not_contact", "suppressed"),
    bounced: first("bounced"),
    pausedUntil: claims.reduce<Temporal.Instant | null>((last, { until }) => laterPause(last, until), null),
  };
}

export function isBarredBy({ optOut, doNotContact, bounced }: AddressBars) {
  return optOut !== null || doNotContact !== null || bounced !== null;
}

type Person = {
  isUnsubscribed: boolean;
  unsubscribedAt: Temporal.Instant | null;
  isDoNotContact: boolean;
  pausedUntil: Temporal.Instant | null;
  hasBounced: boolean;
  bouncedAt: Temporal.Instant | null;
};

/**
 * What the contact's row says, and what is said of the address they are mailed at. An entry of the list that bars the
 * address is told by itself, so only what no entry says is added. A pause is never an entry.
 */
export function withBars<P extends Person>(person: P, bars: AddressBars, isOnList: boolean): P {
  const { optOut, doNotContact, bounced, pausedUntil } = isOnList
    ? { ...NO_BARS, pausedUntil: bars.pausedUntil }
    : bars;
  return {
    ...person,
    isUnsubscribed: person.isUnsubscribed || optOut !== null,
    unsubscribedAt: person.unsubscribedAt ?? optOut?.at ?? null,
    isDoNotContact: person.isDoNotContact || doNotContact !== null,
    hasBounced: person.hasBounced || bounced !== null,
    bouncedAt: person.bouncedAt ?? bounced?.at ?? null,
    pausedUntil: laterPause(person.pausedUntil, pausedUntil),
  };
}
