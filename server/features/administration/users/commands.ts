import type { Language } from "@cadenza/contract/languages";
import type { Act, App, Caller } from "../../../app.ts";
import { nameOf } from "../../../domain/basics/names.ts";
import { mayChangeUser, type UserWish } from "../../../domain/identity/permissions.ts";
import { meetingPage } from "../../../domain/templates/meeting-link.ts";
import { isDialLink, NUMBER_PLACE } from "../../../domain/work/dial-link.ts";
import { cleanHtml } from "../../../kernel/html.ts";
import { newId } from "../../../kernel/ids.ts";
import { hashPassword, isPassword, saltOf } from "../../../kernel/passwords.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { hashToken, newToken } from "../../../kernel/tokens.ts";
import { loseUser } from "../../enrollments/enrollments/enrollment-events.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { INVITATION_LASTS, insertInvitation, revokeInvitations } from "../../identity/invitations/store.ts";
import { endGrantsOfUser } from "../../identity/oauth-grants/store.ts";
import { guarded } from "../../identity/sessions/commands.ts";
import { endSessionsOf } from "../../identity/sessions/store.ts";
import * as store from "../../identity/users/store.ts";

export type Invitation = {
  email: string;
  firstName: string | null;
  lastName: string | null;
  title: string | null;
  /** Null leaves it as it was, and makes a new user a member. */
  role: store.UserRole | null;
  isReset: boolean;
};

/** Makes a one-time link: for a new user, one who has not joined yet, or a lost password. */
export async function inviteUser(act: Act, wish: Invitation) {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const newcomer = {
    ...wish,
    role: wish.role ?? "member",
    id: newId(),
    isOperator: false,
    passwordHash: null,
  };
  await store.insertUser(db, teamId, newcomer, now);
  const user = await store.lockUserByEmail(db, teamId, wish.email);
  if (!user) throw new Refusal("record_not_found");
  if (user.deactivatedAt) throw new Refusal("user_deactivated");
  // The holder of the link becomes the user, and the operator is more than an admin of one team.
  if (user.isOperator && !caller.isOperator) throw new Refusal("operator_only");
  if (user.hasPassword !== wish.isReset) {
    throw wish.isReset
      ? new Refusal("record_not_found")
      : new Refusal("user_active_already", { email: user.email });
  }

  const invited = user.hasPassword ? user : await correctInvited(act, user, wish);

  const token = newToken("cdz_inv");
  const expiresAt = now.add(INVITATION_LASTS);
  const purpose = wish.isReset ? "reset" : "join";
  await revokeInvitations(db, teamId, user.id, now);
  await insertInvitation(
    db,
    teamId,
    {
      id: newId(),
      userId: user.id,
      purpose,
      tokenHash: hashToken(token),
      createdBy: caller.userId,
      expiresAt,
    },
    now,
  );
  await record(byCaller(act), {
    type: "user.invited",
    subject: subject(user),
    data: { email: user.email, purpose, role: invited.role },
  });
  return { user: invited, url: `${act.app.config.publicUrl}/invitation#${token}`, expiresAt };
}

/** Invited once more, perhaps because the first time had a wrong name or role. */
async function correctInvited({ db, now, caller }: Act, user: store.UserRow, wish: Invitation) {
  const change = {
    firstName: wish.firstName ?? user.firstName,
    lastName: wish.lastName ?? user.lastName,
    title: wish.title ?? user.title,
    role: wish.role ?? user.role,
  };
  await store.updateUser(db, caller.teamId, user.id, { ...user, ...change }, now);
  return { ...user, ...change };
}

/** A new password's hash, and the hash of the one that was proved to be known. */
type ProvedPassword = { hash: string; replaces: string };

/**
 * Checks the current password, and hashes the new one. Both take tens of milliseconds, so this comes before the
 * transaction.
 */
export async function provePassword(
  app: App,
  caller: Caller,
  address: string | null,
  { whose, current, wanted }: { whose: string; current: string; wanted: string },
): Promise<ProvedPassword> {
  if (!mayChangeUser(actorOf(caller), whose, "password")) throw new Refusal("admin_only");
  const { teamId, userId } = caller;
  const { user, known } = await app.db.inTeam(teamId, async (db) => ({
    user: await store.findUser(db, teamId, userId),
    known: await store.passwordHashOf(db, teamId, userId),
  }));
  const replaces = await guarded(app, { line: `password of ${userId}`, address }, async () =>
    known && (await isPassword(current, known)) ? known : null,
  );
  if (!user || replaces === null) throw new Refusal("wrong_password");
  return { hash: await hashPassword(wanted, saltOf(app.secrets, user.email)), replaces };
}

type UserUpdate = {
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  title?: string | null | undefined;
  role?: store.UserRole | undefined;
  includesOptOut?: boolean | null | undefined;
  optOutTemplate?: string | null | undefined;
  language?: Language | null | undefined;
  meetingUrl?: string | null | undefined;
  dialLink?: string | null | undefined;
  password?: ProvedPassword | undefined;
};

