// Renews a mailbox's access token before it expires.
//
// A provider may end a refresh token with its first use, and all tokens of the mailbox with the second. So one engine at a time asks
// for a mailbox, and what it gets is written before anything signs in with it. In one process all who notice share one request. A
// result is stored only for the tokens that were sent: a slow answer never replaces newer tokens, and a refusal of old ones is none.

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../../app.ts";
import { isAway, lostARace } from "../../../db/away.ts";
import type { Db } from "../../../db/connect.ts";
import { peaceAsked } from "../../../domain/basics/retry.ts";
import { PROVIDER_NAMES, scopeToRenew, withTenant } from "../../../domain/contacts/mail-sign-in.ts";
import { refreshTokens, type TokenAnswer, type TokenWish } from "../../../mail/oauth.ts";
import { record } from "../../events/events/store.ts";
import { openClientSecret } from "../sign-in-clients/commands.ts";
import { findClient } from "../sign-in-clients/store.ts";
import { openSecret, sealed } from "./connection.ts";
import * as renewals from "./renewal-store.ts";
import * as store from "./store.ts";

type Unreachable = { kind: "unreachable"; why: string };
type Renewed = { mailbox: store.Mailbox | null } | Unreachable;

const RENEWED_BEFORE = { minutes: 5 };
const SIGN_IN_NEEDED = "sign in again";
/** Longer than one call may take. */
const LEASE = { seconds: 60 };
/** After a fault without a time of the server's own. */
const PAUSE_MS = 20_000;
const PROVIDERS = { gmail: "google", microsoft: "microsoft", smtp: null, catcher: null } as const;

export function isDueForRenewal(app: App, mailbox: store.Mailbox) {
  const { oauthExpiresAt: expiresAt, oauthClientId: clientId, oauthRefreshToken: token, type } = mailbox;
  if (app.sandbox) return false; // nobody is signed in to
  if (PROVIDERS[type] === null || clientId === null || expiresAt === null || token === null) return false;
  return Temporal.Instant.compare(expiresAt, app.now().add(RENEWED_BEFORE)) <= 0;
}

const underway = new Map<string, Promise<Renewed>>();

export async function renewTokens(app: App, teamId: string, mailbox: store.Mailbox): Promise<Renewed> {
  const key = `${teamId} ${mailbox.id}`;
  const asking = underway.get(key) ?? renewInTurn(app, teamId, mailbox);
  underway.set(key, asking);
  try {
    return await asking;
  } finally {
    if (underway.get(key) === asking) underway.delete(key);
  }
}

async function renewInTurn(app: App, teamId: string, mailbox: store.Mailbox): Promise<Renewed> {
  const { id } = mailbox;
  const now = app.now();
  const until = now.add(LEASE);
  const isOurs = await app.db.inTeam(teamId, (db) => renewals.takeRenewal(db, teamId, id, { now, until }));
  if (!isOurs) return waitForOthers(app, teamId, mailbox);
  // Read again: the engine that had the turn before may have renewed it.
  const current = await app.db.inTeam(teamId, (db) => store.findSealedMailbox(db, teamId, id));
  if (!current?.isActive || current.revokedAt || !isDueForRenewal(app, current)) {
    await app.db.inTeam(teamId, (db) => renewals.endRenewal(db, teamId, id, null));
    return { mailbox: current };
  }
  const answer = await askFor(app, teamId, current);
  return writeSurely(app, teamId, (db) => noteAnswer(app, db, teamId, { mailbox: current, answer }));
}

async function askFor(app: App, teamId: string, mailbox: store.Mailbox): Promise<TokenAnswer> {
  try {
    const wish = await tokenWish(app, teamId, mailbox);
    return "kind" in wish ? wish : await refreshTokens(app.outgoing, wish, app.now());
  } catch (error) {
    // A secret that does not open: nothing was sent, and the next one need not wait.
    await app.db.inTeam(teamId, (db) => renewals.endRenewal(db, teamId, mailbox.id, null));
    throw error;
  }
}

/** A new refresh token is nowhere else than in our hands: it is written however often that takes. */
async function writeSurely<T>(app: App, teamId: string, write: (db: Db) => Promise<T>) {
  for (let tries = 1; ; tries++) {
    try {
      return await app.db.inTeam(teamId, write);
    } catch (error) {
      if (tries === 10 || !(isAway(error) || lostARace(error))) throw error;
      await sleep(100 * tries);
    }
  }
}

/** Another engine asks. It is waited for where this mailbox has no token that is still good. */
async function waitForOthers(app: App, teamId: string, mailbox: store.Mailbox): Promise<Renewed> {
  for (;;) {
    const [current, wait] = await app.db.inTeam(teamId, async (db) => [
      await store.findSealedMailbox(db, teamId, mailbox.id),
      await renewals.findWait(db, teamId, mailbox.id),
    ]);
    const now = app.now();
    if (!current || !wait || isStillGood(app, current)) return { mailbox: current };
    if (isAhead(wait.waitUntil, now)) return { kind: "unreachable", why: wait.reason ?? "it asked to wait" };
    if (!isAhead(wait.renewingUntil, now)) return renewInTurn(app, teamId, current);
    await sleep(200);
  }
}

