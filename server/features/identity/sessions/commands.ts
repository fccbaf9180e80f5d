import type { Act, App, Origin } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { newId } from "../../../kernel/ids.ts";
import { hashPassword, isMadeAsToday, saltOf, type Turn, whichPassword } from "../../../kernel/passwords.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { hashToken, newToken } from "../../../kernel/tokens.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { listLayouts } from "../table-layouts/store.ts";
import { findTeam } from "../teams/store.ts";
import { findUser, noteSignIn, replacePasswordHash } from "../users/store.ts";
import { deviceAfter, KNOWN_FOR, readDevice } from "./devices.ts";
import * as store from "./store.ts";
import { delayAfter, FAILURES_LAST, FREE_FAILURES, inTurn, networkOf } from "./throttle.ts";

/** A visitor who has not signed in yet, and where they come from. */
export type SignInOrigin = { origin: Origin; userAgent: string | null; device: string | null };

export async function signIn(app: App, visitor: SignInOrigin, email: string, password: string) {
  const candidates = await app.db.inTransaction((db) => store.findSignIns(db, email));
  const checked = await onKnownDevice(app, visitor, candidates, password);
  const line = email.toLowerCase();
  const found = checked?.isKnown
    ? checked.person
    : await guarded(app, { line, address: visitor.origin.address }, async () =>
        checked ? checked.person : whoseSignIn(candidates, password),
      );
  if (!found) {
    setImmediate(recordRefusal, app, visitor, candidates);
    throw new Refusal("wrong_sign_in");
  }
  setImmediate(giveSaltOfAddress, app, found, email, password);
  return app.db.inTeam(found.teamId, (db) => startSession(app, db, found.teamId, found.userId, visitor));
}

type Checked = { person: store.SignIn | null; isKnown: boolean };

/**
 * A browser that has signed in to the account before does not wait for other attempts: others may share its address,
 * and behind an undeclared proxy everyone does. A password that is not of such an account waits as from any browser, or
 * the time would tell whether the address has other accounts. After too many wrong ones the browser is treated as unknown
 * for a while.
 */
async function onKnownDevice(
  app: App,
  visitor: SignInOrigin,
  candidates: readonly store.SignIn[],
  password: string,
): Promise<Checked | null> {
  const device = readDevice(app.secrets, visitor.device, app.now());
  const known = device ? candidates.filter((one) => device.isKnownTo(accountOf(one))) : [];
  if (!device || known.length === 0) return null;
  const attempt = await countAttempt(app, `device ${device.id}`);
  if (attempt.failures >= FREE_FAILURES) return null;
  const others = candidates.filter((one) => !known.includes(one));
  const person = await whoseSignIn([...known, ...others], password, "first");
  const isKnown = person !== null && known.includes(person);
  if (isKnown) await attempt.forgive();
  return { person, isKnown };
}

const accountOf = ({ teamId, userId }: Pick<store.SignIn, "teamId" | "userId">) =>
  `account ${teamId} ${userId}`;

/** What is guessed at: wrong passwords of it are counted, and attempts on it from one network wait for each other. */
type Guarded = { line: string; address: string | null };

/**
 * A try at a password: slow after too many wrong ones. A right one forgives its own try alone. Another team can create an
 * account for any address and knows its password, so a sign-in to it must neither take the delay away nor tell by it whether
 * the address has other accounts.
 */
export async function guarded<T>(app: App, { line, address }: Guarded, work: () => Promise<T | null>) {
  const attempt = await countAttempt(app, line);
  const proved = await inTurn(`${networkOf(address)} ${line}`, delayAfter(attempt.failures), work);
  if (proved !== null) await attempt.forgive();
  return proved;
}

async function whoseSignIn(candidates: readonly store.SignIn[], password: string, turn?: Turn) {
  const hashes = candidates.map(({ passwordHash }) => passwordHash);
  return candidates[await whichPassword(password, hashes, turn)] ?? null;
}

/**
 * Every attempt counts as failed until it has succeeded, or a hundred sent at once would all be the first. Answers how many
 * there were before.
 */
async function countAttempt(app: App, what: string) {
  const now = app.now();
  const counter = hashToken(what);
  const { failures, before } = await app.db.inTransaction((db) =>
    store.noteFailure(db, counter, now.subtract(FAILURES_LAST), now),
  );
  return {
    failures: failures - 1,
    forgive: () => app.db.inTransaction((db) => store.uncountFailure(db, counter, { at: now, before })),
  };
}

/** A hash with another salt or cost than today's is made anew, behind the answer. */
async function giveSaltOfAddress(app: App, found: store.SignIn, email: string, password: string) {
  const { teamId, userId, passwordHash: was } = found;
  const salt = saltOf(app.secrets, email);
  if (isMadeAsToday(was, salt)) return;
  try {
    const becomes = await hashPassword(password, salt);
    await app.db.inTeam(teamId, (db) => replacePasswordHash(db, teamId, userId, { was, becomes }));
  } catch (error) {
    app.log.warn({ err: error }, "a password could not be hashed anew; the next sign-in tries again");
  }
}

/**
 * We cannot know which team was meant, so none is told where the attempt came from: a team can create an account for
 * any address. The team of an only account is not told either, or its admin would learn whether there is another.
 * Written after the answer: for an unknown address nothing is written, and its answer must not come sooner.
 */
async function recordRefusal(app: App, visitor: SignInOrigin, candidates: readonly store.SignIn[]) {
  const now = app.now();
  const origin = { ...visitor.origin, address: null };
  try {
    for (const { teamId, userId } of candidates)
      await app.db.inTeam(teamId, (db) =>
        record(
          { db, now, origin, teamId, userId: null, apiKeyId: null },
          { type: "session.refused", subject: { type: "user", id: userId } },
        ),
      );
  } catch (error) {
    app.log.warn({ err: error }, "a refused sign-in could not be recorded");
  }
}

/** A new session with a new token, for a user who has just proved their identity. */
export async function startSession(
  { sandbox, now: readNow }: Pick<App, "sandbox" | "now">,
  db: Db,
  teamId: string,
  userId: string,
  visitor: SignInOrigin,
) {
  const now = readNow();
  const token = newToken("cdz_ses");
  const session = {
    id: newId(),
    userId,
    tokenHash: hashToken(token),
    userAgent: visitor.userAgent,
    address: visitor.origin.address,
    createdAt: now,
    expiresAt: now.add(sandbox ? store.SESSION_LASTS_IN_SANDBOX : store.SESSION_LASTS),
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

/** The user, their team and how they arranged their tables, as every kind of sign-in answers. */
export async function whoIs(db: Db, teamId: string, userId: string) {
  const user = await findUser(db, teamId, userId);
  const team = await findTeam(db, teamId);
  if (!user || !team) throw new Refusal("not_signed_in");
  return { user, team, layouts: await listLayouts(db, teamId, userId) };
}

export async function endCurrentSession(act: Act) {
  const { db, now, caller } = act;
  const { credential } = caller;
  if (credential.kind !== "session") throw new Refusal("not_signed_in");
  await store.endSession(db, caller.teamId, credential.id, now);
  await record(byCaller(act), { type: "session.ended", subject: { type: "session", id: credential.id } });
  act.afterCommit(act.app.forgetCallers);
}
