// A sign-in ends: the code becomes tokens, both servers are tried with them, and the mailbox of the address is connected, or gets
// new tokens.

import type { Act, App, Caller } from "../../../app.ts";
import { peaceAsked } from "../../../domain/basics/retry.ts";
import {
  MAILBOX_TYPES,
  missingScopes,
  PROVIDER_NAMES,
  readIdentity,
  scopesFor,
  withTenant,
} from "../../../domain/contacts/mail-sign-in.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { hashToken } from "../../../kernel/tokens.ts";
import { exchangeCode, type TokenAnswer, type Tokens } from "../../../mail/oauth.ts";
import { connectSignedIn } from "../mailboxes/commands.ts";
import type { SignedIn } from "../mailboxes/connection.ts";
import { findSealedMailbox } from "../mailboxes/store.ts";
import { trySignedIn } from "../mailboxes/trying.ts";
import { openClientSecret, redirectUriOf } from "../sign-in-clients/commands.ts";
import { findClient, type SignInClient } from "../sign-in-clients/store.ts";
import { proofsOf, startedBy } from "./starting.ts";
import * as store from "./store.ts";

type Brought = {
  state: string;
  code: string | undefined;
  error: string | undefined;
  says: string | undefined;
};
export type Finished = { email: string; signedIn: SignedIn; wish: store.SignInWish };

const TRIES = 3;

/** Waits for the network, so it is called before the transaction. */
export async function exchangeSignIn(app: App, caller: Caller, brought: Brought): Promise<Finished> {
  const { signIn, client } = await takeSignIn(app, caller, brought.state);
  const provider = PROVIDER_NAMES[signIn.provider];
  if (brought.error !== undefined) throw refusalOf(provider, brought.error, brought.says);
  if (!brought.code) throw new Refusal("parameter_missing", { name: "code" });
  const tokens = await exchange(app, caller.teamId, { signIn, client, brought });
  const { connectedBy = "smtp_imap" } = signIn.wish;
  const scopes = scopesFor(signIn.provider, connectedBy, app.config.graphUrl);
  const missing = missingScopes(scopes, tokens.scope);
  if (missing.length > 0) throw new Refusal("sign_in_scope_missing", { provider, scopes: missing.join(" ") });
  if (tokens.refreshToken === null) throw new Refusal("sign_in_not_lasting", { provider });
  const { issuer, smtp, imap } = app.config.signInAddresses[signIn.provider];
  const { nonce } = proofsOf(app, brought.state);
  const { clientId, tenant } = client;
  const identity = readIdentity(tokens.idToken, { issuer, tenant, clientId, nonce }, app.now());
  if (identity.kind !== "known") throw new Refusal(identity.kind, { provider });
  await refuseOtherAddress(app, caller, signIn, identity.email);
  const { accessToken, refreshToken, expiresAt } = tokens;
  const signedIn: SignedIn = {
    type: MAILBOX_TYPES[signIn.provider],
    connectedBy,
    clientId,
    username: identity.username,
    accessToken,
    refreshToken,
    expiresAt,
    servers: { smtp, imap },
  };
  const tried = await tryWays(app, caller, identity.email, {
    signedIn,
    isWayChosen: signIn.wish.isWayChosen,
  });
  return { email: identity.email, signedIn: tried, wish: signIn.wish };
}

/**
 * Google's permission for SMTP and IMAP is good for its API as well. Where the account is let in by neither of the two, because an
 * admin has switched them off, it is connected by the API.
 */
async function tryWays(
  app: App,
  caller: Caller,
  email: string,
  { signedIn, isWayChosen = false }: { signedIn: SignedIn; isWayChosen: boolean | undefined },
): Promise<SignedIn> {
  const byApi: SignedIn = { ...signedIn, connectedBy: "gmail_api" };
  try {
    await trySignedIn(app, caller, email, signedIn);
    return signedIn;
  } catch (refused) {
    const isNotLetIn = refused instanceof Refusal && /^(?:smtp|imap)_auth_failed$/.test(refused.code);
    const hasOtherWay = signedIn.type === "gmail" && signedIn.connectedBy === "smtp_imap" && !isWayChosen;
    if (!isNotLetIn || !hasOtherWay) throw refused;
    await trySignedIn(app, caller, email, byApi).catch(() => {
      throw refused;
    });
    return byApi;
  }
}

