import type { Db } from "../../../db/connect.ts";
import type { Ramp, RampHold } from "../../../domain/basics/ramp.ts";
import type { DomainFacts } from "../../../domain/contacts/domain-facts.ts";
import type { WayToProvider } from "../../../domain/contacts/mail-sign-in.ts";
import type { Security } from "../../../domain/contacts/mailbox-connection.ts";

/** The columns that hold a sealed secret. */
export const SEALED_COLUMNS = [
  "smtpPassword",
  "imapPassword",
  "oauthClientSecret",
  "oauthAccessToken",
  "oauthRefreshToken",
] as const;

export type Sealed = Record<(typeof SEALED_COLUMNS)[number], Buffer | null>;

export type Mailbox = Sealed & {
  id: string;
  userId: string;
  email: string;
  displayName: string | null;
  type: "smtp" | "gmail" | "microsoft" | "catcher";
  /** By an API, both hosts are the API's. */
  connectedBy: WayToProvider;
  isActive: boolean;
  isDefault: boolean;
  dailyLimit: number | null;
  /** These five together, or none of them: a ramp, and what it allows today. */
  ramp: Ramp | null;
  rampBeganAt: Temporal.Instant | null;
  rampLimit: number | null;
  rampStanding: { sendingDays: number; hold: RampHold | null } | null;
  rampDueAt: Temporal.Instant | null;
  hourlyLimit: number | null;
  gapSeconds: number | null;
  /** How many contacts may get their first email of a sequence from it in 24 hours. */
  newContactsLimit: number | null;
  signatureHtml: string | null;
  smtpHost: string | null;
  smtpPort: number | null;
  smtpSecurity: Security | null;
  smtpUsername: string | null;
  imapHost: string | null;
  imapPort: number | null;
  imapSecurity: Security | null;
  imapUsername: string | null;
  oauthClientId: string | null;
  oauthExpiresAt: Temporal.Instant | null;
  /** Its tokens belong to the team's own application at the provider. */
  oauthOfTeam: boolean;
  visibility: "restricted" | "everyone";
  openTracking: boolean;
  clickTracking: boolean;
  plusAddressing: boolean;
  /** Null: the team's default. */
  trackingDomainId: string | null;
  /** What people send from it with another program counts against its limits. */
  countsSentElsewhere: boolean;
  /** It receives placement tests, and sends nothing. */
  isSeed: boolean;
  lastTestedAt: Temporal.Instant | null;
  lastTestError: string | null;
  lastSyncedAt: Temporal.Instant | null;
  revokedAt: Temporal.Instant | null;
  inactiveReason: string | null;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
};

/** What is shown: nothing sealed, and what is counted. */
export type MailboxRow = Omit<Mailbox, keyof Sealed> & {
  hasOauth: boolean;
  aliases: string[];
  activeSequences: number;
  backoffReason: string | null;
  readingError: string | null;
  sentLookedAt: Temporal.Instant | null;
  sentTrouble: string | null;
  /** Of the domain it sends from. */
  domain: string;
  dkimSelector: string | null;
  dkimKeyType: "rsa" | "ed25519" | null;
  dkimPublicKey: string | null;
  dkimSetAt: Temporal.Instant | null;
  domainFacts: DomainFacts | null;
  domainCheckedAt: Temporal.Instant | null;
};

const OPEN = `m.id, m.user_id, m.email, m.display_name, m.type, m.connected_by, m.is_active, m.is_default, m.daily_limit,
  m.ramp, m.ramp_began_at, m.ramp_limit, m.ramp_standing, m.ramp_due_at, m.hourly_limit, m.gap_seconds, m.new_contacts_limit, m.signature_html, m.smtp_host, m.smtp_port, m.smtp_security, m.smtp_username,
  m.imap_host, m.imap_port, m.imap_security, m.imap_username, m.oauth_client_id, m.oauth_expires_at, m.oauth_of_team, m.visibility,
  m.open_tracking, m.click_tracking, m.plus_addressing, m.tracking_domain_id, m.counts_sent_elsewhere, m.is_seed,
  m.last_tested_at, m.last_test_error, m.last_synced_at, m.revoked_at, m.inactive_reason, m.created_at, m.updated_at`;

