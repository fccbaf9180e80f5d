// What the caller says of a mailbox, and a new one before anything of that is applied.

import type { Caller } from "../../../app.ts";
import { newId } from "../../../kernel/ids.ts";
import type { ConnectionWish } from "./connection.ts";
import type { RampWish } from "./ramping.ts";
import type * as store from "./store.ts";

export type MailboxWish = ConnectionWish & {
  displayName?: string | null | undefined;
  userId?: string | undefined;
  isDefault?: boolean | undefined;
  aliases?: readonly string[] | undefined;
  signatureHtml?: string | null | undefined;
  visibility?: "restricted" | "everyone" | undefined;
  openTracking?: boolean | undefined;
  clickTracking?: boolean | undefined;
  plusAddressing?: boolean | undefined;
  trackingDomainId?: string | null | undefined;
  countsSentElsewhere?: boolean | undefined;
  isSeed?: boolean | undefined;
  dailyLimit?: number | null | undefined;
  ramp?: RampWish | null | undefined;
  hourlyLimit?: number | null | undefined;
  gapSeconds?: number | null | undefined;
  newContactsLimit?: number | null | undefined;
};

export type NewMailbox = MailboxWish & {
  email: string;
  type: store.Mailbox["type"];
  /** Of both servers, which are looked for where none is told. */
  password?: string | undefined;
};

export function blank(wish: NewMailbox, caller: Caller, now: Temporal.Instant): store.Mailbox {
  return {
    id: newId(),
    userId: wish.userId ?? caller.userId,
    email: wish.email,
    type: wish.type,
    connectedBy: "smtp_imap",
    displayName: null,
    isActive: true,
    isDefault: false,
    dailyLimit: 50, // these three agree: nine hours of six an hour, one every ten minutes
    ramp: null,
    rampBeganAt: null,
    rampLimit: null,
    rampStanding: null,
    rampDueAt: null,
    hourlyLimit: 6,
    gapSeconds: 600,
    newContactsLimit: null,
    isSeed: wish.isSeed ?? false,
    signatureHtml: null,
    smtpHost: null,
    smtpPort: null,
    smtpSecurity: null,
    smtpUsername: null,
    smtpPassword: null,
    imapHost: null,
    imapPort: null,
    imapSecurity: null,
    imapUsername: null,
    imapPassword: null,
    oauthClientId: null,
    oauthClientSecret: null,
    oauthAccessToken: null,
    oauthRefreshToken: null,
    oauthExpiresAt: null,
    oauthOfTeam: false,
    visibility: "restricted",
    openTracking: false,
    clickTracking: false,
    plusAddressing: false,
    trackingDomainId: null,
    countsSentElsewhere: false,
    lastTestedAt: null,
    lastTestError: null,
    lastSyncedAt: null,
    revokedAt: null,
    inactiveReason: null,
    createdAt: now,
    updatedAt: now,
  };
}
