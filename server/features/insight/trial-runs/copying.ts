// Copies a sequence, its contacts and all that their emails depend on, for a sandbox that is filled with it. Addresses become
// invented ones, mailboxes lose their passwords, and no key comes along.

import type { Db } from "../../../db/connect.ts";
import { canonicalAddress } from "../../../domain/contacts/suppression.ts";
import { newId } from "../../../kernel/ids.ts";
import { barsAmong } from "../../contacts/suppressions/barring.ts";
import { COPIED_TABLES } from "./copied-tables.ts";
import * as store from "./copying-store.ts";

/** Of the sequence, with those who are to be added; and of other sequences. */
export const MOST_PEOPLE = 1_000;
const MOST_OTHERS = 1_000;
const MOST_COLLEAGUES = 1_000;
const AT_ONCE = 100;
const KEPT_HOURS = 60 * 24;

type CopyWish = {
  teamId: string;
  sequenceId: string;
  /** To be added to the sequence. */
  contactIds: readonly string[];
  mailboxIds: readonly string[];
  now: Temporal.Instant;
};

export type Copied = {
  /** Under way in the sequence and copied; to be added and copied. */
  peopleIds: string[];
  added: string[];
  /** More than can be copied. */
  peopleLeftOut: number;
  others: number;
  hasMoreOthers: boolean;
};

type Write = (table: string, rows: readonly unknown[]) => Promise<void>;

/** In a transaction that has just begun. */
export async function copyForTrial(db: Db, wish: CopyWish, write: Write): Promise<Copied> {
  await store.readOneMoment(db);
  const { teamId, now } = wish;
  const { contactIds, ...copied } = await choose(db, wish);
  const chosen = await store.chosenOf(db, teamId, contactIds);
  const since = now.subtract({ hours: KEPT_HOURS });
  for (const entry of Object.entries(COPIED_TABLES)) {
    const [table, along] = entry;
    const pieces = along.rows === "all" ? [[]] : inPieces(chosen[along.chosen]);
    for (const ids of pieces) await write(table, await store.rowsOf(db, teamId, entry, { ids, since }));
  }
  const recent = {
    but: contactIds,
    since: now.subtract({ hours: 24 }),
    changed: COPIED_TABLES.messages?.changed ?? {},
  };
  await write("messages", await store.recentEmails(db, teamId, recent));
  await write("suppressions", await barredOf(db, teamId, contactIds, now));
  return copied;
}

async function choose(db: Db, { teamId, sequenceId, contactIds: wanted, mailboxIds, now }: CopyWish) {
  const underWay = (await store.peopleOf(db, teamId, sequenceId)).map(({ contactId }) => contactId);
  const isUnderWay = new Set(underWay);
  const toAdd = wanted.filter((id) => !isUnderWay.has(id));
  // Who is to be added is what is asked about, so they come first.
  const added = toAdd.slice(0, MOST_PEOPLE);
  const people = underWay.slice(0, MOST_PEOPLE - added.length);
  const own = [...people, ...added];
  const mailboxes = [...new Set([...mailboxIds, ...(await store.mailboxesOf(db, teamId, sequenceId))])];
  const limited = { mailboxIds: mailboxes, but: own, limit: MOST_OTHERS + 1 };
  const sharers = (await store.sharersOf(db, teamId, limited)).map(({ contactId }) => contactId);
  const sharing = sharers.slice(0, MOST_OTHERS);
  const since = now.subtract({ hours: KEPT_HOURS });
  const beside = { of: own, but: [...own, ...sharing], since, limit: MOST_COLLEAGUES + 1 };
  const colleagues = (await store.colleaguesOf(db, teamId, beside)).map(({ contactId }) => contactId);
  const others = [...sharing, ...colleagues.slice(0, MOST_COLLEAGUES)];
  return {
    contactIds: [...own, ...others],
    peopleIds: people,
    added,
    peopleLeftOut: underWay.length + toAdd.length - own.length,
    others: others.length,
    hasMoreOthers: sharers.length > MOST_OTHERS || colleagues.length > MOST_COLLEAGUES,
  };
}

/** Addresses that must not be mailed, by whatever was said of them. The invented ones take their place. */
async function barredOf(db: Db, teamId: string, contactIds: readonly string[], now: Temporal.Instant) {
  const emails = (await store.addressesOf(db, teamId, contactIds)).map(({ email }) => email);
  const bars = await barsAmong(db, teamId, emails);
  const barred = emails.filter((email) => bars.isBarred(email));
  return [...new Set(barred.flatMap((email) => canonicalAddress(`${email}.invalid`) ?? []))].map((value) => ({
    team_id: teamId,
    id: newId(),
    kind: "email",
    value,
    reason: null,
    source: "person",
    created_by: null,
    created_at: `${now}`,
    in_force_from: `${now}`,
  }));
}

function inPieces<T>(all: readonly T[]): T[][] {
  const pieces: T[][] = [];
  for (let start = 0; start < all.length; start += AT_ONCE) pieces.push(all.slice(start, start + AT_ONCE));
  return pieces;
}
