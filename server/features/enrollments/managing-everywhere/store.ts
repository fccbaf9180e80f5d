import type { Db } from "../../../db/connect.ts";
import type { EnrollmentState } from "../../../domain/enrollments/enrollment.ts";

type PeopleWish = {
  accountIds: readonly string[];
  contactIds: readonly string[];
  states: readonly EnrollmentState[];
};

/** In which sequences the people of some companies, and some contacts, are in one of these states. */
export function pairsOf(db: Db, teamId: string, { accountIds, contactIds, states }: PeopleWish) {
  return db.rows<{ sequenceId: string; contactId: string }>(
    `select e.sequence_id, e.contact_id
       from (select c.id from contacts c where c.team_id = $1 and c.account_id = any ($2::text[])
             union
             select c.id from contacts c where c.team_id = $1 and c.id = any ($3::text[])) whom
       join enrollments e on e.team_id = $1 and e.contact_id = whom.id
      where e.state = any ($4::text[])`,
    [teamId, accountIds, contactIds, states],
  );
}
