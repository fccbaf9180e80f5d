import type { Act, App, Origin } from "../../app.ts";
import type { Db } from "../../db/connect.ts";
import { newId } from "../../ids.ts";
import { isPassword, pretendToVerify, type Turn } from "../../passwords.ts";
import { Refusal } from "../../refusal.ts";
import { hashToken, newToken } from "../../tokens.ts";
import { byCaller, record } from "../events/store.ts";
import { findTeam } from "../teams/store.ts";
import { findUser, noteSignIn } from "../users/store.ts";
import { deviceAfter, KNOWN_FOR, readDevice } from "./devices.ts";
import * as store from "./store.ts";
import { delayAfter, FAILURES_LAST, FREE_FAILURES, inTurn, networkOf } from "./throttle.ts";

/** Somebody at the door: where they come from, before they are anybody. */
export type Visitor = { origin: Origin; userAgent: string | null; device: string | null };

export async function signIn(app: App, visitor: Visitor, email: string, password: string) {
  const candidates = await app.db.inTransaction((db) => store.findSignIns(db, email));
  const { person, tried } = await onKnownDevice(app, visitor, candidates, password);
  const left = candidates.filter((one) => !tried.includes(one));
  const mayBeAnother = tried.length === 0 || left.length > 0;
  const found = person ?? (mayBeAnother ? await fromAnywhere(app, visitor, email, left, password) : null);
  if (!found) {
    await recordRefusal(app, visitor, candidates);
    throw new Refusal("wrong_sign_in");
  }
  return app.db.inTeam(found.teamId, (db) =>
    startSession(db, found.teamId, found.userId, visitor, app.now()),
  );
}

type Tried = { person: store.SignIn | null; tried: readonly store.SignIn[] };

/**
 * Where somebody has signed in before, an attempt at their account waits for nobody: others may share the address, behind a proxy
 * that is not declared everybody does. A device that was wrong too often is one like any other for a while.
 */
async function onKnownDevice(
  app: App,
  visitor: Visitor,
  candidates: readonly store.SignIn[],
  password: string,
): Promise<Tried> {
  const device = readDevice(app.secrets, visitor.device, app.now());
  const known = device ? candidates.filter((one) => device.isKnownTo(accountOf(one))) : [];
  if (!device || known.length === 0) return { person: null, tried: [] };
  const counter = hashToken(`device ${device.id}`);
  if ((await countAttempts(app, [counter])) >= FREE_FAILURES) return { person: null, tried: [] };
  const person = await whoseSignIn(known, password, "first");
  if (person) await app.db.inTransaction((db) => store.forgetFailures(db, counter));
  return { person, tried: known };
}

async function fromAnywhere(
  app: App,
  { origin: { address } }: Visitor,
  email: string,
  candidates: readonly store.SignIn[],
  password: string,
) {
  const line = email.toLowerCase();
  const accounts = candidates.length > 0 ? candidates.map(accountOf) : [line];
  const proved = await guarded(app, { line, accounts, address }, async () => {
    const found = await whoseSignIn(candidates, password);
    return found && { account: accountOf(found), found };
  });
  return proved?.found ?? null;
}

const accountOf = ({ teamId, userId }: Pick<store.SignIn, "teamId" | "userId">) =>
  `account ${teamId} ${userId}`;

type Guarded = {
  /** Attempts on it from one network wait for each other. */
  line: string;
  /** The accounts whose password it may be. An email address can have one in each of several teams. */
  accounts: readonly string[];
  address: string | null;
};

/**
 * A try at a password: slow after too many wrong ones. A right one forgives the failures of its own account alone. Another
 * team can make an account for anybody's address, and knows its password.
 */
export async function guarded<T extends { account: string }>(
  app: App,
  { line, accounts, address }: Guarded,
  work: () => Promise<T | null>,
) {
  const counters = new Map(accounts.map((account) => [account, hashToken(account)]));
  const failures = await countAttempts(app, [...counters.values()]);
  const proved = await inTurn(`${networkOf(address)} ${line}`, delayAfter(failures), work);
  if (proved !== null)
    await app.db.inTransaction(async (db) => {
      for (const [account, counter] of counters)
        if (account === proved.account) await store.forgetFailures(db, counter);
        else await store.uncountFailure(db, counter);
    });
  return proved;
}

/** Takes as long for an address nobody has as for one somebody has. */
async function whoseSignIn(candidates: readonly store.SignIn[], password: string, turn?: Turn) {
  if (candidates.length === 0) await pretendToVerify(password);
  for (const candidate of candidates) {
    if (await isPassword(password, candidate.passwordHash, turn)) return candidate;
  }
  return null;
}

/**
 * Every attempt counts as failed until it has succeeded, or a hundred sent at once would all be the first. Answers the most
 * that any of the accounts had before.
 */
async function countAttempts(app: App, counters: readonly Buffer[]) {
  const now = app.now();
  const since = now.subtract(FAILURES_LAST);
  return app.db.inTransaction(async (db) => {
    let most = 0;
    for (const counter of counters.toSorted(Buffer.compare))
      most = Math.max(most, (await store.noteFailure(db, counter, since, now)) - 1);
    return most;
  });
}

/**
 * Which team was meant, nobody knows, so none is told where the attempt came from: a team can make an account for anybody's
 * address. Nor is one told that has the only account, or its admin would see by that whether there is another.
 */
async function recordRefusal(app: App, visitor: Visitor, candidates: readonly store.SignIn[]) {
  const now = app.now();
  const origin = { ...visitor.origin, address: null };
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

type InBrowser = {
  app: App;
  device: string | null;
  cookie: {
    start(token: string, expiresAt: Temporal.Instant): void;
    know(device: string, until: Temporal.Instant): void;
  };
};

/** Hands the session to the browser, which is known from now on. */
export function handOver(
  { app, cookie, device }: InBrowser,
  { token, session, user, team }: Awaited<ReturnType<typeof startSession>>,
) {
  cookie.start(token, session.expiresAt);
  const account = accountOf({ teamId: team.id, userId: user.id });
  cookie.know(deviceAfter(app.secrets, device, account, app.now()), app.now().add(KNOWN_FOR));
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
