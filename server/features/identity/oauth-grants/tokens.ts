// Exchanges a code for tokens and a refresh token for new ones, and revokes both. The caller is a program, and only its
// code or token says which team it acts for.
//
// Each code and each refresh token works once. A second use means that two parties have it, and we cannot know which
// one is the thief: so every token of that grant is revoked. There is no grace period, because a thief would go
// unnoticed within it; of two refreshes at the same moment, one is second. The revocation is committed before the
// refusal is sent.

import { createHash, timingSafeEqual } from "node:crypto";
import type { App, Origin } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { fewer, isResource } from "../../../domain/identity/authorizing.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { hashToken, newToken } from "../../../kernel/tokens.ts";
import { record } from "../../events/events/store.ts";
import * as store from "./store.ts";

/** Starts again with each exchange: an application that refreshes within it stays connected. */
const REFRESH_LASTS = { hours: 90 * 24 };
/** For calls that are under way while their token is replaced. */
const REPLACED_LASTS = { seconds: 60 };

/** A client that has proved its identity; no user is known yet. */
export type AuthenticatedClient = { app: App; origin: Origin; clientId: string };

/** Part of one transaction that ends well also where the asker is refused. */
type Work = AuthenticatedClient & { db: Db; teamId: string; now: Temporal.Instant };
type Outcome = { tokens: store.IssuedTokens } | { refused: Refusal };

export function exchangeCode(
  asking: AuthenticatedClient,
  wish: { code: string; verifier: string; redirectUri: string | undefined },
) {
  return withGrantOf(asking, wish.code, async (work, grant) => {
    if (!grant.codeHash.equals(hashToken(wish.code))) return no(UNKNOWN); // one of its tokens, and no code
    if (grant.codeUsedAt) return endAll(work, grant, "code_reused");
    if (grant.applicationId !== asking.clientId || isPast(grant.codeExpiresAt, work.now)) return no(UNKNOWN);
    if (wish.redirectUri !== undefined && wish.redirectUri !== grant.redirectUri)
      return no("redirect_uri is not the address that the code was sent to");
    if (!answers(wish.verifier, grant.codeChallenge))
      return no("code_verifier does not match code_challenge");
    await store.useCode(work.db, work.teamId, grant.id, work.now);
    return { tokens: await issue(work, grant, grant.scopes) };
  });
}

export function refreshTokens(
  asking: AuthenticatedClient,
  wish: { refreshToken: string; scope: string | undefined },
) {
  const hash = hashToken(wish.refreshToken);
  return withGrantOf(asking, wish.refreshToken, async (work, grant) => {
    const token = await store.findToken(work.db, work.teamId, hash);
    if (token?.kind !== "refresh" || grant.applicationId !== asking.clientId) return no(UNKNOWN);
    if (token.usedAt) return endAll(work, grant, "refresh_token_reused");
    if (isPast(token.expiresAt, work.now)) return no(UNKNOWN);
    const scopes = fewer(wish.scope, grant.scopes);
    if (!scopes) return { refused: new Refusal("scope_refused", { scope: wish.scope ?? "" }) };
    await store.useToken(work.db, work.teamId, token.id, work.now);
    await store.shortenAccess(work.db, work.teamId, grant.id, work.now.add(REPLACED_LASTS));
    return { tokens: await issue(work, grant, scopes) };
  });
}

/**
 * Any holder of a token may revoke it, and with it every token of the same grant. An invalid token counts as revoked.
 */
export async function revokeToken(app: App, origin: Origin, clientId: string | null, token: string) {
  const now = app.now();
  const found = await app.db.inTransaction((db) => store.findGrantBy(db, hashToken(token)));
  if (!found) return;
  const { teamId } = found;
  await app.db.inTeam(teamId, async (db) => {
    const grant = await store.lockGrant(db, teamId, found.grantId);
    if (!grant?.isLive || (clientId !== null && grant.applicationId !== clientId)) return;
    if (!(await store.findToken(db, teamId, hashToken(token)))) return; // a code is no token
    await endAll(
      { app, origin, clientId: grant.applicationId, db, teamId, now },
      grant,
      "revoked_by_application",
    );
  });
  app.forgetCallers();
}

const UNKNOWN = "it is unknown, expired, used or revoked";

async function withGrantOf(
  asking: AuthenticatedClient,
  secret: string,
  work: (work: Work, grant: store.GrantRow) => Promise<Outcome>,
): Promise<store.IssuedTokens> {
  const { app } = asking;
  const now = app.now();
  const found = await app.db.inTransaction((db) => store.findGrantBy(db, hashToken(secret)));
  if (!found) throw new Refusal("grant_refused", { why: UNKNOWN });
  const outcome = await app.db.inTeam(found.teamId, async (db) => {
    const grant = await store.lockGrant(db, found.teamId, found.grantId);
    return grant?.isLive ? work({ ...asking, db, teamId: found.teamId, now }, grant) : no(UNKNOWN);
  });
  if ("tokens" in outcome) return outcome.tokens;
  app.forgetCallers();
  throw outcome.refused;
}

function no(why: string): Outcome {
  return { refused: new Refusal("grant_refused", { why }) };
}

async function endAll(work: Work, grant: store.GrantRow, because: store.GrantEnd): Promise<Outcome> {
  const { db, teamId, now, origin } = work;
  await store.endGrant(db, teamId, grant.id, because, now);
  await record(
    { db, now, origin, teamId, userId: grant.userId, apiKeyId: null },
    {
      type: "application.ended",
      subject: { type: "application", id: grant.applicationId },
      data: { name: grant.applicationName, because },
    },
  );
  return no(UNKNOWN);
}

async function issue(
  work: Work,
  grant: store.GrantRow,
  scopes: readonly string[],
): Promise<store.IssuedTokens> {
  const { app, db, teamId, now } = work;
  const tokens = { accessToken: newToken("cdz_at"), refreshToken: newToken("cdz_rt") };
  const expiresInSeconds = app.config.accessTokenDays * 86_400;
  const made = { grantId: grant.id, createdAt: now };
  await store.insertTokens(db, teamId, [
    {
      ...made,
      id: newId(),
      kind: "access",
      tokenHash: hashToken(tokens.accessToken),
      scopes,
      expiresAt: now.add({ seconds: expiresInSeconds }),
    },
    {
      ...made,
      id: newId(),
      kind: "refresh",
      tokenHash: hashToken(tokens.refreshToken),
      scopes: grant.scopes,
      expiresAt: now.add({ seconds: expiresInSeconds }).add(REFRESH_LASTS),
    },
  ]);
  return { ...tokens, scopes, createdAt: now, expiresInSeconds };
}

function isPast(at: Temporal.Instant, now: Temporal.Instant) {
  return Temporal.Instant.compare(at, now) <= 0;
}

/** Whether this is the secret whose hash the code was asked for with (RFC 7636). */
function answers(verifier: string, challenge: string) {
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return false;
  const hash = createHash("sha256").update(verifier).digest();
  const wanted = Buffer.from(challenge, "base64url");
  return wanted.length === hash.length && timingSafeEqual(hash, wanted);
}

export function namedResource(resource: string | undefined, publicUrl: string) {
  if (resource !== undefined && !isResource(resource, publicUrl))
    throw new Refusal("resource_unknown", { resource: resource.slice(0, 200) });
}
