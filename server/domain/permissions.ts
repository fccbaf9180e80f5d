// Who may do what to whom. Whether a call may be made at all is decided at the door, by its key or
// role; these rules decide about one record.

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
