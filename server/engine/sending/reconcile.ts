// Cleans up after engines that are gone, and looks for proof of mails in doubt.

import type { By } from "../../features/events/events/store.ts";
import { type BatchMode, inParts } from "../../features/events/set-aside/commands.ts";
import { forgetDead, teamsWithOrphans, teamsWithUnclear, timeOf } from "../../features/gate/engines/store.ts";
import { listTeamIds } from "../../features/identity/teams/store.ts";
import { openMailbox } from "../../features/mailboxes/mailboxes/open-mailbox.ts";
import { noteSentAs } from "../../features/sending/outbox/drafts-store.ts";
import {
  askOwners,
  assumeSent,
  proveSent,
  releaseOrphans,
  sendAgain,
} from "../../features/sending/outbox/reconciliation.ts";
import * as store from "../../features/sending/outbox/reconciliation-store.ts";
import type { Sought } from "../../mail/reading.ts";
import { soughtAs } from "../../mail/sent-mails.ts";
import { alone, batchOf, eachOf, eachTeam, type Looping } from "../running/each-team.ts";
import { type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 1_000;
const PROBE_EVERY_MS = 30_000;
const BATCH = 200;
const LOOP = "resolve-doubts";

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

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
    batchOf(app, teamId, releaseOrphans),
  );
  const unclear = await app.db.inTransaction(teamsWithUnclear);
  const resolved = await eachTeam(looping, "resolve-doubts", unclear, async (teamId) => {
    const looked = await resolveDoubts({ app }, teamId);
    const asked = await batchOf(app, teamId, async (by, manner) =>
      askOwners({ ...by, now: await timeOf(by.db) }, manner),
    );
    return looked + asked;
  });
  return freed + resolved;
}

async function resolveDoubts({ app }: Working, teamId: string) {
  const due = await batchOf(app, teamId, takeDue);
  const doubts = await withoutProved({ app }, teamId, due);
  for (const [mailboxId, own] of Map.groupBy(doubts, (doubt) => doubt.mailboxId)) {
    await alone(app, { teamId, loop: LOOP, id: mailboxId ?? own[0]?.id ?? teamId }, async () => {
      const sought = mailboxId === null ? null : await lookInSent({ app }, teamId, mailboxId, own);
      await settle({ app }, teamId, own, sought);
    });
  }
  return due.length;
}

async function takeDue(by: By, manner: BatchMode) {
  const { db, teamId } = by;
  const now = await timeOf(db);
  const taken: store.Doubt[] = [];
  await inParts(by, { loop: LOOP, manner }, await store.lockDoubts(db, teamId, now, BATCH), async (some) => {
    taken.push(...(await store.takeDoubts(db, teamId, now, idsOf(some))));
  });
  return taken;
}

/** A reply may have come while its mail was on its way: the mail was not in doubt yet, so the reply proved nothing. */
async function withoutProved({ app }: Working, teamId: string, doubts: readonly store.Doubt[]) {
  if (doubts.length === 0) return doubts;
  const proofs = await app.db.inTeam(teamId, (db) => store.proofsAmong(db, teamId, idsOf(doubts)));
  const proved = doubts.filter(({ id }) => proofs.has(id));
  for (const [kind, own] of Map.groupBy(proved, ({ id }) => proofs.get(id) ?? ""))
    await eachOf(app, { teamId, loop: LOOP }, own, (by, some) => proveSent(by, idsOf(some), kind));
  return doubts.filter(({ id }) => !proofs.has(id));
}

type Looked = Extract<Sought, { kind: "looked" }>;
type Unsure = {
  hasImap: boolean;
  internetMessageId: string | null;
  draftId: string | null;
  toEmail: string | null;
  token?: string | null;
};

