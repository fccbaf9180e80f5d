// A sign-in starts: the caller gets the provider's address to open. What comes back is taken from the same session or key alone.

import { createHash } from "node:crypto";
import type { Act, App, Caller } from "../../../app.ts";
import {
  API_WAYS,
  authorizationUrl,
  PROVIDER_NAMES,
  type SignInProvider,
  scopesFor,
  type WayToProvider,
} from "../../../domain/contacts/mail-sign-in.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { hashToken, newToken } from "../../../kernel/tokens.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { findManageable } from "../mailboxes/managing.ts";
import { redirectUriOf } from "../sign-in-clients/commands.ts";
import { findClient } from "../sign-in-clients/store.ts";
import * as store from "./store.ts";

/** Long enough for a password, a second factor and a page of consent. */
const LASTS = { minutes: 15 };
const MOST_AT_ONCE = 10;

export type StartWish = {
  provider: SignInProvider;
  mailboxId: string | undefined;
  loginHint: string | undefined;
  /** Default: as the mailbox is connected, or by SMTP and IMAP. */
  connectedBy: WayToProvider | undefined;
  settings: store.SignInWish;
};

export async function startSignIn(act: Act, wish: StartWish) {
  const { provider, mailboxId, loginHint, settings } = wish;
  const { app, db, now, caller } = act;
  const { teamId, userId } = caller;
  const client = await findClient(db, teamId, provider);
  if (!client) throw new Refusal("sign_in_not_set_up", { provider: PROVIDER_NAMES[provider] });
  const mailbox = mailboxId === undefined ? null : await findManageable(act, mailboxId);
  if (mailbox?.type === "catcher") throw new Refusal("record_not_found");
  const connectedBy = wayOf(wish, mailbox?.connectedBy);
  const state = newToken("cdz_sgn");
  const expiresAt = now.add(LASTS);
  await store.deleteOldSignIns(db, teamId, now);
  await store.insertSignIn(db, teamId, {
    id: newId(),
    stateHash: hashToken(state),
    provider,
    clientId: client.clientId,
    userId,
    startedBy: startedBy(caller),
    mailboxId: mailbox?.id ?? null,
    wish: { ...settings, connectedBy, isWayChosen: wish.connectedBy !== undefined },
    createdAt: now,
    expiresAt,
  });
  await store.deleteSurplus(db, teamId, userId, MOST_AT_ONCE);
  await record(byCaller(act), {
    type: "email_account.sign_in_started",
    subject: mailbox ? { type: "email_account", id: mailbox.id } : { type: "user", id: userId },
    data: { provider: PROVIDER_NAMES[provider], email: mailbox?.email ?? null },
  });
  const { codeVerifier, nonce } = proofsOf(app, state);
  const url = authorizationUrl(provider, app.config.signInAddresses[provider], {
    clientId: client.clientId,
    tenant: client.tenant,
    redirectUri: redirectUriOf(app),
    state,
    nonce,
    challenge: createHash("sha256").update(codeVerifier).digest("base64url"),
    loginHint: mailbox?.email ?? loginHint ?? null,
    scopes: scopesFor(provider, connectedBy, app.config.graphUrl),
  });
  return { url, expiresAt };
}

function wayOf({ provider, connectedBy }: StartWish, now: WayToProvider = "smtp_imap"): WayToProvider {
  if (provider === "google" && connectedBy === "microsoft_graph") throw new Refusal("graph_not_at_microsoft");
  if (provider === "microsoft" && connectedBy === "gmail_api") throw new Refusal("gmail_not_at_google");
  const isItsOwn = now === "smtp_imap" || now === API_WAYS[provider];
  return connectedBy ?? (isItsOwn ? now : "smtp_imap");
}

export function startedBy({ credential }: Caller) {
  return `${credential.kind} ${credential.id}`;
}

/** Made from the state by a key of ours, so that nothing of them is stored and nobody else can make them. */
export function proofsOf({ secrets }: Pick<App, "secrets">, state: string) {
  const proof = (what: string) => secrets.digest(`sign-in ${what}\0${state}`).toString("base64url");
  return { codeVerifier: proof("code verifier"), nonce: proof("nonce") };
}
