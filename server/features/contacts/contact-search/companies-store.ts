import type { Db } from "../../../db/connect.ts";

/** The lists that each account is on. */
export function accountLabelsOf(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<{ id: string; labelIds: string[] }>(
    `select account_id as id, array_agg(label_id order by added_at, label_id) as label_ids
       from account_labels where team_id = $1 and account_id = any($2::text[]) group by account_id`,
    [teamId, ids],
  );
}
