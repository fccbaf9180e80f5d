// One mailbox, from signing in to leaving: read, and heard out for as long as there is room to stay.

import type { App } from "../../app.ts";
import { record } from "../../features/events/events/store.ts";
import { openMailbox } from "../../features/mailboxes/mailboxes/open-mailbox.ts";
import {
  isHeldForReading,
  noteRead,
  noteReadingFailed,
  releaseFromReading,
  takeForReading,
} from "../../features/mailboxes/mailboxes/reading-store.ts";
import { expireToken } from "../../features/mailboxes/mailboxes/renewal-store.ts";
import { byMail } from "../../features/receiving/incoming/commands.ts";
import { firstSentAt, foldersOf } from "../../features/receiving/incoming/folders-store.ts";
import { isByApi } from "../../mail/door.ts";
import type { InboxCursor, Wariness } from "../../mail/inbox.ts";
import type { Failed, OpenInbox } from "../../mail/reading.ts";
import { keepLookingIntoSent } from "./look-into-sent.ts";
import { takingInOrder } from "./take-in-batch.ts";

type Attending = {
  teamId: string;
  mailboxId: string;
  engineId: string;
  stopping: AbortSignal;
  /** Ended when another mailbox waits for its turn. */
  leaving: AbortSignal;
  onCaughtUp(): void;
};

const LOOK_EVERY_MS = 10_000;
/** After the nth failure in a row. */
const REST_SECONDS = [1, 2, 5, 10, 20, 60, 300, 900, 1800, 3600];
/** So often it has to fail before its owner is told; a word that is refused does not get better. */
const TOLD_AFTER = 5;

export async function attend(app: App, one: Attending): Promise<void> {
  const { teamId, mailboxId, engineId } = one;
  if (!(await app.db.inTeam(teamId, (db) => takeForReading(db, teamId, mailboxId, engineId)))) return;
  const lost = new AbortController();
  const until = AbortSignal.any([one.stopping, one.leaving, lost.signal]);
  const looking = setInterval(() => {
    app.db
      .inTeam(teamId, (db) => isHeldForReading(db, teamId, mailboxId, engineId))
      .then((isHeld) => isHeld || lost.abort())
      .catch(() => lost.abort());
  }, LOOK_EVERY_MS);
  let nextAt = app.now().add({ milliseconds: app.config.imapPollMs });
  try {
    const failed = await readWhileWelcome(app, one, until);
    if (failed) nextAt = await stepBack(app, one, failed);
    else nextAt = nextVisit(app, one);
  } catch (error) {
    nextAt = await stepBack(app, one, { kind: "failed", why: "our_error", serverSaid: null });
    throw error;
  } finally {
    clearInterval(looking);
    const how = { isStopping: one.stopping.aborted };
    await app.db.inTeam(teamId, (db) => releaseFromReading(db, teamId, mailboxId, engineId, nextAt, how));
  }
}

/** A mailbox that was stopped or made room for another is read again as soon as there is a place. */
function nextVisit(app: App, { stopping, leaving }: Attending) {
  const now = app.now();
  return stopping.aborted || leaving.aborted ? now : now.add({ milliseconds: app.config.imapPollMs });
}

type Trouble = Omit<Failed, "why"> & { why: Failed["why"] | "our_error" | "token_unreachable" };

/** Null: it was read, and there is no need to stay. */
async function readWhileWelcome(app: App, one: Attending, until: AbortSignal): Promise<Trouble | null> {
  const { teamId, mailboxId } = one;
  const opened = await openMailbox(app, teamId, mailboxId);
  if (opened.kind === "closed") return null;
  if (opened.kind === "unreachable")
    return { kind: "failed", why: "token_unreachable", serverSaid: opened.why };
  if (!opened.servers.imap) return null;
  const inbox = await app.mail.openInbox(opened.servers.imap);
  if ("kind" in inbox) return inbox;
  const failed = await readOpened(app, one, inbox, until);
  // Where the provider refused a token before its time, another one is asked for next time.
  if (failed?.why === "auth_failed" && isByApi(opened.servers.imap)) {
    const refused = { signedInWith: opened.signsInWith, now: app.now() };
    await app.db.inTeam(teamId, (db) => expireToken(db, teamId, mailboxId, refused));
  }
  return failed;
}

