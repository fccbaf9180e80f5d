// A mailbox with all that signing in to it needs: its two servers, with secrets that are valid for a while.
//
// An access token is renewed before it expires. Several callers may notice that at once: in one process they share one
// request. Each process stores a result only for the tokens it had read, so that a slow answer never replaces newer
// tokens. A refusal counts only if the tokens have not changed meanwhile.

import type { App } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import type { Servers } from "../../../mail/door.ts";
import { refreshToken, TOKEN_URLS, type TokenWish } from "../../../mail/oauth.ts";
import { record } from "../../events/events/store.ts";
import { openSecret, sealed, serversOf } from "./connection.ts";
import * as store from "./store.ts";

export type Opened =
  | {
      kind: "open";
      mailbox: Pick<
        store.Mailbox,
        "id" | "userId" | "email" | "displayName" | "type" | "lastSyncedAt" | "createdAt" | "plusAddressing"
      >;
      /** It may send so many a day or hour, or with a pause between two. */
      isLimited: boolean;
      servers: Servers;
      /**
       * The credentials as they were read, still encrypted: after a refusal, the caller compares whether they have
       * changed.
       */
      signsInWith: Buffer | null;
    }
  /** Gone, disconnected, or switched off because its provider no longer lets us in. */
  | { kind: "closed" }
  /** Its provider's token server, for now. */
  | { kind: "unreachable"; why: string };

const NOTHING_CHANGED = { columns: {}, secrets: {} };
const RENEWED_BEFORE = { minutes: 5 };
const SIGN_IN_NEEDED = "sign in again";

export async function openMailbox(
  app: App,
  teamId: string,
  id: string,
  tokenUrls: Record<TokenWish["provider"], string> = TOKEN_URLS,
): Promise<Opened> {
  const mailbox = await app.db.inTeam(teamId, (db) => store.findSealedMailbox(db, teamId, id));
  if (!isOpen(mailbox)) return { kind: "closed" };
  const wish = tokenWish(app, teamId, mailbox);
  if (!wish) return opened(app, teamId, mailbox);
  const key = `${teamId} ${id}`;
  const underway = renewals.get(key) ?? renew(app, teamId, mailbox, wish, tokenUrls[wish.provider]);
  renewals.set(key, underway);
  try {
    return await underway;
  } finally {
    if (renewals.get(key) === underway) renewals.delete(key);
  }
}

const renewals = new Map<string, Promise<Opened>>();

function isOpen(mailbox: store.Mailbox | null): mailbox is store.Mailbox {
  return mailbox?.isActive === true && mailbox.revokedAt === null;
}

function opened(app: App, teamId: string, mailbox: store.Mailbox): Opened {
  const { id, userId, email, displayName, type, lastSyncedAt, createdAt, plusAddressing } = mailbox;
  return {
    kind: "open",
    mailbox: { id, userId, email, displayName, type, lastSyncedAt, createdAt, plusAddressing },
    isLimited: [mailbox.dailyLimit, mailbox.rampLimit, mailbox.hourlyLimit, mailbox.gapSeconds].some(
      (limit) => limit !== null,
    ),
    servers: serversOf(app, teamId, mailbox, NOTHING_CHANGED),
    signsInWith: mailbox.smtpPassword ?? mailbox.oauthAccessToken,
  };
}

const PROVIDERS = { gmail: "google", microsoft: "microsoft", smtp: null, catcher: null } as const;

/** Null where its tokens are good for a while yet, or there is nothing to renew them with. */
function tokenWish(app: App, teamId: string, mailbox: store.Mailbox): TokenWish | null {
  const { oauthExpiresAt: expiresAt, oauthClientId: clientId } = mailbox;
  const provider = PROVIDERS[mailbox.type];
  const runsOut =
    expiresAt === null ? null : Temporal.Instant.compare(expiresAt, app.now().add(RENEWED_BEFORE));
  if (provider === null || clientId === null || runsOut === null || runsOut > 0) return null;
  const refreshToken = openSecret(app.secrets, teamId, mailbox, "oauthRefreshToken");
  if (!refreshToken) return null;
  const clientSecret = openSecret(app.secrets, teamId, mailbox, "oauthClientSecret");
  return { provider, clientId, clientSecret, refreshToken };
}

async function renew(
  app: App,
  teamId: string,
  mailbox: store.Mailbox,
  wish: TokenWish,
  url: string,
): Promise<Opened> {
  const outcome = await refreshToken(app.outgoing, wish, app.now(), url);
  if (outcome.kind === "unreachable")
    return isStillGood(app, mailbox) ? opened(app, teamId, mailbox) : outcome;
  const now = await app.db.inTeam(teamId, async (db) => {
    await store.lockMailboxes(db, teamId);
    const current = await store.findSealedMailbox(db, teamId, mailbox.id);
    if (!isOpen(current) || !hasSameTokens(current, mailbox)) return current;
    if (outcome.kind === "revoked") return switchOff(app, db, teamId, current, outcome.code);
    const secrets = {
      oauthAccessToken: outcome.accessToken,
      ...(outcome.refreshToken !== null && { oauthRefreshToken: outcome.refreshToken }),
    };
    const next = {
      ...current,
      ...sealed(app.secrets, teamId, current, { columns: {}, secrets }),
      oauthExpiresAt: outcome.expiresAt,
    };
    await store.writeMailbox(db, teamId, next);
    return next;
  });
  return isOpen(now) ? opened(app, teamId, now) : { kind: "closed" };
}

function isStillGood(app: App, { oauthExpiresAt }: store.Mailbox) {
  return oauthExpiresAt !== null && Temporal.Instant.compare(oauthExpiresAt, app.now()) > 0;
}

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
  const origin = { requestId: null, address: null, cause: "mail" };
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
