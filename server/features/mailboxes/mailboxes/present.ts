import { rampHoldSays, rampWords } from "../../../domain/basics/ramp.ts";
import { type DnsRecord, dmarcRecordFor, spfRecordFor } from "../../../domain/contacts/dns-advice.ts";
import { type DnsHealth, HEALTH_WORDS } from "../../../domain/contacts/dns-health.ts";
import { blocklistsOf, mailOf, optionalOf } from "../../../domain/contacts/domain-checks.ts";
import { dkimOf, dmarcOf, loginOf, spfOf } from "../../../domain/contacts/sending-domain.ts";
import { sentFolderSays } from "../../../domain/contacts/sent-elsewhere.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
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
    max_new_contacts_per_day: mailbox.newContactsLimit,
    limits_editable: true,
    deliverability_score: {},
    ...NO_WARMING,
    is_opted_in_mailwarming: null,
    active_campaigns_count: mailbox.activeSequences,
    true_warmup_enabled: mailbox.ramp !== null,
    true_warmup_daily_limit: mailbox.rampLimit,
    true_warmup_progress: progressOf(mailbox),
    nudge_user_to_send_mails: false,
    signature_html: mailbox.signatureHtml,
    fields_fully_loaded: true,
    ...presentOurs(mailbox),
  };
}

/** Apollo's own ways of warming up, which are not Cadenza's ramp. */
const NO_WARMING = {
  mailwarming_max: null,
  mailwarming_to_send_daily: null,
  mailwarming_to_send_incrementor: null,
  mailwarming_status: null,
  mailwarming_eta: null,
  mailwarming_subject_token: null,
  mailwarming_score: null,
  mailwarming_score_banner: null,
  mailwarming_on_weekdays_only: null,
  true_warmup_status: null,
  true_warmup_approximate_end_date: null,
  true_warmup_last_throttled_at: null,
  true_warmup_enable_thresholds: false as const,
  true_warmup_thresholds: { open_rate: null, reply_rate: null, bounce_rate: null, spam_block_rate: null },
};

function presentOurs(mailbox: MailboxRow) {
  return {
    display_name: mailbox.displayName,
    visibility: mailbox.visibility,
    open_tracking: mailbox.openTracking,
    click_tracking: mailbox.clickTracking,
    plus_addressing: mailbox.plusAddressing,
    tracking_domain_id: mailbox.trackingDomainId,
    count_sent_elsewhere: mailbox.countsSentElsewhere,
    seed: mailbox.isSeed,
    sent_folder: presentSentFolder(mailbox),
    ramp: presentRamp(mailbox),
    connected_by: mailbox.connectedBy,
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

/** How far the limit of today has come from the first day's to the ceiling, in percent. */
function progressOf({ ramp, rampLimit }: MailboxRow) {
  if (!ramp || rampLimit === null) return null;
  const way = ramp.ceiling - ramp.start;
  return way <= 0 ? 100 : Math.floor((100 * (rampLimit - ramp.start)) / way);
}

function presentRamp({ ramp, rampBeganAt, rampLimit, rampStanding, dailyLimit }: MailboxRow) {
  if (!ramp || !rampBeganAt || rampLimit === null || !rampStanding) return null;
  const { sendingDays, hold } = rampStanding;
  return {
    start: ramp.start,
    step: ramp.step,
    every_days: ramp.everyDays,
    ceiling: ramp.ceiling,
    began_at: stored(rampBeganAt),
    limit_today: Math.min(rampLimit, dailyLimit ?? rampLimit),
    sending_days: sendingDays,
    words: rampWords(ramp),
    waits_because: hold && rampHoldSays(hold),
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
    domain,
    selector,
    key_type: dkimKeyType,
    set_at: stored(dkimSetAt),
    record: {
      type: "TXT" as const,
      name: `${selector}._domainkey.${domain}`,
      value: `v=DKIM1; k=${dkimKeyType}; p=${dkimPublicKey}`,
    },
  };
}

function presentHealth(mailbox: MailboxRow) {
  const { domainFacts: facts, dkimSelector: selector, dkimPublicKey: publicKey, type, email } = mailbox;
  const key = selector === null || publicKey === null ? null : { selector, publicKey };
  const isActive = mailbox.isActive && mailbox.revokedAt === null;
  const hasSignedIn = mailbox.lastTestedAt !== null || mailbox.lastSyncedAt !== null;
  const domain = email.slice(email.lastIndexOf("@") + 1).toLowerCase();
  const [spf, dmarc] = [spfOf(facts, type), dmarcOf(facts)];
  return {
    login: presentCheck(loginOf({ ...mailbox, isActive, hasSignedIn })),
    spf: presentCheck(spf, spfRecordFor(domain, spf, facts, type)),
    dkim: presentCheck(dkimOf(facts, key, type)),
    dmarc: presentCheck(dmarc, dmarcRecordFor(domain, dmarc)),
    mx: presentCheck(mailOf(facts)),
    blocklists: presentCheck(blocklistsOf(facts)),
    mta_sts: presentCheck(optionalOf(facts, "mtaSts")),
    tls_reports: presentCheck(optionalOf(facts, "tlsReports")),
    bimi: presentCheck(optionalOf(facts, "bimi")),
    checked_at: storedOrNull(mailbox.domainCheckedAt),
  };
}

function presentCheck({ state, code, evidence }: DnsHealth, record: DnsRecord | null = null) {
  return { state, code, sentence: HEALTH_WORDS[code], evidence, record };
}

function presentServer(
  host: string | null,
  port: number | null,
  security: MailboxRow["smtpSecurity"],
  username: string | null,
) {
  return host === null || port === null || security === null ? null : { host, port, security, username };
}
