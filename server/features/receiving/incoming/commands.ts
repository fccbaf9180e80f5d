// Mails that have come in: each is understood, written down, and has its consequences, once. Row, consequences and the
// place where the folder was read to are one transaction, so a crash in between leaves nothing half done.

import type { App } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { reportAboutUs } from "../../../domain/receiving/aggregate-report.ts";
import { DEFAULT_HOLD_RULES, holdAfter } from "../../../domain/receiving/answer-holds.ts";
import { outcomeOf, STRIKE_DAYS } from "../../../domain/receiving/inbound-outcome.ts";
import type { InboundVerdict } from "../../../domain/receiving/inbound-verdict.ts";
import { newId } from "../../../kernel/ids.ts";
import { crashPoint } from "../../../seams.ts";
import { placeHolds } from "../../contacts/answer-holds/commands.ts";
import type { By } from "../../events/events/store.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { takeReports } from "../../mailboxes/dmarc-reports/taking.ts";
import { findSequence } from "../../sequences/sequences/store.ts";
import { rulesOf } from "../../sequences/sequences/whole.ts";
import { endReading } from "./being-read-store.ts";
import { type Followed, follow, holdingOf } from "./consequences.ts";
import * as correspondence from "./correspondence-store.ts";
import { type Arrival, gatherKnown, type InboundFactSource } from "./facts.ts";
import * as folders from "./folders-store.ts";
import type { JudgedMail } from "./judged.ts";
import { type JudgedAhead, judgeAhead, readingFaultOf, verdictFor } from "./judging-ahead.ts";
import { incomingRowOf, setAsideRow } from "./rows.ts";
import * as store from "./store.ts";
import { keyOf, unseen } from "./unseen.ts";

export type { Arrival } from "./facts.ts";

/** The folder's state once these mails are taken in. */
export type MailboxFolder = { teamId: string; mailboxId: string; folder: folders.MailFolder };

/** `messageId`: the email of ours that it answers or reports on. */
type TakenMail = { id: string; uid: number; kind: InboundVerdict["kind"]; messageId: string | null };

const MOST_TRIES = 5;

/**
 * Any number of mails of one folder. What was seen before, under whatever number, has no effect. Each is judged while no
 * transaction is open, because a hostile one takes its time; where what it was judged by has changed, once more.
 */
export async function takeIn(
  app: App,
  place: MailboxFolder,
  arrivals: readonly Arrival[],
): Promise<TakenMail[]> {
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const judged = await judgeAhead(app, place, arrivals);
    const taken = await takeInJudged(app, place, arrivals, judged);
    if (taken) return taken;
  }
  throw new Error("The records that the emails belong to changed during each attempt to classify them");
}

/** Null: what one of them was judged by is not so any more. */
function takeInJudged(app: App, place: MailboxFolder, arrivals: readonly Arrival[], judged: JudgedAhead) {
  const { teamId, mailboxId, folder } = place;
  return app.db.inTeam(teamId, async (db) => {
    const by = byMail(app, db, teamId);
    await store.holdIncoming(db, teamId);
    const fresh = await unseen(db, teamId, arrivals);
    const taken = await understand(by, place, fresh, judged);
    if (!taken) return null;
    await crashPoint("imap-ack");
    await written(db, place);
    return taken;
  });

  async function written(db: Db, { folder: { role, lastUid } }: MailboxFolder) {
    await folders.writeFolder(db, teamId, mailboxId, folder);
    await endReading(db, teamId, mailboxId, role, lastUid);
  }
}

/** One that cannot be taken in, because of a mistake of ours: it is put aside with the reason, and the rest go on. */
export function setMailAside(app: App, place: MailboxFolder, arrival: Arrival, why: string): Promise<void> {
  const { teamId, mailboxId, folder } = place;
  return app.db.inTeam(teamId, async (db) => {
    await store.holdIncoming(db, teamId);
    const [fresh] = await unseen(db, teamId, [arrival]);
    if (fresh)
      await store.insertIncoming(db, teamId, [setAsideRow(place, fresh, keyOf(fresh), why, app.now())]);
    await folders.writeFolder(db, teamId, mailboxId, folder);
    await endReading(db, teamId, mailboxId, folder.role, folder.lastUid);
  });
}

export function byMail(app: Pick<App, "now">, db: Db, teamId: string): By {
  const origin = { requestId: null, address: null, cause: "mail" };
  return { db, now: app.now(), origin, teamId, userId: null, apiKeyId: null };
}