const ALL = `${OPEN}, m.smtp_password, m.imap_password, m.oauth_client_secret, m.oauth_access_token, m.oauth_refresh_token`;

const SHOWN = `${OPEN}, m.backoff_reason, m.reading_error, m.sent_looked_at, m.sent_trouble, domain_of(m.email) as domain, d.selector as dkim_selector,
  d.key_type as dkim_key_type, d.public_key as dkim_public_key, d.key_set_at as dkim_set_at, d.facts as domain_facts,
  d.checked_at as domain_checked_at, m.oauth_access_token is not null as has_oauth,
  coalesce((select array_agg(a.email order by a.email) from mailbox_aliases a
             where a.team_id = m.team_id and a.mailbox_id = m.id), '{}') as aliases,
  (select count(distinct e.sequence_id)
     from enrollments e
     join sequences s on s.team_id = e.team_id and s.id = e.sequence_id
    where e.team_id = m.team_id and e.mailbox_id = m.id and e.state in ('active', 'paused')
      and s.is_active and s.archived_at is null) as active_sequences`;

const WITH_DOMAIN = `from mailboxes m
  left join sending_domains d on d.team_id = m.team_id and d.domain = domain_of(m.email)`;

export function listMailboxes(db: Db, teamId: string, withDisconnected: boolean) {
  return db.rows<MailboxRow>(
    `select ${SHOWN} ${WITH_DOMAIN}
      where m.team_id = $1 and ($2 or m.revoked_at is null)
      order by m.created_at, m.id`,
    [teamId, withDisconnected],
  );
}

export function findMailboxes(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<MailboxRow>(
    `select ${SHOWN} ${WITH_DOMAIN} where m.team_id = $1 and m.id = any($2::text[])`,
    [teamId, ids],
  );
}

/** With the encrypted secrets, for callers that sign in with them. */
export function findSealedMailbox(db: Db, teamId: string, id: string) {
  return db.row<Mailbox>(`select ${ALL} from mailboxes m where m.team_id = $1 and m.id = $2`, [teamId, id]);
}

export function findSealedMailboxes(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<Mailbox>(`select ${ALL} from mailboxes m where m.team_id = $1 and m.id = any($2::text[])`, [
    teamId,
    ids,
  ]);
}

export function findMailboxByEmail(db: Db, teamId: string, email: string) {
  return db.row<Mailbox>(
    `select ${ALL} from mailboxes m
      where m.team_id = $1 and lower(m.email) = lower($2)
      order by m.revoked_at is null desc, m.revoked_at desc, m.id
      limit 1`,
    [teamId, email],
  );
}

/** One change to a team's mailboxes at a time: they share addresses and defaults. */
export function lockMailboxes(db: Db, teamId: string) {
  return db.run("select pg_advisory_xact_lock(hashtextextended('mailboxes ' || $1, 0))", [teamId]);
}

/** After the list, and before it is read to be written. */
export function lockMailbox(db: Db, teamId: string, id: string) {
  return db.run("select 1 from mailboxes where team_id = $1 and id = $2 for no key update", [teamId, id]);
}

export function hasDefault(db: Db, teamId: string, userId: string) {
  return db.row(
    "select 1 as one from mailboxes where team_id = $1 and user_id = $2 and is_default and revoked_at is null",
    [teamId, userId],
  );
}

export function clearDefault(db: Db, teamId: string, userId: string, now: Temporal.Instant) {
  return db.run(
    "update mailboxes set is_default = false, updated_at = $3 where team_id = $1 and user_id = $2 and is_default",
    [teamId, userId, now],
  );
}

/** Where a user's default went away, their longest-connected mailbox takes its place. */
export function chooseDefault(db: Db, teamId: string, userId: string, now: Temporal.Instant) {
  return db.run(
    `update mailboxes set is_default = true, updated_at = $3
      where team_id = $1 and id = (
              select id from mailboxes
               where team_id = $1 and user_id = $2 and revoked_at is null and not is_seed
               order by created_at, id limit 1)
        and not exists (select from mailboxes where team_id = $1 and user_id = $2 and is_default and revoked_at is null)`,
    [teamId, userId, now],
  );
}

