// Who may do what to one record. Whether a call may be made at all is decided before, by its key or role.

export type Actor = { userId: string; isAdmin: boolean; isPerson: boolean };

export type UserWish = "profile" | "role" | "password";

/** A password is changed by the person alone: not by an admin, and not by a key acting as them. */
export function mayChangeUser(actor: Actor, userId: string, wish: UserWish) {
  const isSelf = actor.userId === userId;
  switch (wish) {
    case "profile":
      return isSelf || actor.isAdmin;
    case "role":
      return actor.isAdmin;
    case "password":
      return isSelf && actor.isPerson;
  }
}

/** Who wrote a note changes and deletes it, and an admin. */
export function mayChangeNote(actor: Pick<Actor, "userId" | "isAdmin">, writerId: string | null) {
  return actor.isAdmin || actor.userId === writerId;
}

/** Whether contacts of another owner may be added to a sequence: as one's own, with the flag only, or not at all. */
export type Ownership = "free" | "flag" | "barred";

/** `isStrict`: the team has switched on that only owners add their contacts. A member's master key then has the member's rights. */
export function ownershipOf(
  actor: { userId: string; isAdmin: boolean; isMasterKey: boolean },
  owner: { id: string; isMate: boolean },
  isStrict: boolean,
): Ownership {
  if (actor.isAdmin || actor.userId === owner.id) return "free";
  if (isStrict) return owner.isMate ? "flag" : "barred";
  return actor.isMasterKey ? "free" : "flag";
}

/** Who may name another user as the one who adds. It changes what is recorded, and no rights. */
export function mayAddInAnothersName(actor: { isAdmin: boolean; isMasterKey: boolean }) {
  return actor.isAdmin || actor.isMasterKey;
}

/** Who saved a view changes it, and an admin what is shared with all. */
export function mayChangeView(
  actor: Pick<Actor, "userId" | "isAdmin">,
  view: { userId: string; isShared: boolean },
) {
  return actor.userId === view.userId || (actor.isAdmin && view.isShared);
}

/** Who made a workflow changes what it does in their name, and an admin. */
export function mayChangeWorkflow(actor: Pick<Actor, "userId" | "isAdmin">, madeByUserId: string) {
  return actor.isAdmin || actor.userId === madeByUserId;
}

/** A workflow acts with its owner's rights, so a member cannot give it to a user with more rights. */
export function mayGiveWorkflow({ isAdmin }: Pick<Actor, "isAdmin">) {
  return isAdmin;
}

/** Who made a copilot changes it and decides for it, or an admin. */
export function mayChangeCopilot(actor: Pick<Actor, "userId" | "isAdmin">, madeByUserId: string) {
  return actor.isAdmin || actor.userId === madeByUserId;
}

/** Events about people's access are for those who may read the audit log. */
export function maySeeAccessEvents(actor: { isMasterKey: boolean; isPerson: boolean; isAdmin: boolean }) {
  return actor.isMasterKey || (actor.isPerson && actor.isAdmin);
}

/** Long work is canceled by the user who asked for it, or by an admin. */
export function mayCancelProgress(actor: Pick<Actor, "userId" | "isAdmin">, askedByUserId: string) {
  return actor.isAdmin || actor.userId === askedByUserId;
}

/** Who made a change takes it back, or an admin. */
export function mayUndo(actor: Pick<Actor, "userId" | "isAdmin">, madeByUserId: string | null) {
  return actor.isAdmin || actor.userId === madeByUserId;
}

/** A recording is deleted by its host, by who added it, or by an admin. */
export function mayDeleteConversation(
  actor: Pick<Actor, "userId" | "isAdmin">,
  { userId, hostId }: { userId: string; hostId: string | null },
) {
  return actor.isAdmin || actor.userId === userId || actor.userId === hostId;
}
