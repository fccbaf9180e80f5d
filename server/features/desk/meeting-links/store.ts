import type { Db } from "../../../db/connect.ts";

export type Invited = {
  name: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
};

export function findInvited(db: Db, teamId: string, contactId: string) {
  return db.row<Invited>(
    "select name, first_name, last_name, email from contacts where team_id = $1 and id = $2",
    [teamId, contactId],
  );
}
