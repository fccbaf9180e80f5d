import { dkimOf, dmarcOf, HEALTH_WORDS, type Health, loginOf, spfOf } from "../../domain/sending-domain.ts";
import { sentFolderSays } from "../../domain/sent-elsewhere.ts";
import { stored, storedOrNull } from "../../moments.ts";
import type { MailboxRow } from "./store.ts";

const PROVIDERS = { smtp: "SMTP", gmail: "Gmail", microsoft: "Microsoft", catcher: "Catcher" } as const;

export function presentMailbox(mailbox: MailboxRow) {
  return {
    id: mailbox.id,
    aliases: mailbox.aliases,
    user_id: mailbox.userId,
    email: mailbox.email,
    type: mailbox.type,
    active: mailbox.isActive && mailbox.revokedAt === null,
    default: mailbox.isDefault,
    seconds_delay_between_emails: mailbox.gapSeconds,
    provider_display_name: PROVIDERS[mailbox.type],
    nylas_provider: null,
    last_synced_at: storedOrNull(mailbox.lastSyncedAt),
    email_sending_policy_cd: "default" as const,
    sendgrid_api_user: null,
    mailgun_domains: null,
    nylas_api_version: null,
    signature_edit_disabled: false,
    revoked_at: storedOrNull(mailbox.revokedAt),
    inactive_reason: mailbox.inactiveReason,
    created_at: stored(mailbox.createdAt),
    sendgrid_api_key_v3: null,
    email_daily_threshold: mailbox.dailyLimit,
    max_outbound_emails_per_hour: mailbox.hourlyLimit,
    limits_editable: true,
    deliverability_score: {},
    is_opted_in_mailwarming: null,
    active_campaigns_count: mailbox.activeSequences,
    nudge_user_to_send_mails: false,
    signature_html: mailbox.signatureHtml,
    fields_fully_loaded: true,
    ...presentOurs(mailbox),
  };
}

function presentOurs(mailbox: MailboxRow) {
  return {
    display_name: mailbox.displayName,
    visibility: mailbox.visibility,
    open_tracking: mailbox.openTracking,
    click_tracking: mailbox.clickTracking,
    plus_addressing: mailbox.plusAddressing,
    count_sent_elsewhere: mailbox.countsSentElsewhere,
    sent_folder: presentSentFolder(mailbox),
    smtp: presentServer(mailbox.smtpHost, mailbox.smtpPort, mailbox.smtpSecurity, mailbox.smtpUsername),
    imap: presentServer(mailbox.imapHost, mailbox.imapPort, mailbox.imapSecurity, mailbox.imapUsername),
    oauth: mailbox.hasOauth
      ? { client_id: mailbox.oauthClientId, expires_at: storedOrNull(mailbox.oauthExpiresAt) }
      : null,
    last_tested_at: storedOrNull(mailbox.lastTestedAt),
    last_test_error: mailbox.lastTestError,
    dkim: presentDkim(mailbox),
    health: presentHealth(mailbox),
  };
}

function presentSentFolder(mailbox: MailboxRow) {
  if (!mailbox.countsSentElsewhere) return null;
  const { sentLookedAt: lookedAt, sentTrouble: trouble } = mailbox;
  return {
    looked_at: storedOrNull(lookedAt),
    trouble,
    sentence: sentFolderSays({ lookedAt, trouble }),
  };
}

function presentDkim({ domain, dkimSelector: selector, dkimKeyType, dkimPublicKey, dkimSetAt }: MailboxRow) {
  if (selector === null || dkimKeyType === null || dkimSetAt === null) return null;
  return {
    ...{ domain, selector, key_type: dkimKeyType, set_at: stored(dkimSetAt) },
    record: {
      type: "TXT" as const,
      name: `${selector}._domainkey.${domain}`,
      value: `v=DKIM1; k=${dkimKeyType}; p=${dkimPublicKey}`,
    },
  };
}

function presentHealth(mailbox: MailboxRow) {
  const { domainFacts: facts, dkimSelector: selector, dkimPublicKey: publicKey, type } = mailbox;
  const key = selector === null || publicKey === null ? null : { selector, publicKey };
  const isActive = mailbox.isActive && mailbox.revokedAt === null;
  const hasSignedIn = mailbox.lastTestedAt !== null || mailbox.lastSyncedAt !== null;
  return {
    login: presentCheck(loginOf({ ...mailbox, isActive, hasSignedIn })),
    spf: presentCheck(spfOf(facts, type)),
    dkim: presentCheck(dkimOf(facts, key, type)),
    dmarc: presentCheck(dmarcOf(facts)),
    checked_at: storedOrNull(mailbox.domainCheckedAt),
  };
}

function presentCheck({ state, code, evidence }: Health) {
  return { state, code, sentence: HEALTH_WORDS[code], evidence };
}

function presentServer(
  host: string | null,
  port: number | null,
  security: MailboxRow["smtpSecurity"],
  username: string | null,
) {
  return host === null || port === null || security === null ? null : { host, port, security, username };
}
