// What people send from a mailbox with another program, where the mailbox counts it: its Sent folder is looked into as often
// as the mailbox is polled, beside the reading of its inbox and over a connection of its own. Whatever that folder holds,
// and however its server bears itself, the inbox is read; a folder that fails is left alone, each time for longer.

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../app.ts";
import { NO_SENT_FOLDER } from "../../domain/contacts/sent-elsewhere.ts";
import { openMailbox } from "../../features/mailboxes/mailboxes/open-mailbox.ts";
import { findCounting, insertSeen, noteLook } from "../../features/mailboxes/sent-elsewhere/store.ts";
import { foldersOf, writeFolder } from "../../features/receiving/incoming/folders-store.ts";

type Box = { teamId: string; mailboxId: string };

/** After the nth failure in a row. */
const REST_SECONDS = [10, 60, 300, 900, 1800, 3600];

/** At least once: where the inbox is left at once, that was the visit. */
export async function keepLookingIntoSent(
  app: App,
  { teamId, mailboxId }: Box,
  { stopping, left }: { stopping: AbortSignal; left: AbortSignal },
) {
  const over = AbortSignal.any([stopping, left]);
  do {
    await lookIntoSent(app, { teamId, mailboxId }, stopping).catch((error) =>
      app.log.error({ err: error, teamId, mailboxId }, "a Sent folder could not be read"),
    );
    await sleep(app.config.imapPollMs, undefined, { signal: over }).catch(() => {});
  } while (!over.aborted);
}

/** How often in a row each has failed as it was set up then, and until when it is left alone. */
const failing = new Map<string, { times: number; stamp: string; backoffUntil: number }>();

async function lookIntoSent(app: App, { teamId, mailboxId }: Box, until: AbortSignal) {
  const box = await app.db.inTeam(teamId, (db) => findCounting(db, teamId, mailboxId));
  const key = `${teamId} ${mailboxId}`;
  const stamp = box?.updatedAt.toString() ?? "";
  if (failing.get(key)?.stamp !== stamp) failing.delete(key);
  const failed = failing.get(key);
  if (!box || until.aborted || (failed && failed.backoffUntil > performance.now())) return;
  const trouble = await troubleLooking(app, { teamId, mailboxId }, until).catch((error) => {
    app.log.error({ err: error, teamId, mailboxId }, "emails sent with other programs could not be recorded");
    return "our_error";
  });
  if (trouble === null || until.aborted) return void failing.delete(key);
  await app.db.inTeam(teamId, (db) => noteLook(db, teamId, mailboxId, trouble, app.now()));
  if (trouble === NO_SENT_FOLDER) return; // one may be made at any time, and asking costs little
  const times = (failed?.times ?? 0) + 1;
  const seconds = REST_SECONDS[Math.min(times, REST_SECONDS.length) - 1] ?? 10;
  failing.set(key, { times, stamp, backoffUntil: performance.now() + seconds * 1000 });
  app.log.info({ teamId, mailboxId, trouble, times }, "a Sent folder could not be read; trying again later");
}

/** Null: it was looked into, and what was found is written down; or the mailbox is closed by now. */
async function troubleLooking(
  app: App,
  { teamId, mailboxId }: Box,
  until: AbortSignal,
): Promise<string | null> {
  const opened = await openMailbox(app, teamId, mailboxId);
  if (opened.kind === "unreachable") return "token_unreachable";
  if (opened.kind === "closed" || !opened.servers.imap) return null;
  const folders = await app.db.inTeam(teamId, (db) => foldersOf(db, teamId, mailboxId));
  const known = folders.find(({ role }) => role === "sent") ?? null;
  const looked = await app.mail.lookIntoSent(opened.servers.imap, known, until);
  if (looked.kind === "no_folder") return NO_SENT_FOLDER;
  if (looked.kind === "failed") return looked.why;
  const { cursor, mails } = looked;
  // Together: whatever happens in between is seen once more, and counts once.
  await app.db.inTeam(teamId, async (db) => {
    const now = app.now();
    if (!(await noteLook(db, teamId, mailboxId, null, now))) return;
    await insertSeen(db, teamId, mailboxId, mails);
    await writeFolder(db, teamId, mailboxId, { ...cursor, role: "sent", readsFrom: now });
  });
  return null;
}
