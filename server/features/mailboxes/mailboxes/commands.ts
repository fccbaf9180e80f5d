// Mailboxes are connected, changed and disconnected. What needs the network runs before the act (trying.ts).

import type { Act } from "../../../app.ts";
import { cleanHtml } from "../../../kernel/html.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import { holdUser } from "../../identity/users/store.ts";
import { forgetLooks } from "../sent-elsewhere/store.ts";
import { type ConnectionChange, isRead, planConnection, type SignedIn, sealed } from "./connection.ts";
import { findManageable, isConnected, lockManageable, refuseForOthers } from "./managing.ts";
import { blank, type MailboxWish, type NewMailbox } from "./new-mailbox.ts";
import { rampNow, rampOf } from "./ramping.ts";
import { readSoon } from "./reading-store.ts";
import * as store from "./store.ts";
import type { Trial } from "./trying.ts";

type SignedInMailbox = MailboxWish & { email: string; signedIn: SignedIn };

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

async function refuseAbsentUser({ db, caller }: Act, userId: string) {
  const user = await holdUser(db, caller.teamId, userId);
  if (!user) throw new Refusal("record_not_found");
  if (user.deactivatedAt) throw new Refusal("user_deactivated");
}