function isAhead(at: Temporal.Instant | null, now: Temporal.Instant) {
  return at !== null && Temporal.Instant.compare(at, now) > 0;
}

function isStillGood(app: App, { oauthExpiresAt }: store.Mailbox) {
  return isAhead(oauthExpiresAt, app.now());
}

/** With the team's own application, its secret as it is now. */
async function tokenWish(app: App, teamId: string, mailbox: store.Mailbox): Promise<TokenWish | TokenAnswer> {
  const provider = PROVIDERS[mailbox.type] ?? "google";
  const refreshToken = openSecret(app.secrets, teamId, mailbox, "oauthRefreshToken") ?? "";
  const url = app.config.signInAddresses[provider].tokenUrl;
  const clientId = mailbox.oauthClientId ?? "";
  const scope = scopeToRenew(provider, mailbox.connectedBy, app.config.graphUrl);
  if (!mailbox.oauthOfTeam) {
    const clientSecret = openSecret(app.secrets, teamId, mailbox, "oauthClientSecret");
    return { provider, scope, url: withTenant(url, null), clientId, clientSecret, refreshToken };
  }
  const client = await app.db.inTeam(teamId, (db) => findClient(db, teamId, provider));
  if (!client) return { kind: "unreachable", why: "client_deleted", status: null, retryAfter: null };
  if (client.clientId !== clientId) return { kind: "refused", code: "client_replaced", detail: null };
  const clientSecret = openClientSecret(app, teamId, client);
  return { provider, scope, url: withTenant(url, client.tenant), clientId, clientSecret, refreshToken };
}

type Answered = { mailbox: store.Mailbox; answer: TokenAnswer };

async function noteAnswer(app: App, db: Db, teamId: string, { mailbox, answer }: Answered): Promise<Renewed> {
  await store.lockMailboxes(db, teamId);
  await store.lockMailbox(db, teamId, mailbox.id);
  const current = await store.findSealedMailbox(db, teamId, mailbox.id);
  const isSame = current?.isActive === true && current.revokedAt === null && hasSameTokens(current, mailbox);
  const fault = isSame ? faultOf(mailbox, answer, app.now()) : null;
  await renewals.endRenewal(db, teamId, mailbox.id, fault);
  if (!isSame) return { mailbox: current };
  if (fault)
    return isStillGood(app, current) ? { mailbox: current } : { kind: "unreachable", why: fault.reason };
  if (answer.kind === "refused") return { mailbox: await switchOff(app, db, teamId, current, answer.code) };
  if (answer.kind !== "granted") return { mailbox: current };
  const { accessToken, refreshToken, expiresAt } = answer.tokens;
  const secrets = {
    oauthAccessToken: accessToken,
    ...(refreshToken !== null && { oauthRefreshToken: refreshToken }),
  };
  const next = {
    ...current,
    ...sealed(app.secrets, teamId, current, { columns: {}, secrets }),
    oauthExpiresAt: expiresAt,
  };
  await store.writeMailbox(db, teamId, next);
  return { mailbox: next };
}

/** What passes by itself, or when an admin mends the application: the refresh token is as good as it was. */
function faultOf(mailbox: store.Mailbox, answer: TokenAnswer, now: Temporal.Instant) {
  const name = PROVIDER_NAMES[PROVIDERS[mailbox.type] ?? "google"];
  if (answer.kind === "refused")
    return mailbox.oauthOfTeam && CLIENT_FAULTS.has(answer.code)
      ? {
          until: now.add({ milliseconds: PAUSE_MS }),
          reason: `${name} rejects the team's sign-in client (${answer.code})`,
        }
      : null;
  if (answer.kind === "granted") return null;
  const { why, status, retryAfter } = answer;
  const waitMs = (status === null ? null : peaceAsked(status, retryAfter, now)) ?? PAUSE_MS;
  return {
    until: now.add({ milliseconds: Math.ceil(waitMs) }),
    reason:
      why === "client_deleted"
        ? `the team's sign-in client for ${name} was deleted`
        : `the token server of ${name} cannot be used now (${why})`,
  };
}

const CLIENT_FAULTS = new Set(["invalid_client", "unauthorized_client"]);

function hasSameTokens(one: store.Mailbox, other: store.Mailbox) {
  return (["oauthAccessToken", "oauthRefreshToken"] as const).every((column) =>
    (one[column] ?? EMPTY).equals(other[column] ?? EMPTY),
  );
}

const EMPTY = Buffer.alloc(0);

async function switchOff(app: App, db: Db, teamId: string, mailbox: store.Mailbox, code: string) {
  const now = app.now();
  const next = { ...mailbox, isActive: false, inactiveReason: SIGN_IN_NEEDED, updatedAt: now };
  await store.writeMailbox(db, teamId, next);
  const origin = { requestId: null, address: null, cause: "engine" };
  await record(
    { db, now, origin, teamId, userId: null, apiKeyId: null },
    {
      type: "email_account.disconnected",
      subject: { type: "email_account", id: mailbox.id },
      data: { email: mailbox.email, reason: SIGN_IN_NEEDED, code },
    },
  );
  return next;
}
