// Mails that have come in: each is understood, written down, and has its consequences, once. Row, consequences and the
// place where the folder was read to are one transaction, so a crash in between leaves nothing half done.

import { createHash } from "node:crypto";
import type { App } from "../../app.ts";
import type { Db } from "../../db/connect.ts";
import { classify } from "../../domain/inbound.ts";
import { outcomeOf, STRIKE_DAYS } from "../../domain/inbound-outcome.ts";
import type { Verdict } from "../../domain/inbound-verdict.ts";
import { newId } from "../../ids.ts";
import { crashPoint } from "../../seams.ts";
import type { By } from "../events/store.ts";
import { findSequence } from "../sequences/store.ts";
import { rulesOf } from "../sequences/whole.ts";
import { type Followed, follow } from "./consequences.ts";
import * as correspondence from "./correspondence-store.ts";
import { type Arrival, gatherKnown, type Known } from "./facts.ts";
import * as folders from "./folders-store.ts";
import type { Judged } from "./judged.ts";
import { rowOf, setAsideRow } from "./rows.ts";
import * as store from "./store.ts";

export type { Arrival } from "./facts.ts";

/** The folder as it stands once these mails are taken in. */
export type Place = { teamId: string; mailboxId: string; folder: folders.Folder };

export type Taken = { id: string; uid: number; kind: Verdict["kind"] };

/** Any number of mails of one folder. What was seen before, under whatever number, has no effect. */
export function takeIn(app: App, place: Place, arrivals: readonly Arrival[]): Promise<Taken[]> {
  const { teamId, mailboxId, folder } = place;
  return app.db.inTeam(teamId, async (db) => {
    const by = byMail(app, db, teamId);
    await store.holdIncoming(db, teamId);
    const fresh = await unseen(db, teamId, arrivals);
    const taken = await understand(app, by, place, fresh);
    await crashPoint("imap-ack");
    await folders.writeFolder(db, teamId, mailboxId, folder);
    return taken;
  });
}

/** One that cannot be taken in, because of a mistake of ours: it is put aside with the reason, and the rest go on. */
export function setAside(app: App, place: Place, arrival: Arrival, why: string): Promise<void> {
  const { teamId, mailboxId, folder } = place;
  return app.db.inTeam(teamId, async (db) => {
    await store.holdIncoming(db, teamId);
    const [fresh] = await unseen(db, teamId, [arrival]);
    if (fresh)
      await store.insertIncoming(db, teamId, [setAsideRow(place, fresh, keyOf(fresh), why, app.now())]);
    await folders.writeFolder(db, teamId, mailboxId, folder);
  });
}

export function byMail(app: Pick<App, "now">, db: Db, teamId: string): By {
  const origin = { requestId: null, address: null, cause: "mail" };
  return { db, now: app.now(), origin, teamId, userId: null, apiKeyId: null };
}

/** Message-IDs tell who somebody works for, and stay when that person is deleted: a digest does not. */
function keyOf({ mail }: Arrival) {
  return createHash("sha256").update(mail.contentKey).digest("hex").slice(0, 40);
}

async function unseen(db: Db, teamId: string, arrivals: readonly Arrival[]) {
  const byKey = new Map(arrivals.toReversed().map((arrival) => [keyOf(arrival), arrival])); // the first of twins
  const known = await store.knownKeys(db, teamId, [...byKey.keys()]);
  return arrivals.filter((arrival) => byKey.get(keyOf(arrival)) === arrival && !known.has(keyOf(arrival)));
}

async function understand(app: App, by: By, place: Place, arrivals: readonly Arrival[]): Promise<Taken[]> {
  if (arrivals.length === 0) return [];
  const { db, teamId } = by;
  const role = place.folder.role;
  const known = await gatherKnown(db, teamId, role, arrivals);
  const verdicts = arrivals.map((arrival) => classify(arrival.mail, known.factsFor(arrival)));
  const judged = await judge(by, place, arrivals, verdicts, known);
  const followed = await follow(by, app.secrets, judged);
  const rows = judged.map((one, index) => {
    const arrival = arrivals[index] as Arrival;
    return rowOf(place, arrival, keyOf(arrival), one, followed.get(one.id) ?? NOTHING_FOLLOWED, by.now);
  });
  await store.insertIncoming(db, teamId, rows);
  return rows.map(({ id, uid, kind }) => ({ id, uid, kind }));
}

const NOTHING_FOLLOWED: Followed = { taskId: null, effects: null };

async function judge(
  by: By,
  place: Place,
  arrivals: readonly Arrival[],
  verdicts: readonly Verdict[],
  known: Known,
): Promise<Judged[]> {
  const days = await daysThatCount(by, verdicts, known);
  const strikes = await strikesOf(by, verdicts);
  return arrivals.map((arrival, index) => {
    const verdict = verdicts[index] as Verdict;
    const { about, kind, bounce, certainty } = verdict;
    const sent = known.sentById.get(about?.sent?.id ?? "") ?? null;
    const contactId = about?.contactId ?? null;
    const isStrike =
      kind === "bounce" && bounce?.class === "soft" && certainty === "sure" && contactId !== null;
    if (isStrike) strikes.set(contactId, (strikes.get(contactId) ?? 0) + 1);
    const outcome = outcomeOf(verdict, {
      receivedAt: arrival.receivedAt,
      lastSentAt: sent?.dotAt ?? null,
      daysThatCount: days.get(sent?.sequenceId ?? "") ?? null,
      softBounces: strikes.get(contactId ?? "") ?? 0,
    });
    const fromEmail = arrival.mail.from?.email ?? null;
    return {
      ...{ id: newId(), mailboxId: place.mailboxId, receivedAt: arrival.receivedAt, fromEmail },
      ...{ verdict, outcome, sent, contactId },
    };
  });
}

/** By sequence; asked only for what is known by its sender alone. */
async function daysThatCount({ db, teamId }: By, verdicts: readonly Verdict[], known: Known) {
  const loose = verdicts.filter(({ about }) => about?.by === "address" || about?.by === "company");
  const ids = new Set(
    loose.flatMap(({ about }) => known.sentById.get(about?.sent?.id ?? "")?.sequenceId ?? []),
  );
  const days = new Map<string, number | null>();
  for (const id of ids) {
    const sequence = await findSequence(db, teamId, id);
    if (!sequence) continue;
    const { daysToWaitBeforeMarkAsResponse: rule } = await rulesOf(db, teamId, sequence);
    days.set(id, typeof rule.value === "number" ? rule.value : null);
  }
  return days;
}

async function strikesOf({ db, teamId, now }: By, verdicts: readonly Verdict[]) {
  const ids = verdicts.flatMap(({ bounce, about }) =>
    bounce?.class === "soft" ? (about?.contactId ?? []) : [],
  );
  const since = now.subtract({ hours: 24 * STRIKE_DAYS });
  return ids.length === 0 ? new Map<string, number>() : correspondence.softBouncesOf(db, teamId, ids, since);
}