export async function updateUser(act: Act, id: string, change: UserUpdate) {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const admins = await store.lockActiveAdmins(db, teamId);
  const user = await store.lockUser(db, teamId, id);
  if (!user) throw new Refusal("record_not_found");
  refuseForbidden(act, user, change);
  if (change.role === "member" && isLastAdmin(admins, user)) throw new Refusal("last_admin");

  const next = {
    firstName: change.firstName === undefined ? user.firstName : change.firstName,
    lastName: change.lastName === undefined ? user.lastName : change.lastName,
    title: change.title === undefined ? user.title : change.title,
    role: change.role ?? user.role,
    includesOptOut: change.includesOptOut === undefined ? user.includesOptOut : change.includesOptOut,
    optOutTemplate:
      change.optOutTemplate === undefined
        ? user.optOutTemplate
        : cleanHtml(change.optOutTemplate ?? "") || null,
    language: change.language === undefined ? user.language : change.language,
    meetingUrl: change.meetingUrl === undefined ? user.meetingUrl : pageOf(change.meetingUrl),
    dialLink: change.dialLink === undefined ? user.dialLink : dialLinkOf(change.dialLink),
  };
  await store.updateUser(db, teamId, id, next, now);
  if (change.password) await changePassword(act, user, change.password);
  await record(byCaller(act), {
    type: "user.changed",
    subject: subject(user),
    data: { name: nameOf(user), changed: changedKeys(change) },
  });
  act.afterCommit(act.app.forgetCallers);
  return { ...user, ...next };
}

function pageOf(url: string | null) {
  if (!url?.trim()) return null;
  const page = meetingPage(url.trim());
  if (page === null) throw new Refusal("meeting_url_invalid");
  return page;
}

function dialLinkOf(link: string | null) {
  const trimmed = link?.trim() ?? "";
  if (trimmed === "") return null;
  if (!isDialLink(trimmed)) throw new Refusal("dial_link_invalid", { place: NUMBER_PLACE });
  return trimmed;
}

function refuseForbidden({ caller }: Act, user: store.UserRow, change: UserUpdate) {
  const wishes: UserWish[] = [];
  const { firstName, lastName, title, includesOptOut, optOutTemplate, language, meetingUrl, dialLink } =
    change;
  const profile = [
    firstName,
    lastName,
    title,
    includesOptOut,
    optOutTemplate,
    language,
    meetingUrl,
    dialLink,
  ];
  if (profile.some((one) => one !== undefined)) wishes.push("profile");
  if (change.role !== undefined && change.role !== user.role) wishes.push("role");
  if (change.password) wishes.push("password");
  const actor = actorOf(caller);
  if (!wishes.every((wish) => mayChangeUser(actor, user.id, wish))) throw new Refusal("admin_only");
}

function actorOf({ userId, role, credential }: Caller) {
  return { userId, isAdmin: role === "admin", isPerson: credential.kind === "session" };
}

/**
 * Every other session ends, and so does every application that was granted access: a thief of the old password is
 * out.
 */
async function changePassword(act: Act, user: store.UserRow, { hash, replaces }: ProvedPassword) {
  const { db, now, caller } = act;
  const known = await store.passwordHashOf(db, caller.teamId, user.id);
  if (known !== replaces) throw new Refusal("wrong_password"); // another change came first
  await store.setPassword(db, caller.teamId, user.id, hash, now);
  await endSessionsOf(db, caller.teamId, user.id, now, caller.credential.id);
  await endGrantsOfUser(db, caller.teamId, user.id, "password_changed", now);
  await record(byCaller(act), { type: "password.changed", subject: subject(user) });
}

/** Ends every way in: sessions and open invitations here, keys because they look for an active person. */
export async function deactivateUser(act: Act, id: string) {
  const { db, now, caller } = act;
  const admins = await store.lockActiveAdmins(db, caller.teamId);
  const user = await store.lockUser(db, caller.teamId, id);
  if (!user) throw new Refusal("record_not_found");
  if (user.deactivatedAt) return user;
  if (user.isOperator && !caller.isOperator) throw new Refusal("operator_only");
  if (isLastAdmin(admins, user)) throw new Refusal("last_admin");

  await store.setDeactivated(db, caller.teamId, id, now, now);
  await endSessionsOf(db, caller.teamId, id, now, null);
  await endGrantsOfUser(db, caller.teamId, id, "person_deactivated", now);
  await revokeInvitations(db, caller.teamId, id, now);
  await loseUser(byCaller(act), id);
  await record(byCaller(act), {
    type: "user.deactivated",
    subject: subject(user),
    data: { name: nameOf(user) },
  });
  act.afterCommit(act.app.forgetCallers);
  return { ...user, deactivatedAt: now };
}

export async function reactivateUser(act: Act, id: string) {
  const { db, now, caller } = act;
  const user = await store.lockUser(db, caller.teamId, id);
  if (!user) throw new Refusal("record_not_found");
  if (!user.deactivatedAt) return user;
  await store.setDeactivated(db, caller.teamId, id, null, now);
  await record(byCaller(act), {
    type: "user.reactivated",
    subject: subject(user),
    data: { name: nameOf(user) },
  });
  return { ...user, deactivatedAt: null };
}

function isLastAdmin(admins: readonly string[], user: store.UserRow) {
  return admins.length === 1 && admins[0] === user.id;
}

function subject(user: store.UserRow) {
  return { type: "user", id: user.id } as const;
}

function changedKeys(change: UserUpdate) {
  return Object.keys(change).filter((key) => change[key as keyof UserUpdate] !== undefined);
}
