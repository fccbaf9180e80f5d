// What a reader does by the link in a mail of ours. The reader is no caller: the token says whose mail it is, and
// proves no more. So it may stop mails, for good or for a while, and never start any. It can undo only its own
// action, for a short time.

import { setTimeout as pause } from "node:timers/promises";
import type { App, Origin } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { barsOf, isBarredBy, OPT_OUTS } from "../../../domain/contacts/address-claims.ts";
import { laterPause, pauseInForce } from "../../../domain/contacts/pausing.ts";
import { lockIds } from "../../contacts/contact-rows/holding-store.ts";
import { pausedUntil as longestPause } from "../../contacts/pausing/store.ts";
import { digestOf } from "../../contacts/suppressions/barring.ts";
import { claimErased, takeBackClaims } from "../../contacts/suppressions/claims.ts";
import { isOptedOutBy, standingClaims } from "../../contacts/suppressions/claims-store.ts";
import { holdSuppressions } from "../../contacts/suppressions/store.ts";
import { happened } from "../../enrollments/enrollments/enrollment-events.ts";
import { type By, type Happening, record } from "../../events/events/store.ts";
import * as store from "../../sending/links/store.ts";
import { proveSent } from "../../sending/outbox/reconciliation.ts";
import { findByToken, findTestLinks, isToken, type TokenMatch } from "../tokens-in-mails/store.ts";
import { noteOnMessage, optOut } from "./commands.ts";
import { pauseNewcomersWithin } from "./newcomers.ts";
import { pauseReader, takeBackPause } from "./pausing.ts";
import { lockReaders, readersOf } from "./readers.ts";
import { type ReferredPerson, refer } from "./referring.ts";

export type UnsubscribeChoice =
  | { is: "all" | "sequence" | "pause" | "back" }
  /** Null: what was typed names no person. */
  | { is: "other"; named: ReferredPerson | null };

export type LinkReader = {
  letter: store.LinkedMail;
  isOut: boolean;
  pausedUntil: Temporal.Instant | null;
  canComeBack: boolean;
};
export type Chosen = LinkReader & { hasEffect: boolean };

/** Long enough to correct a slip, too short for readers to whom the mail is forwarded next month. */
const MAY_COME_BACK = { hours: 24 };
const MOST_TIMES_BACK = 3;

/** Null where no mail of ours has this token. */
export async function readBy(app: App, token: string): Promise<LinkReader | null> {
  const found = await findMail(app, token);
  return found && app.db.inTeam(found.teamId, (db) => readerOf(app, db, found));
}

export async function chooseBy(
  app: App,
  origin: Origin,
  token: string,
  choice: UnsubscribeChoice,
): Promise<Chosen | null> {
  const found = await findMail(app, token);
  if (!found) return null;
  const { teamId } = found;
  const chosen = await app.db.inTeam(teamId, async (db) => {
    const asked = await store.findLetter(db, teamId, found.messageId);
    const by: By = { db, now: app.now(), origin, teamId, userId: null, apiKeyId: null };
    // A pause writes no suppression, so it needs no lock. An import may hold the contact's row for a while, and must
    // not keep all mails waiting.
    if (choice.is !== "pause" || asked?.delivery !== "sent") await holdSuppressions(db, teamId);
    const { letter } = await lockReaders(by, found.messageId);
    if (!letter) return null;
    // Only who got the mail has its token.
    if (letter.delivery !== "sent") await proveSent(by, [letter.messageId], "unsubscribe");
    const hasEffect =
      choice.is === "other"
        ? choice.named !== null && (await refer(by, letter, choice.named))
        : await CHOICES[choice.is](by, letter, app);
    const after = await readerOf(app, db, found);
    return after && { ...after, hasEffect };
  });
  if (chosen?.hasEffect && ABOUT_PAUSES.includes(choice.is))
    await pauseNewcomersWithin(app, found, LONGEST_WAIT_MS);
  if (chosen && STOPS.includes(choice.is)) await waitForMails(app, teamId, chosen.letter);
  return chosen;
}

type Choosing = (by: By, letter: store.LinkedMail, app: App) => Promise<boolean>;

/** Contacts who are being created at this moment follow these once they exist. */
const ABOUT_PAUSES: readonly UnsubscribeChoice["is"][] = ["pause", "back"];

const STOPS: readonly UnsubscribeChoice["is"][] = ["all", "sequence", "pause"];

const CHOICES: Record<Exclude<UnsubscribeChoice["is"], "other">, Choosing> = {
  async all(by, { messageId, contactId, isCopy, toEmail, readerDigest }) {
    if (toEmail === null && readerDigest !== null) return barForgotten(by, messageId, readerDigest);
    // A recipient in copy decides for their own address, not for the main recipient's.
    const wish = {
      contactIds: contactId === null || isCopy ? [] : [contactId],
      addresses: toEmail === null ? [] : [toEmail],
      source: "unsubscribe",
      messageId,
      said: saidBy(messageId),
    } as const;
    return (await optOut(by, wish)).hasEffect;
  },

  async sequence(by, { messageId, enrollmentId, isCopy }) {
    if (enrollmentId === null || isCopy) return false;
    const { changed } = await happened(by, [{ enrollmentId, what: { is: "unsubscribed" } }]);
    if (changed.length === 0) return false;
    await noteOnMessage(by, messageId, { source: "unsubscribe", scope: "sequence" });
    return true;
  },

  pause: pauseReader,

  async back(by, letter, app) {
    if (!(await mayTakeBack(by, letter))) return false;
    if (await comeBack(by, letter)) return true;
    const pause = await store.lastPause(by.db, by.teamId, letter.messageId);
    return pause !== null && isRecent(pause, by.now) && takeBackPause(by, letter, pause, app);
  },
};