/** Null where the folder could not be read. */
export async function lookInSent(
  { app }: Working,
  teamId: string,
  mailboxId: string,
  mails: readonly Unsure[],
): Promise<Looked | null> {
  if (!mails.some(({ hasImap }) => hasImap)) return null;
  const server = await openForLooking({ app }, teamId, mailboxId);
  if (!server) return null;
  const wanted = mails.flatMap(({ internetMessageId, draftId, toEmail: recipient, token = null }) =>
    internetMessageId === null ? [] : [{ internetMessageId, draftId, recipient, token }],
  );
  const sought = await app.mail.findSent(server, wanted);
  return sought.kind === "looked" ? sought : null;
}

export async function openForLooking({ app }: Working, teamId: string, mailboxId: string) {
  const opened = await openMailbox(app, teamId, mailboxId);
  return opened.kind === "open" ? opened.servers.imap : null;
}

/**
 * What lies there was sent. What does not is sent again only after a quarter of an hour, where it was looked for in a
 * mailbox that is known to keep what it sends, or where the sequence would rather send twice than lose it.
 */
async function settle(
  { app }: Working,
  teamId: string,
  doubts: readonly store.Doubt[],
  sought: Looked | null,
) {
  const isFound = (doubt: store.Doubt) => sought?.found.has(keyOf(doubt)) ?? false;
  const isUnsent = (doubt: store.Doubt) => sought?.unsent.has(keyOf(doubt)) ?? false;
  const each = { teamId, loop: LOOP } as const;
  const absent = doubts.filter(
    (doubt) =>
      !isFound(doubt) &&
      !doubt.isAssumed &&
      doubt.isLongAgo &&
      !sought?.unknown.has(keyOf(doubt)) &&
      (doubt.resends || isUnsent(doubt) || (sought !== null && isKnownAbsent(doubt))),
  );
  const assumed = doubts.filter((doubt) => !isFound(doubt) && doubt.isAssumed && !doubt.resends);
  const why = sought ? "not in the Sent folder" : "never_lost";
  await eachOf(app, each, assumed, assumeSent);
  await eachOf(app, each, doubts.filter(isFound), async (by, some) => {
    await noteSentAs(by.db, teamId, sentAsAmong(some, sought));
    return proveSent(by, idsOf(some), "sent_folder");
  });
  await eachOf(app, each, absent, (by, some) => sendAgain(by, some, why));
}

function sentAsAmong(doubts: readonly store.Doubt[], sought: Looked | null) {
  const known = doubts.flatMap((doubt) => {
    const sentAs = sought?.sentAs?.get(keyOf(doubt));
    return sentAs === undefined ? [] : [[doubt.id, sentAs] as const];
  });
  return new Map(known);
}

const keyOf = ({ internetMessageId, draftId }: store.Doubt) =>
  soughtAs({ draftId, internetMessageId: internetMessageId ?? "" });

/** Of a draft it is known whether it was sent, so one that has gone stays in doubt: a person may have deleted it. */
function isKnownAbsent({ copiesToSent, draftId }: store.Doubt) {
  return copiesToSent === true && draftId === null;
}

/** Whether a mailbox keeps what it sends is found out by mails that were certainly sent. */
export async function probeMailboxes(looping: Looping) {
  const { app } = looping;
  await app.db.inTransaction(forgetDead);
  await eachTeam(looping, "probe-mailboxes", await app.db.inTransaction(listTeamIds), async (teamId) => {
    const probes = await app.db.inTeam(teamId, (db) => store.mailsToProbe(db, teamId, app.now()));
    for (const [mailboxId, mails] of Map.groupBy(probes, (probe) => probe.mailboxId))
      await alone(app, { teamId, loop: "probe-mailboxes", id: mailboxId }, async () => {
        const sought = await lookInSent(
          { app },
          teamId,
          mailboxId,
          mails.map((mail) => ({ ...mail, draftId: null })),
        );
        if (!sought || sought.unknown.size > 0) return;
        const keeps = mails.every(({ internetMessageId }) => sought.found.has(internetMessageId));
        await app.db.inTeam(teamId, (db) => store.noteCopies(db, teamId, mailboxId, keeps));
      });
    return 0;
  });
  return 0;
}
