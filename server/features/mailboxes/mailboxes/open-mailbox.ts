// A mailbox with all that signing in to it needs: its two servers, with secrets that are valid for a while.

import type { App } from "../../../app.ts";
import type { Servers } from "../../../mail/door.ts";
import { serversOf } from "./connection.ts";
import * as store from "./store.ts";
import { isDueForRenewal, renewTokens } from "./token-renewal.ts";

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

/** `read`: as it was read a moment ago, together with others. */
export async function openMailbox(
  app: App,
  teamId: string,
  id: string,
  read?: store.Mailbox | null,
): Promise<Opened> {
  const mailbox =
    read !== undefined ? read : await app.db.inTeam(teamId, (db) => store.findSealedMailbox(db, teamId, id));
  if (!isOpen(mailbox)) return { kind: "closed" };
  if (!isDueForRenewal(app, mailbox)) return opened(app, teamId, mailbox);
  const renewed = await renewTokens(app, teamId, mailbox);
  if ("kind" in renewed) return renewed;
  return isOpen(renewed.mailbox) ? opened(app, teamId, renewed.mailbox) : { kind: "closed" };
}

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
    servers: serversOf(app, teamId, mailbox),
    signsInWith: mailbox.smtpPassword ?? mailbox.oauthAccessToken,
  };
}