const WRITTEN = ALL.replaceAll("m.", "").split(/,\s*/);
const OTHERS = WRITTEN.filter((column) => column !== "id");

/** Writes the whole row, new or known. */
export function writeMailbox(db: Db, teamId: string, mailbox: Mailbox) {
  const places = WRITTEN.map((_, index) => `$${index + 2}`).join(", ");
  return db.run(
    `insert into mailboxes (team_id, ${WRITTEN.join(", ")}) values ($1, ${places})
     on conflict (team_id, id) do update set (${OTHERS.join(", ")}) = row (${OTHERS.map((c) => `excluded.${c}`).join(", ")})`,
    [teamId, ...WRITTEN.map((column) => mailbox[keyOf(column)])],
  );
}

function keyOf(column: string) {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) as keyof Mailbox;
}

export async function replaceAliases(db: Db, teamId: string, id: string, aliases: readonly string[]) {
  await db.run("delete from mailbox_aliases where team_id = $1 and mailbox_id = $2", [teamId, id]);
  await db.run("insert into mailbox_aliases (team_id, mailbox_id, email) select $1, $2, unnest($3::text[])", [
    teamId,
    id,
    aliases,
  ]);
}

export function hasTrackingDomain(db: Db, teamId: string, id: string) {
  return db.row("select 1 as one from tracking_domains where team_id = $1 and id = $2 for key share", [
    teamId,
    id,
  ]);
}

/** How many contacts and emails wait to be sent to from it. */
export async function countWaiting(db: Db, teamId: string, id: string) {
  const row = await db.row<{ waiting: number }>(
    `select (select count(*) from enrollments
              where team_id = $1 and mailbox_id = $2 and state in ('active', 'paused'))
          + (select count(*) from messages
              where team_id = $1 and mailbox_id = $2 and delivery in ('planned', 'claimed', 'dot')) as waiting`,
    [teamId, id],
  );
  return row?.waiting ?? 0;
}

/** Its server is no longer left alone. */
export function forgive(db: Db, teamId: string, id: string) {
  return db.run(
    "update mailboxes set failures = 0, backoff_until = null, backoff_reason = null where team_id = $1 and id = $2",
    [teamId, id],
  );
}

export function noteTest(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  return db.run(
    "update mailboxes set last_tested_at = $3, last_test_error = null where team_id = $1 and id = $2",
    [teamId, id, now],
  );
}

/** What has to be known of a mailbox to send from it. */
export type MailboxForSending = {
  id: string;
  userId: string;
  email: string;
  displayName: string | null;
  type: Mailbox["type"];
  aliases: string[];
  /** Of today, where a ramp says less than the mailbox's own. */
  dailyLimit: number | null;
  hourlyLimit: number | null;
  gapSeconds: number | null;
  visibility: Mailbox["visibility"];
  openTracking: boolean;
  clickTracking: boolean;
  /** Under which its links stand; null: under the installation's own address. */
  trackingDomain: string | null;
  /** Neither disconnected, nor broken, nor of a user who has left, nor a seed mailbox. */
  isConnected: boolean;
};

export function findSenders(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<MailboxForSending>(
    `select m.id, m.user_id, m.email, m.display_name, m.type, m.limit_today as daily_limit, m.hourly_limit, m.gap_seconds, m.visibility,
            m.open_tracking, m.click_tracking,
            (select d.domain from tracking_domains d
              where d.team_id = m.team_id and d.state = 'verified' and (d.id = m.tracking_domain_id or d.is_default)
              order by d.id = m.tracking_domain_id desc nulls last limit 1) as tracking_domain,
            coalesce((select array_agg(a.email order by a.email) from mailbox_aliases a
                       where a.team_id = m.team_id and a.mailbox_id = m.id), '{}') as aliases,
            m.is_active and m.revoked_at is null and u.deactivated_at is null and not m.is_seed as is_connected
       from mailboxes m
       join users u on u.team_id = m.team_id and u.id = m.user_id
      where m.team_id = $1 and m.id = any($2::text[])`,
    [teamId, ids],
  );
}
