// Mailboxes are connected, changed, tried and disconnected. What needs the network (trying a connection) runs
// before the act, in functions that take the app; what they found out is handed on as a plan.

import type { Act, App, Caller } from "../../../app.ts";
import { mayManage } from "../../../domain/identity/sharing.ts";
import { cleanHtml } from "../../../kernel/html.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import { holdUser } from "../../identity/users/store.ts";
import { forgetLooks } from "../sent-elsewhere/store.ts";
import {
  type ConnectionChange,
  type ConnectionWish,
  isRead,
  planConnection,
  type SignedIn,
  sealed,
  serversOf,
} from "./connection.ts";
import { type RampWish, rampNow, rampOf } from "./ramping.ts";
import { readSoon } from "./reading-store.ts";
import { withServers } from "./servers-sought.ts";
import * as store from "./store.ts";
import { takeTrial } from "./trials.ts";

type MailboxWish = ConnectionWish & {
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

type NewMailbox = MailboxWish & {
  email: string;
  type: store.Mailbox["type"];
  /** Of both servers, which are looked for where none is told. */
  password?: string | undefined;
};

/** Whether the connection was tried, for the row to say so. */
export type Trial = { wasTried: boolean };

export async function tryNewMailbox(
  app: App,
  caller: Caller,
  told: NewMailbox,
  isTried: boolean,
): Promise<Trial & { wish: NewMailbox }> {
  refuseForOthers(caller, told.userId ?? caller.userId);
  if (told.type === "catcher" && !(await app.catcher.open())) throw new Refusal("catcher_not_running");
  const [first, ...others] = await withServers(app, caller, told);
  const tryOne = async (wish: NewMailbox) => ({
    wish,
    ...(await tryConnection(app, caller, blank(wish, caller, app.now()), wish, isTried)),
  });
  let tried = tryOne(first);
  for (const other of others)
    tried = tried.catch((refusal: Refusal) =>
      isNotLetIn(refusal) ? tryOne(other) : Promise.reject(refusal),
    );
  return tried;
}

function isNotLetIn({ code }: Refusal) {
  return code === "smtp_auth_failed" || code === "imap_auth_failed";
}

export async function tryChange(
  app: App,
  caller: Caller,
  id: string,
  wish: MailboxWish,
  isTried: boolean,
): Promise<Trial> {
  const { smtp, imap, oauth, connectedBy } = wish;
  const mailbox = await app.db.inTeam(caller.teamId, (db) => store.findSealedMailbox(db, caller.teamId, id));
  refuseUnmanageable(mailbox, caller);
  if ([smtp, imap, oauth, connectedBy].every((told) => told === undefined)) return { wasTried: false };
  return tryConnection(app, caller, mailbox, wish, isTried);
}

/** As it is stored, with nothing changed. */
export async function tryMailbox(app: App, caller: Caller, id: string): Promise<Trial> {
  const mailbox = await app.db.inTeam(caller.teamId, (db) => store.findSealedMailbox(db, caller.teamId, id));
  refuseUnmanageable(mailbox, caller);
  return tryConnection(app, caller, mailbox, {}, true);
}

type SignedInMailbox = MailboxWish & { email: string; signedIn: SignedIn };

/** With the tokens that a sign-in brought, before anything is stored. */
export async function trySignedIn(app: App, caller: Caller, email: string, signedIn: SignedIn) {
  const { teamId } = caller;
  const known = await app.db.inTeam(teamId, (db) => store.findMailboxByEmail(db, teamId, email));
  if (isConnected(known)) refuseUnmanageable(known, caller);
  const mailbox = isConnected(known) ? known : blank({ email, type: signedIn.type }, caller, app.now());
  return tryConnection(app, caller, mailbox, { signedIn }, true);
}

/** The mailbox of the address gets the new tokens; its settings stay. Where there is none, it is connected. */
export async function connectSignedIn(act: Act, { email, signedIn, ...settings }: SignedInMailbox) {
  const { db, caller } = act;
  const trial = { wasTried: true };
  await store.lockMailboxes(db, caller.teamId);
  const known = await store.findMailboxByEmail(db, caller.teamId, email);
  if (!isConnected(known))
    return connectMailbox(act, { ...settings, email, type: signedIn.type, signedIn }, trial);
  const mailbox = await lockManageable(act, known.id);
  return save(act, mailbox, { signedIn }, trial, "email_account.signed_in");
}

function isConnected(known: store.Mailbox | null): known is store.Mailbox {
  return known !== null && known.revokedAt === null;
}

/** Of the caller, or of anyone where an admin asks. */
export async function findManageable({ db, caller }: Pick<Act, "db" | "caller">, id: string) {
  const mailbox = await store.findSealedMailbox(db, caller.teamId, id);
  refuseUnmanageable(mailbox, caller);
  return mailbox;
}

/**
 * With its row locked before it is read, since it is written as a whole: engines write to it without the lock of the list, such as
 * when its password is refused.
 */
async function lockManageable(act: Act, id: string) {
  await store.lockMailbox(act.db, act.caller.teamId, id);
  return findManageable(act, id);
}

async function tryConnection(
  app: App,
  caller: Caller,
  mailbox: store.Mailbox,
  wish: ConnectionWish,
  isTried: boolean,
) {
  const plan = planConnection(mailbox, wish, app.config);
  const servers = serversOf(app, caller.teamId, mailbox, plan);
  if (!isTried) {
    const refused = await app.mail.judgeHosts(servers);
    if (refused) throw new Refusal(refused);
    return { wasTried: false };
  }
  takeTrial(caller.teamId, app.now());
  const failure = await app.mail.test(servers);
  if (!failure) return { wasTried: true };
  if (!("phase" in failure)) throw new Refusal(failure.code);
  const { code, phase, serverSaid } = failure;
  throw new Refusal(code, {}, { details: { phase, server_said: serverSaid } });
}

export async function connectMailbox(act: Act, wish: NewMailbox, trial: Trial) {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const userId = wish.userId ?? caller.userId;
  await store.lockMailboxes(db, teamId);
  await refuseAbsentUser(act, userId);
  await holdTrackingDomain(act, wish);
  const known = await store.findMailboxByEmail(db, teamId, wish.email);
  if (known && known.revokedAt === null) throw new Refusal("mailbox_exists", { email: wish.email });

  // The same mailbox comes back under its id: what waited for it, and answers to what it sent, find it. Its ramp goes on, since the
  // servers of its recipients remember how much it sent.
  const fresh = blank(wish, caller, now);
  const isBack = known !== null && known.userId === userId;
  const mailbox = isBack ? { ...fresh, ...remaining(known) } : fresh;
  const isDefault = !wish.isSeed && (wish.isDefault ?? !(await store.hasDefault(db, teamId, userId)));
  return save(
    act,
    mailbox,
    { ...wish, userId, isDefault, aliases: wish.aliases ?? [] },
    trial,
    "email_account.connected",
  );
}

function remaining(known: store.Mailbox) {
  const { id, createdAt, lastSyncedAt } = known;
  return { id, createdAt, lastSyncedAt, ...rampOf(known) };
}

export async function changeMailbox(act: Act, id: string, wish: MailboxWish, trial: Trial) {
  const { db, caller } = act;
  await store.lockMailboxes(db, caller.teamId);
  await holdTrackingDomain(act, wish);
  const mailbox = await lockManageable(act, id);
  if (wish.userId !== undefined && wish.userId !== mailbox.userId) {
    refuseForOthers(caller, wish.userId);
    await refuseAbsentUser(act, wish.userId);
  }
  return save(act, mailbox, wish, trial, "email_account.changed");
}

async function save(act: Act, mailbox: store.Mailbox, wish: MailboxWish, trial: Trial, type: EventType) {
  const { db, now, app, caller } = act;
  const { teamId } = caller;
  const plan = planConnection(mailbox, wish, app.config);
  const next: store.Mailbox = {
    ...mailbox,
    ...plan.columns,
    ...sealed(app.secrets, teamId, mailbox, plan),
    userId: wish.userId ?? mailbox.userId,
    isDefault: wish.isDefault ?? (mailbox.isDefault && !movesAway(mailbox, wish)),
    displayName: kept(wish.displayName, mailbox.displayName),
    signatureHtml: wish.signatureHtml
      ? cleanHtml(wish.signatureHtml)
      : kept(wish.signatureHtml, mailbox.signatureHtml),
    visibility: wish.visibility ?? mailbox.visibility,
    openTracking: wish.openTracking ?? mailbox.openTracking,
    clickTracking: wish.clickTracking ?? mailbox.clickTracking,
    plusAddressing: wish.plusAddressing ?? mailbox.plusAddressing,
    trackingDomainId: kept(wish.trackingDomainId, mailbox.trackingDomainId),
    dailyLimit: kept(wish.dailyLimit, mailbox.dailyLimit),
    hourlyLimit: kept(wish.hourlyLimit, mailbox.hourlyLimit),
    gapSeconds: kept(wish.gapSeconds, mailbox.gapSeconds),
    newContactsLimit: kept(wish.newContactsLimit, mailbox.newContactsLimit),
    isSeed: wish.isSeed ?? mailbox.isSeed,
    ...(trial.wasTried && { lastTestedAt: now, lastTestError: null }),
    // Signing in again switches on a mailbox that was switched off because its provider rejected our sign-in.
    ...(signsInAnew(plan) && { isActive: true, inactiveReason: null }),
    ...(wish.ramp !== undefined && (await rampNow(act, mailbox, wish.ramp))),
    updatedAt: now,
  };
  next.countsSentElsewhere = countsElsewhere(next, wish);
  if (next.isSeed) await becomeSeed(act, next, mailbox.isSeed);
  if (next.isDefault) await store.clearDefault(db, teamId, next.userId, now);
  await store.writeMailbox(db, teamId, next);
  await readSoon(db, teamId, next.id);
  if (next.countsSentElsewhere && !mailbox.countsSentElsewhere) await forgetLooks(db, teamId, next.id);
  if (signsInAnew(plan)) await store.forgive(db, teamId, next.id);
  if (movesAway(mailbox, wish) || (next.isSeed && mailbox.isDefault))
    await store.chooseDefault(db, teamId, mailbox.userId, now);
  if (wish.aliases) await store.replaceAliases(db, teamId, next.id, distinct(wish.aliases, next.email));
  return told(act, type, next);
}

/** Before the mailbox: deleting a domain locks it first, and then its mailboxes. */
async function holdTrackingDomain({ db, caller }: Act, { trackingDomainId: id }: MailboxWish) {
  if (id && !(await store.hasTrackingDomain(db, caller.teamId, id)))
    throw new Refusal("tracking_domain_unknown", { id });
}

/** Read, and with nothing left to send. It is no user's default. */
async function becomeSeed({ db, caller }: Act, next: store.Mailbox, wasSeed: boolean) {
  if (next.type === "catcher") throw new Refusal("placement_stays_here");
  if (!isRead(next)) throw new Refusal("seed_not_read");
  next.isDefault = false;
  if (!wasSeed && (await store.countWaiting(db, caller.teamId, next.id)) > 0)
    throw new Refusal("seed_sends", { address: next.email });
}

/** Where there is no reading there is no looking; a mailbox that is read no longer stops counting by itself. */
function countsElsewhere(mailbox: store.Mailbox, wish: MailboxWish) {
  if (wish.countsSentElsewhere && !isRead(mailbox)) throw new Refusal("mailbox_not_read");
  return isRead(mailbox) && (wish.countsSentElsewhere ?? mailbox.countsSentElsewhere);
}

/** With another password, token or server: what went wrong before says nothing any more. */
function signsInAnew({ columns, secrets }: ConnectionChange) {
  return Boolean(secrets.oauthAccessToken || secrets.smtpPassword) || "smtpHost" in columns;
}

function movesAway(mailbox: store.Mailbox, wish: MailboxWish) {
  return wish.userId !== undefined && wish.userId !== mailbox.userId;
}

export async function disconnectMailbox(act: Act, id: string) {
  const { db, now, caller } = act;
  await store.lockMailboxes(db, caller.teamId);
  const mailbox = await lockManageable(act, id);
  const next: store.Mailbox = {
    ...mailbox,
    ...(Object.fromEntries(store.SEALED_COLUMNS.map((column) => [column, null])) as store.Sealed),
    isActive: false,
    isDefault: false,
    inactiveReason: "disconnected",
    revokedAt: now,
    updatedAt: now,
  };
  await store.writeMailbox(db, caller.teamId, next);
  if (mailbox.isDefault) await store.chooseDefault(db, caller.teamId, mailbox.userId, now);
  return told(act, "email_account.disconnected", next);
}

export async function noteTrial(act: Act, id: string) {
  const { db, now, caller } = act;
  const mailbox = await findManageable(act, id);
  await store.noteTest(db, caller.teamId, id, now);
  return told(act, "email_account.tested", mailbox);
}

function blank(wish: NewMailbox, caller: Caller, now: Temporal.Instant): store.Mailbox {
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

function kept<T>(wish: T | undefined, stored: T) {
  return wish === undefined ? stored : wish;
}

/** An alias once, however it is capitalized, and never the mailbox's own address. */
function distinct(aliases: readonly string[], email: string) {
  const byAddress = new Map(aliases.map((alias) => [alias.toLowerCase(), alias]));
  byAddress.delete(email.toLowerCase());
  return [...byAddress.values()];
}

async function told(act: Act, type: EventType, { id, email }: store.Mailbox) {
  await record(byCaller(act), { type, subject: { type: "email_account", id }, data: { email } });
  const [row] = await store.findMailboxes(act.db, act.caller.teamId, [id]);
  if (!row) throw new Refusal("record_not_found");
  return row;
}

/** Everyone of the team sees a mailbox; its owner and admins change it. */
function refuseUnmanageable(mailbox: store.Mailbox | null, caller: Caller): asserts mailbox is store.Mailbox {
  if (!mailbox || mailbox.revokedAt) throw new Refusal("record_not_found");
  const shared = { ownerId: mailbox.userId, visibility: mailbox.visibility, accessType: null, shares: [] };
  const { userId, teamId, role } = caller;
  if (!mayManage(shared, { userId, teamId, isAdmin: role === "admin", subteamIds: [] }))
    throw new Refusal("mailbox_of_another");
}

function refuseForOthers(caller: Caller, userId: string) {
  if (userId !== caller.userId && caller.role !== "admin") throw new Refusal("mailbox_of_another");
}

async function refuseAbsentUser({ db, caller }: Act, userId: string) {
  const user = await holdUser(db, caller.teamId, userId);
  if (!user) throw new Refusal("record_not_found");
  if (user.deactivatedAt) throw new Refusal("user_deactivated");
}
