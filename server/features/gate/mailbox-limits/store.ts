// Emails that wait for a limit of their mailbox, where nobody looks at them again every quarter of an hour.

import type { Db } from "../../../db/connect.ts";

const WAITS = `m.team_id = $1 and m.delivery = 'planned' and not m.is_queued and m.hold_code in ('limit:mailbox_day', 'limit:mailbox_hour')
  and m.next_check_at > cadenza_now()`;

/** SQL: some wait for a mailbox that was changed since they were looked at. */
export const LIMITS_CHANGED = `select from messages m join mailboxes b on b.team_id = $1 and b.id = m.mailbox_id and b.updated_at > m.updated_at
  where ${WAITS}`;

/** They are judged anew. Answers how many. */
export function lookAgainAtLimits(db: Db, teamId: string, { all }: { all: boolean }) {
  return db.run(
    `update messages m set next_check_at = cadenza_now(), updated_at = cadenza_now()
      where ${WAITS} and ($2 or exists (select from mailboxes b where b.team_id = $1 and b.id = m.mailbox_id and b.updated_at > m.updated_at))`,
    [teamId, all],
  );
}