function saidBy(messageId: string) {
  return { source: "link", sourceId: messageId };
}

/** The reader was deleted: their address is suppressed by its digest, also for a contact who has it by now. */
async function barForgotten(by: By, messageId: string, digest: string) {
  const isNew = await claimErased(by, saidBy(messageId), digest, "unsubscribed");
  const did = { source: "unsubscribe", scope: "all", isClaimed: true } as const;
  const isFirst = await noteOnMessage(by, messageId, did);
  return isNew || isFirst;
}

/** Each change writes rows, and a holder of the link could go on without end. Stopping is never refused. */
async function mayTakeBack(
  { db, teamId }: Pick<By, "db" | "teamId">,
  { messageId }: Pick<store.LinkedMail, "messageId">,
) {
  return (await store.countTakenBack(db, teamId, messageId)) < MOST_TIMES_BACK;
}

async function comeBack(by: By, { messageId, toEmail }: store.LinkedMail) {
  const { db, teamId, now } = by;
  const leaving = await store.lastLeaving(db, teamId, messageId);
  if (!leaving || !mayComeBack(leaving, now)) return false;
  const { contactIds = [], suppressionIds = [] } = leaving.detail;
  const before = { contactIds, suppressionIds };
  const { freed, delisted, hasLifted } = await takeBackClaims(
    by,
    { ...saidBy(messageId), before },
    { addresses: toEmail === null ? [] : [toEmail], because: "taken_back_by_link" },
  );
  const back = await store.unmark(db, teamId, await lockIds(db, teamId, freed), now);
  const isStillOut = await isOptedOutBy(db, teamId, OPT_OUTS, messageId);
  await store.forgetLeaving(db, teamId, { messageId, eventId: leaving.id, isStillOut }, now);
  const happenings: Happening[] = [
    ...back.map((id) => ({
      type: "contact.resubscribed" as const,
      subject: { type: "contact" as const, id },
      data: { message_id: messageId },
    })),
    ...delisted.map((id) => ({
      type: "suppression.deleted" as const,
      subject: { type: "suppression" as const, id },
      data: { kind: "email", source: "unsubscribe" },
    })),
  ];
  if (happenings.length > 0) await record(by, ...happenings);
  return hasLifted;
}

function mayComeBack({ at, detail }: store.Leaving, now: Temporal.Instant) {
  const { contactIds = [], suppressionIds = [], isClaimed = false } = detail;
  const hadEffect = isClaimed || contactIds.length + suppressionIds.length > 0;
  return hadEffect && isRecent({ at }, now) && detail.source === "unsubscribe" && detail.undone !== true;
}

function isRecent({ at }: Pick<store.Leaving, "at">, now: Temporal.Instant) {
  return Temporal.Instant.compare(at.add(MAY_COME_BACK), now) > 0;
}

async function readerOf(app: App, db: Db, { teamId, messageId }: TokenMatch): Promise<LinkReader | null> {
  const letter = await store.findLetter(db, teamId, messageId);
  if (!letter) return null;
  const digest = letter.toEmail === null ? letter.readerDigest : digestOf(db, teamId, letter.toEmail);
  const bars = barsOf(digest === null ? [] : await standingClaims(db, teamId, [digest]));
  const isOut = isBarredBy(bars) || (letter.isContactOut && !letter.isCopy);
  if (isOut) {
    const leaving = await store.lastLeaving(db, teamId, messageId);
    const canComeBack =
      leaving !== null && mayComeBack(leaving, app.now()) && (await mayTakeBack({ db, teamId }, letter));
    return { letter, isOut, pausedUntil: null, canComeBack };
  }
  const readers = await readersOf({ db, teamId }, letter);
  const longest = laterPause(await longestPause(db, teamId, readers), bars.pausedUntil);
  const pausedUntil = pauseInForce(longest, app.now());
  const pause = pausedUntil && (await store.lastPause(db, teamId, messageId));
  const canComeBack =
    pause !== null && isRecent(pause, app.now()) && (await mayTakeBack({ db, teamId }, letter));
  return { letter, isOut, pausedUntil, canComeBack };
}

export async function isOfTest(app: App, token: string) {
  return isToken(token) && (await app.db.inTransaction((db) => findTestLinks(db, token))) !== null;
}

async function findMail(app: App, token: string): Promise<TokenMatch | null> {
  return isToken(token) ? app.db.inTransaction((db) => findByToken(db, token)) : null;
}

const LONGEST_WAIT_MS = 2000;
const LOOK_EVERY_MS = 50;

/** Mails that had passed the gate when the reader unsubscribed are sent or stopped before the page confirms. */
async function waitForMails(app: App, teamId: string, letter: store.LinkedMail) {
  const whose = { contactId: letter.isCopy ? null : letter.contactId, address: letter.toEmail };
  for (const until = performance.now() + LONGEST_WAIT_MS; performance.now() < until; ) {
    if (!(await app.db.inTeam(teamId, (db) => store.areMailsUnderway(db, teamId, whose)))) return;
    await pause(LOOK_EVERY_MS);
  }
}
