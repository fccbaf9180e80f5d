import type { Act, App, Origin } from "../../app.ts";
import type { Db } from "../../db/connect.ts";
import { newId } from "../../ids.ts";
import { isPassword, pretendToVerify } from "../../passwords.ts";
import { Refusal } from "../../refusal.ts";
import { hashToken, newToken } from "../../tokens.ts";
import { byCaller, record } from "../events/store.ts";
import { findTeam } from "../teams/store.ts";
import { findUser, noteSignIn } from "../users/store.ts";
import * as store from "./store.ts";
import { delayAfter, FAILURES_LAST, inTurn } from "./throttle.ts";

/** Somebody at the door: where they come from, before they are anybody. */
export type Visitor = { origin: Origin; userAgent: string | null };

export async function signIn(app: App, visitor: Visitor, email: string, password: string) {
  const { address } = visitor.origin;
  const person = await guarded(app, email.toLowerCase(), address, () => whoseSignIn(app, email, password));
  if (!person) {
    await recordRefusal(app, visitor, email);
    throw new Refusal("wrong_sign_in");
  }
  return app.db.inTeam(person.teamId, (db) =>
    startSession(db, person.teamId, person.userId, visitor, app.now()),
  );
}

/** A try at a password: slow after too many wrong ones, and forgiven once it was right. */
export async function guarded<T>(
  app: App,
  what: string,
  address: string | null,
  work: () => Promise<T | null>,
) {
  const account = hashToken(what);
  const failures = await countAttempt(app, account);
  const proved = await inTurn(`${address} ${account.toString("hex")}`, delayAfter(failures), work);
  if (proved !== null) await app.db.inTransaction((db) => store.forgetFailures(db, account));
  return proved;
}

/** Takes as long for an address nobody has as for one somebody has. */
async function whoseSignIn(app: App, email: string, password: string) {
  const candidates = await app.db.inTransaction((db) => store.findSignIns(db, email));
  if (candidates.length === 0) await pretendToVerify(password);
  for (const candidate of candidates) {
    if (await isPassword(password, candidate.passwordHash)) return candidate;
  }
  return null;
}

/** Every attempt counts as failed until it has succeeded, or a hundred sent at once would all be the first. */
async function countAttempt(app: App, account: Buffer) {
  const now = app.now();
  const attempts = await app.db.inTransaction((db) =>
    store.noteFailure(db, account, now.subtract(FAILURES_LAST), now),
  );
  return attempts - 1;
}

async function recordRefusal(app: App, { origin }: Visitor, email: string) {
  const now = app.now();
  const candidates = await app.db.inTransaction((db) => store.findSignIns(db, email));
  for (const { teamId, userId } of candidates) {
    await app.db.inTeam(teamId, (db) =>
      record(
        { db, now, origin, teamId, userId: null, apiKeyId: null },
        { type: "session.refused", subject: { type: "user", id: userId } },
      ),
    );
  }
}

/** A new session with a new token, for somebody who has just proved who they are. */
export async function startSession(
  db: Db,
  teamId: string,
  userId: string,
  visitor: Visitor,
  now: Temporal.Instant,
) {
  const token = newToken("cdz_ses");
  const session = {
    id: newId(),
    userId,
    tokenHash: hashToken(token),
    userAgent: visitor.userAgent,
    address: visitor.origin.address,
    createdAt: now,
    expiresAt: now.add(store.SESSION_LASTS),
  };
  await store.insertSession(db, teamId, session);
  await noteSignIn(db, teamId, userId, now);
  await record(
    { db, now, origin: visitor.origin, teamId, userId, apiKeyId: null },
    { type: "session.started", subject: { type: "session", id: session.id } },
  );
  return { token, session, ...(await whoIs(db, teamId, userId)) };
}

/** The person and their team, as everything that signs somebody in answers. */
export async function whoIs(db: Db, teamId: string, userId: string) {
  const user = await findUser(db, teamId, userId);
  const team = await findTeam(db, teamId);
  if (!user || !team) throw new Refusal("not_signed_in");
  return { user, team };
}

export async function endCurrentSession(act: Act) {
  const { db, now, caller } = act;
  const { credential } = caller;
  if (credential.kind !== "session") throw new Refusal("not_signed_in");
  await store.endSession(db, caller.teamId, credential.id, now);
  await record(byCaller(act), { type: "session.ended", subject: { type: "session", id: credential.id } });
  act.afterCommit(act.app.forgetCallers);
}
