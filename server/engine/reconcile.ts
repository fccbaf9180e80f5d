// Cleans up after engines that are gone, and looks for proof of what nobody can know.

import { forgetDead, teamsWithOrphans, teamsWithUnclear, timeOf } from "../features/engines/store.ts";
import { openMailbox } from "../features/mailboxes/open-mailbox.ts";
import { askOwners, assumeSent, proveSent, releaseOrphans, sendAgain } from "../features/slots/proofs.ts";
import * as store from "../features/slots/proofs-store.ts";
import { listTeamIds } from "../features/teams/store.ts";
import { eachTeam, type Looping } from "./each-team.ts";
import { byEngine, type Engine, goRound } from "./engine.ts";

const EVERY_MS = 1_000;
const PROBE_EVERY_MS = 30_000;
const BATCH = 200;

type Working = Pick<Engine, "app">;

export function startReconciling(engine: Engine) {
  return Promise.all([
    goRound(engine, { everyMs: EVERY_MS, what: "reconciling" }, () => reconcileOnce(engine)),
    goRound(engine, { everyMs: PROBE_EVERY_MS, what: "probing mailboxes" }, () => probeMailboxes(engine)),
  ]);
}

export async function reconcileOnce(looping: Looping) {
  const { app } = looping;
  const orphaned = await app.db.inTransaction(teamsWithOrphans);
  const freed = await eachTeam(looping, "release-orphans", orphaned, (teamId) =>
    app.db.inTeam(teamId, (db) => releaseOrphans(byEngine(app, db, teamId))),
  );
  const unclear = await app.db.inTransaction(teamsWithUnclear);
  const resolved = await eachTeam(looping, "resolve-doubts", unclear, async (teamId) => {
    const looked = await resolveDoubts({ app }, teamId);
    const asked = await app.db.inTeam(teamId, async (db) =>
      askOwners({ ...byEngine(app, db, teamId), now: await timeOf(db) }),
    );
    return looked + asked;
  });
  return freed + resolved;
}

async function resolveDoubts({ app }: Working, teamId: string) {
  const due = await app.db.inTeam(teamId, (db) =>
    timeOf(db).then((now) => store.doubtsDue(db, teamId, now, BATCH)),
  );
  const doubts = await withoutProved({ app }, teamId, due);
  for (const [mailboxId, own] of Map.groupBy(doubts, (doubt) => doubt.mailboxId)) {
    const found = mailboxId === null ? null : await lookInSent({ app }, teamId, mailboxId, own);
    await settle({ app }, teamId, own, found);
  }
  return due.length;
}

/** An answer may have come while its mail was on its way: then nobody was in doubt yet, and it proved nothing. */
async function withoutProved({ app }: Working, teamId: string, doubts: readonly store.Doubt[]) {
  if (doubts.length === 0) return doubts;
  const ids = doubts.map(({ id }) => id);
  const proofs = await app.db.inTeam(teamId, (db) => store.proofsAmong(db, teamId, ids));
  for (const [kind, proved] of Map.groupBy(proofs, ([, kind]) => kind))
    await app.db.inTeam(teamId, (db) =>
      proveSent(
        byEngine(app, db, teamId),
        proved.map(([id]) => id),
        kind,
      ),
    );
  return doubts.filter(({ id }) => !proofs.has(id));
}

/** Null where nobody could look. */
export async function lookInSent(
  { app }: Working,
  teamId: string,
  mailboxId: string,
  mails: readonly { hasImap: boolean; internetMessageId: string | null }[],
): Promise<ReadonlySet<string> | null> {
  if (!mails.some(({ hasImap }) => hasImap)) return null;
  const opened = await openMailbox(app, teamId, mailboxId);
  if (opened.kind !== "open" || !opened.servers.imap) return null;
  const ids = mails.flatMap(({ internetMessageId }) => internetMessageId ?? []);
  const sought = await app.mail.findSent(opened.servers.imap, ids);
  return sought.kind === "looked" ? sought.found : null;
}

/**
 * What lies there was sent. What does not is sent again only after a quarter of an hour, where it was looked for in a
 * mailbox that is known to keep what it sends, or where the sequence would rather send twice than lose it.
 */
async function settle(
  { app }: Working,
  teamId: string,
  doubts: readonly store.Doubt[],
  found: ReadonlySet<string> | null,
) {
  const isFound = ({ internetMessageId }: store.Doubt) => found?.has(internetMessageId ?? "") ?? false;
  const proved = doubts.filter(isFound).map(({ id }) => id);
  const absent = doubts.filter(
    (doubt) =>
      !isFound(doubt) &&
      !doubt.isAssumed &&
      doubt.isLongAgo &&
      (doubt.resends || (found !== null && doubt.copiesToSent === true)),
  );
  const assumed = doubts.filter((doubt) => !isFound(doubt) && doubt.isAssumed && !doubt.resends);
  if (assumed.length > 0) await app.db.inTeam(teamId, (db) => assumeSent(byEngine(app, db, teamId), assumed));
  if (proved.length > 0)
    await app.db.inTeam(teamId, (db) => proveSent(byEngine(app, db, teamId), proved, "sent_folder"));
  if (absent.length > 0)
    await app.db.inTeam(teamId, (db) =>
      sendAgain(byEngine(app, db, teamId), absent, found ? "not in the Sent folder" : "never_lost"),
    );
}

/** Whether a mailbox keeps what it sends is found out by mails that were certainly sent. */
export async function probeMailboxes(looping: Looping) {
  const { app } = looping;
  await app.db.inTransaction(forgetDead);
  await eachTeam(looping, "probe-mailboxes", await app.db.inTransaction(listTeamIds), async (teamId) => {
    const probes = await app.db.inTeam(teamId, (db) => store.mailsToProbe(db, teamId, app.now()));
    for (const [mailboxId, mails] of Map.groupBy(probes, (probe) => probe.mailboxId)) {
      const found = await lookInSent({ app }, teamId, mailboxId, mails);
      if (!found) continue;
      const keeps = mails.every(({ internetMessageId }) => found.has(internetMessageId));
      await app.db.inTeam(teamId, (db) => store.noteCopies(db, teamId, mailboxId, keeps));
    }
    return 0;
  });
  return 0;
}
