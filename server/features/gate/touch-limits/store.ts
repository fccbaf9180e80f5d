// What waits for the limits of the whole team, and goes on when they are changed.

import type { Db } from "../../../db/connect.ts";

/** What may go to one company in a day is another number now. */
export function lookAgainAtCompanies(db: Db, teamId: string) {
  return db.run(
    `update messages set next_check_at = cadenza_now()
      where team_id = $1 and delivery = 'planned' and hold_code = 'limit:domain_day' and next_check_at > cadenza_now()`,
    [teamId],
  );
}

/** The limits are others now: mails that wait for them are judged anew. */
export function lookAgainAtTouches(db: Db, teamId: string) {
  return db.run(
    `update messages set next_check_at = cadenza_now()
      where team_id = $1 and delivery = 'planned' and hold_code = 'limit:touches' and next_check_at > cadenza_now()`,
    [teamId],
  );
}

/** And the same for steps that are due and are no automatic mail. */
export function lookAgainAtSteps(db: Db, teamId: string) {
  return db.run(
    `update enrollments e set plan_at = cadenza_now()
       from sequence_steps p
      where e.team_id = $1 and e.state = 'active' and e.plan_at > cadenza_now() and e.due_at <= cadenza_now()
        and p.team_id = e.team_id and p.id = e.current_step_id and p.type <> 'auto_email'`,
    [teamId],
  );
}
