import type { App } from "../../../app.ts";
import { splitName } from "../../../domain/basics/names.ts";
import { hashPassword, saltOf } from "../../../kernel/passwords.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { hashToken } from "../../../kernel/tokens.ts";
import { record } from "../../events/events/store.ts";
import { endGrantsOfUser } from "../oauth-grants/store.ts";
import { type SignInOrigin, startSession } from "../sessions/commands.ts";
import { endSessionsOf } from "../sessions/store.ts";
import { findTeam } from "../teams/store.ts";
import { findUser, lockUser, setPassword, updateUser } from "../users/store.ts";
import * as store from "./store.ts";

/** Whom a link is for, so that the page can greet them. */
export async function checkInvitation(app: App, token: string) {
  const found = await findOpen(app, token);
  return app.db.inTeam(found.teamId, async (db) => {
    const invitation = await store.findInvitation(db, found.teamId, found.invitationId);
    const user = await lockUser(db, found.teamId, found.userId);
    const team = await findTeam(db, found.teamId);
    if (!invitation || !user || !team) throw new Refusal("invitation_not_open");
    return { invitation, user, team };
  });
}

export async function acceptInvitation(
  app: App,
  visitor: SignInOrigin,
  token: string,
  wish: { name: string | null; password: string },
) {
  const { teamId, invitationId, userId } = await findOpen(app, token);
  const invited = await app.db.inTeam(teamId, (db) => findUser(db, teamId, userId));
  if (!invited) throw new Refusal("invitation_not_open");
  const passwordHash = await hashPassword(wish.password, saltOf(app.secrets, invited.email));
  const now = app.now();
  const started = await app.db.inTeam(teamId, async (db) => {
    const user = await lockUser(db, teamId, userId);
    if (!user || !(await store.useInvitation(db, teamId, invitationId, now)))
      throw new Refusal("invitation_not_open");

    if (wish.name) await updateUser(db, teamId, userId, { ...user, ...splitName(wish.name) }, now);
    await setPassword(db, teamId, userId, passwordHash, now);
    await endSessionsOf(db, teamId, userId, now, null);
    await endGrantsOfUser(db, teamId, userId, "password_changed", now);
    const type = user.hasPassword ? "password.changed" : "user.joined";
    await record(
      { db, now, origin: visitor.origin, teamId, userId, apiKeyId: null },
      { type, subject: { type: "user", id: userId } },
    );
    return startSession(app, db, teamId, userId, visitor);
  });
  app.forgetCallers();
  return started;
}

async function findOpen(app: App, token: string) {
  const found = await app.db.inTransaction((db) => store.findOpenInvitation(db, hashToken(token), app.now()));
  if (!found) throw new Refusal("invitation_not_open");
  return found;
}