/** It works once. Of two calls at the same moment, the second finds it used. */
async function takeSignIn(app: App, caller: Caller, state: string) {
  const { teamId } = caller;
  return app.db.inTeam(teamId, async (db) => {
    const now = app.now();
    const signIn = await store.lockSignIn(db, teamId, hashToken(state));
    if (!signIn || signIn.userId !== caller.userId || signIn.startedBy !== startedBy(caller))
      throw new Refusal("sign_in_unknown");
    if (signIn.usedAt) throw new Refusal("sign_in_used");
    if (Temporal.Instant.compare(signIn.expiresAt, now) <= 0) throw new Refusal("sign_in_expired");
    await store.useSignIn(db, teamId, signIn.id, now);
    const client = await findClient(db, teamId, signIn.provider);
    if (client?.clientId !== signIn.clientId)
      throw new Refusal("sign_in_not_set_up", { provider: PROVIDER_NAMES[signIn.provider] });
    return { signIn, client };
  });
}

function refusalOf(provider: string, error: string, says = "") {
  if (error === "access_denied" || error === "consent_required")
    return new Refusal("sign_in_denied", { provider });
  return new Refusal("sign_in_failed", { provider, said: plain(`${error} ${says}`) });
}

function plain(text: string) {
  return text
    .replace(/[^\p{L}\p{N} .,:;_'()/-]+/gu, " ")
    .trim()
    .slice(0, 300);
}

type Exchanging = { signIn: store.SignIn; client: SignInClient; brought: Brought };

/** A server that cannot be reached is asked a few times. Then the sign-in may be finished later, with the same code. */
async function exchange(app: App, teamId: string, { signIn, client, brought }: Exchanging): Promise<Tokens> {
  const provider = PROVIDER_NAMES[signIn.provider];
  const wish = {
    provider: signIn.provider,
    url: withTenant(app.config.signInAddresses[signIn.provider].tokenUrl, client.tenant),
    clientId: client.clientId,
    clientSecret: openClientSecret(app, teamId, client),
    code: brought.code ?? "",
    codeVerifier: proofsOf(app, brought.state).codeVerifier,
    redirectUri: redirectUriOf(app),
  };
  let answer: TokenAnswer;
  for (let tries = 1; ; tries++) {
    answer = await exchangeCode(app.outgoing, wish, app.now());
    // One that asks to wait, or does not answer in time, is not asked while the person waits.
    if (answer.kind !== "unreachable" || tries === TRIES) break;
    if (answer.status === 429 || answer.why === "timed_out") break;
  }
  if (answer.kind === "granted") return answer.tokens;
  if (answer.kind === "refused") {
    const { code, detail } = answer;
    if (code === "invalid_client" || code === "unauthorized_client")
      throw new Refusal("sign_in_client_rejected", { provider, code });
    throw new Refusal("sign_in_failed", { provider, said: plain(`${code} ${detail ?? ""}`) });
  }
  await app.db.inTeam(teamId, (db) => store.useSignIn(db, teamId, signIn.id, null));
  const { status, retryAfter, why } = answer;
  const waitMs = status === null ? null : peaceAsked(status, retryAfter, app.now());
  throw new Refusal(
    "sign_in_provider_unreachable",
    { provider, why },
    { details: { retry_after_seconds: waitMs === null ? null : Math.ceil(waitMs / 1000) } },
  );
}

async function refuseOtherAddress(app: App, { teamId }: Caller, { mailboxId }: store.SignIn, email: string) {
  if (mailboxId === null) return;
  const mailbox = await app.db.inTeam(teamId, (db) => findSealedMailbox(db, teamId, mailboxId));
  if (!mailbox || mailbox.revokedAt) throw new Refusal("record_not_found");
  if (mailbox.email.toLowerCase() !== email.toLowerCase())
    throw new Refusal("sign_in_other_address", { email: mailbox.email, other: email });
}

export function finishSignIn(act: Act, { email, signedIn, wish }: Finished) {
  const { displayName, visibility, ramp } = wish;
  return connectSignedIn(act, {
    email,
    signedIn,
    ...(displayName !== null && { displayName }),
    ...(visibility !== null && { visibility }),
    ...(wish.dailyLimit !== undefined && { dailyLimit: wish.dailyLimit }),
    ...(ramp !== null && { ramp }),
  });
}
