// Contacts with whom the emails of a sequence are tried out, and what decides about an email beside the contact itself.

import type { Db } from "../../../db/connect.ts";
import type { StandingRow } from "../../gate/facts/facts-store.ts";

type Standing = Pick<StandingRow, "allowsUnverified" | "allowsNoEmail" | "hasSentMail">;
export type TrialContact = Standing & { contactId: string; mailboxId: string | null };

/** Who is in the sequence and has not finished it, the last added first. */
export function listMembers(db: Db, teamId: string, sequenceId: string, limit: number) {
  return db.rows<TrialContact>(
    `select e.contact_id, e.mailbox_id, e.allows_unverified, e.allows_no_email,
            exists (select from messages m
                     where m.team_id = e.team_id and m.enrollment_id = e.id and m.delivery = 'sent') as has_sent_mail
       from enrollments e
      where e.team_id = $1 and e.sequence_id = $2 and e.state in ('active', 'paused')
      order by e.id desc limit $3`,
    [teamId, sequenceId, limit],
  );
}

const NEW =
  "null::text as mailbox_id, false as allows_unverified, false as allows_no_email, false as has_sent_mail";

export function listOfLabel(db: Db, teamId: string, labelId: string, limit: number) {
  return db.rows<TrialContact>(
    `select l.contact_id, ${NEW} from contact_labels l
      where l.team_id = $1 and l.label_id = $2 order by l.contact_id desc limit $3`,
    [teamId, labelId, limit],
  );
}

export function listNewest(db: Db, teamId: string, limit: number) {
  return db.rows<TrialContact>(
    `select id as contact_id, ${NEW} from contacts
      where team_id = $1 order by created_at desc, id desc limit $2`,
    [teamId, limit],
  );
}

type StageOfContact = {
  contactId: string;
  excludedStage: StandingRow["excludedStage"];
  excludedAccountStage: (NonNullable<StandingRow["excludedAccountStage"]> & { accountId: string }) | null;
};

/** Contacts who are in a stage that the sequence does not mail. */
export function listInExcludedStages(db: Db, teamId: string, sequenceId: string, ids: readonly string[]) {
  return db.rows<StageOfContact>(
    `select c.id as contact_id,
            case when s.id is not null then jsonb_build_object('id', s.id, 'name', s.name) end as excluded_stage,
            case when t.id is not null
              then jsonb_build_object('id', t.id, 'name', t.name, 'accountId', a.id) end as excluded_account_stage
       from contacts c
       left join accounts a on a.team_id = c.team_id and a.id = c.account_id
       left join sequence_excluded_contact_stages x
         on x.team_id = c.team_id and x.sequence_id = $2 and x.stage_id = c.contact_stage_id
       left join contact_stages s on s.team_id = x.team_id and s.id = x.stage_id
       left join sequence_excluded_account_stages y
         on y.team_id = a.team_id and y.sequence_id = $2 and y.stage_id = a.account_stage_id
       left join account_stages t on t.team_id = y.team_id and t.id = y.stage_id
      where c.team_id = $1 and c.id = any($3::text[]) and (s.id is not null or t.id is not null)`,
    [teamId, sequenceId, ids],
  );
}
