import type { Act } from "../../app.ts";
import { nameOf } from "../../domain/names.ts";
import { mayChangeUser, type UserWish } from "../../domain/permissions.ts";
import { newId } from "../../ids.ts";
import { isPassword } from "../../passwords.ts";
import { Refusal } from "../../refusal.ts";
import { hashToken, newToken } from "../../tokens.ts";
import { byCaller, record } from "../events/store.ts";
import { INVITATION_LASTS, insertInvitation, revokeInvitations } from "../invitations/store.ts";
import { endSessionsOf } from "../sessions/store.ts";
import * as store from "./store.ts";

export type Invitation = {
  email: string;
  firstName: string | null;
  lastName: string | null;
  title: string | null;
  role: store.Role;
  isReset: boolean;
};

/** Makes a one-time link: for somebody new, somebody who has not joined yet, or a lost password. */
export async function inviteUser(act: Act, wish: Invitation) {
  const { db, now, caller } = act;
  const { teamId } = caller;
  await store.insertUser(db, teamId, { ...wish, id: newId(), isOperator: false, passwordHash: null }, now);
  const user = await store.lockUserByEmail(db, teamId, wish.email);
  if (!user) throw new Refusal("record_not_found");
  if (user.deactivatedAt) throw new Refusal("user_deactivated");
  // Whoever has the link becomes the person, and the operator is more than an admin of one team.
  if (user.isOperator && !caller.isOperator) throw new Refusal("operator_only");
  if (user.hasPassword !== wish.isReset) {
    throw wish.isReset
      ? new Refusal("record_not_found")
      : new Refusal("user_active_already", { email: user.email });
  }

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
    data: { email: user.email, purpose, role: user.role },
  });
  return { user, url: `${act.app.config.publicUrl}/invitation#${token}`, expiresAt };
}

export type Change = {
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  title?: string | null | undefined;
  role?: store.Role | undefined;
  password?: { hash: string; current: string } | undefined;
};

export async function updateUser(act: Act, id: string, change: Change) {
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

function refuseForbidden({ caller }: Act, user: store.UserRow, change: Change) {
  const wishes: UserWish[] = [];
  if (change.firstName !== undefined || change.lastName !== undefined || change.title !== undefined)
    wishes.push("profile");
  if (change.role !== undefined && change.role !== user.role) wishes.push("role");
  if (change.password) wishes.push("password");
  const acts = {
    userId: caller.userId,
    isAdmin: caller.role === "admin",
    isPerson: caller.credential.kind === "session",
  };
  if (!wishes.every((wish) => mayChangeUser(acts, user.id, wish))) throw new Refusal("admin_only");
}

/** Every other session ends: whoever stole the old password is out. */
async function changePassword(
  act: Act,
  user: store.UserRow,
  { hash, current }: { hash: string; current: string },
) {
  const { db, now, caller } = act;
  const known = await store.passwordHashOf(db, caller.teamId, user.id);
  if (!known || !(await isPassword(current, known))) throw new Refusal("wrong_password");
  await store.setPassword(db, caller.teamId, user.id, hash, now);
  await endSessionsOf(db, caller.teamId, user.id, now, caller.credential.id);
  await record(byCaller(act), { type: "password.changed", subject: subject(user) });
}

/** Ends every way in: sessions and open invitations here, keys because they look for an active person. */
export async function deactivateUser(act: Act, id: string) {
  const { db, now, caller } = act;
  const admins = await store.lockActiveAdmins(db, caller.teamId);
  const user = await store.lockUser(db, caller.teamId, id);
  if (!user) throw new Refusal("record_not_found");
  if (user.deactivatedAt) return user;
  if (isLastAdmin(admins, user)) throw new Refusal("last_admin");

  await store.setDeactivated(db, caller.teamId, id, now, now);
  await endSessionsOf(db, caller.teamId, id, now, null);
  await revokeInvitations(db, caller.teamId, id, now);
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

function changedKeys(change: Change) {
  return Object.keys(change).filter((key) => change[key as keyof Change] !== undefined);
}