async function readOpened(
  app: App,
  one: Attending,
  inbox: OpenInbox,
  until: AbortSignal,
): Promise<Failed | null> {
  const reader = { app, one, inbox };
  const left = new AbortController();
  const beside = keepLookingIntoSent(app, one, { stopping: until, left: left.signal });
  try {
    const junk = junkReader(reader, await inbox.junkPath());
    let cursor = await cursorOf(app, one, "inbox", inbox.inboxPath);
    do {
      const failed = await junk(); // first, because news are told of the folder that was read last
      if (failed) return failed;
      const outcome = await readOnce(reader, "inbox", cursor);
      if (outcome.kind === "failed") return outcome;
      cursor = outcome.cursor;
      one.onCaughtUp();
      if (until.aborted || !inbox.tellsOfNews) break;
      await inbox.waitForNews(app.config.imapPollMs, until);
    } while (!until.aborted);
    return null;
  } finally {
    left.abort();
    await inbox.leave();
    await beside;
  }
}

type Reader = { app: App; one: Attending; inbox: OpenInbox };

/** Reads what was taken for spam, as often as a mailbox is polled. A folder that cannot be opened is left alone until the next visit. */
function junkReader(reader: Reader, path: string | null) {
  let wanted = path;
  let cursor: InboxCursor | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  return async (): Promise<Failed | null> => {
    const { app, one, inbox } = reader;
    if (wanted === null || performance.now() - readAt < app.config.imapPollMs) return null;
    readAt = performance.now();
    const outcome = await readOnce(reader, "junk", cursor ?? (await cursorOf(app, one, "junk", wanted)));
    if (outcome.kind === "read") cursor = outcome.cursor;
    else if (!inbox.isOpen) return outcome;
    else wanted = null;
    return null;
  };
}

/** Where this mailbox failed last, and how often in a row at that place. */
const stumbles = new Map<string, { lastUid: number; times: number }>();

async function readOnce({ app, one, inbox }: Reader, role: "inbox" | "junk", cursor: InboxCursor) {
  const { teamId, mailboxId } = one;
  const key = `${teamId} ${mailboxId} ${role}`;
  const last = stumbles.get(key);
  let reached = cursor.lastUid;
  const takeIn = takingInOrder(app, { teamId, mailboxId, role });
  const wariness = last?.lastUid === cursor.lastUid ? warinessAfter(last.times) : "none";
  const began = performance.now();
  const outcome = await inbox.readNew(
    cursor,
    async (batch) => {
      await takeIn(batch);
      reached = batch.cursor.lastUid;
    },
    wariness,
  );
  if (outcome.kind === "failed") {
    stumbles.set(key, { lastUid: reached, times: last?.lastUid === reached ? last.times + 1 : 1 });
    return outcome;
  }
  stumbles.delete(key);
  const took = { tookMs: performance.now() - began, ageMs: app.config.inboxAgeMs };
  const ofInbox = role === "inbox" ? took : null;
  await app.db.inTeam(teamId, (db) => noteRead(db, teamId, mailboxId, app.now(), ofInbox));
  return outcome;
}

function warinessAfter(times: number): Wariness {
  if (times >= 5) return "without_first";
  if (times >= 3) return "header_of_first";
  return times >= 2 ? "one_by_one" : "none";
}

async function cursorOf(
  app: App,
  { teamId, mailboxId }: Attending,
  role: "inbox" | "junk",
  path: string,
): Promise<InboxCursor> {
  return app.db.inTeam(teamId, async (db) => {
    const known = (await foldersOf(db, teamId, mailboxId)).find((folder) => folder.role === role);
    if (known?.path === path) return known;
    const readsFrom = known?.readsFrom ?? (await firstSentAt(db, teamId, mailboxId)) ?? app.now();
    return { path, uidValidity: null, lastUid: 0, readsFrom };
  });
}

/** Answers when it is tried again. */
async function stepBack(
  app: App,
  { teamId, mailboxId }: Attending,
  { why, serverSaid, waitMs = null }: Trouble,
) {
  const now = app.now();
  const error = serverSaid ? `${why}: ${serverSaid}` : why;
  const { failures } = await app.db.inTeam(teamId, async (db) => {
    const noted = await noteReadingFailed(db, teamId, mailboxId, error, now);
    if (noted.failures === TOLD_AFTER)
      await record(byMail(app, db, teamId), {
        type: "email_account.limited",
        subject: { type: "email_account", id: mailboxId },
        data: { email: noted.email, reason: "not_readable", code: why },
      });
    return noted;
  });
  app.log.info({ teamId, mailboxId, why, failures }, "a mailbox could not be read; trying again later");
  const seconds = REST_SECONDS[Math.min(failures, REST_SECONDS.length) - 1] ?? 1;
  const usual = why === "auth_failed" ? Math.max(seconds, 60) : seconds;
  return now.add({ milliseconds: Math.max(usual * 1000, waitMs ?? 0) });
}