/** A Message-ID reveals a person's employer, and would outlast that person's deletion: a digest reveals nothing. */
async function understand(
  by: By,
  place: MailboxFolder,
  arrivals: readonly Arrival[],
  ahead: JudgedAhead,
): Promise<TakenMail[] | null> {
  if (arrivals.length === 0) return [];
  const { db, teamId } = by;
  const sound = arrivals.filter((arrival) => readingFaultOf(arrival, ahead) === null);
  const known = await gatherKnown(db, teamId, place.folder.role, sound);
  const verdicts = sound.map((arrival) => verdictFor(arrival, ahead, known.factsFor(arrival)));
  if (!verdicts.every((verdict) => verdict !== null)) return null;
  const judged = await judge(by, place, sound, verdicts, known);
  const followed = await follow(by, judged);
  const rows = judged.map((one, index) => {
    const arrival = sound[index] as Arrival;
    return incomingRowOf(
      place,
      arrival,
      keyOf(arrival),
      one,
      followed.get(one.id) ?? NOTHING_FOLLOWED,
      by.now,
    );
  });
  for (const arrival of arrivals) {
    const fault = readingFaultOf(arrival, ahead);
    if (fault) rows.push(setAsideRow(place, arrival, keyOf(arrival), fault, by.now));
  }
  await store.insertIncoming(db, teamId, rows);
  await takeReports(by, reportsAmong(sound, known));
  await placeHolds(by, await holdingOf(by, judged));
  return rows.map(({ id, uid, kind, messageId }) => ({ id, uid, kind, messageId }));
}

function reportsAmong(arrivals: readonly Arrival[], known: InboundFactSource) {
  return arrivals.flatMap((arrival) => {
    const { mail, receivedAt } = arrival;
    const report = mail.attachedReport && reportAboutUs(mail, known.factsFor(arrival))?.report;
    return report ? [{ report, receivedAt, fromEmail: mail.from?.email ?? null }] : [];
  });
}

const NOTHING_FOLLOWED: Followed = { taskId: null, effects: null };

async function judge(
  by: By,
  place: MailboxFolder,
  arrivals: readonly Arrival[],
  verdicts: readonly InboundVerdict[],
  known: InboundFactSource,
): Promise<JudgedMail[]> {
  const days = await daysThatCount(by, verdicts, known);
  const strikes = await strikesOf(by, verdicts);
  const team = await findTeam(by.db, by.teamId);
  const rules = team ? { isOn: team.holdsAnswers, days: team.answerHoldDays } : DEFAULT_HOLD_RULES;
  return arrivals.map((arrival, index) => {
    const verdict = verdicts[index] as InboundVerdict;
    const { about, kind, bounce, certainty } = verdict;
    const sent = known.sentById.get(about?.sent?.id ?? "") ?? null;
    const contactId = about?.contactId ?? null;
    const isStrike =
      kind === "bounce" && bounce?.class === "soft" && certainty === "sure" && contactId !== null;
    if (isStrike) strikes.set(contactId, (strikes.get(contactId) ?? 0) + 1);
    const outcome = outcomeOf(verdict, {
      receivedAt: arrival.receivedAt,
      lastSentAt: sent?.releasedAt ?? null,
      daysThatCount: days.get(sent?.sequenceId ?? "") ?? null,
      softBounces: strikes.get(contactId ?? "") ?? 0,
    });
    const fromEmail = arrival.mail.from?.email ?? null;
    const hold = holdAfter(verdict, outcome, rules, by.now);
    return {
      id: newId(),
      mailboxId: place.mailboxId,
      receivedAt: arrival.receivedAt,
      fromEmail,
      verdict,
      outcome,
      hold,
      sent,
      contactId,
    };
  });
}

/** By sequence; asked only for what is known by its sender alone. */
async function daysThatCount(
  { db, teamId }: By,
  verdicts: readonly InboundVerdict[],
  known: InboundFactSource,
) {
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

async function strikesOf({ db, teamId, now }: By, verdicts: readonly InboundVerdict[]) {
  const ids = verdicts.flatMap(({ bounce, about }) =>
    bounce?.class === "soft" ? (about?.contactId ?? []) : [],
  );
  const since = now.subtract({ hours: 24 * STRIKE_DAYS });
  return ids.length === 0 ? new Map<string, number>() : correspondence.softBouncesOf(db, teamId, ids, since);
}
