// Contacts read plainly: each kind of part by a statement of its own, and all facts of the score by the database. What the
// product reads with fewer statements must be the same.

import type { Db } from "../db/connect.ts";
import type { ExtraEmail } from "../domain/contacts/contact-facts.ts";
import { seenAmong } from "../features/access/sharing/store.ts";
import { HELD_BY_ANSWER, type HeldByAnswer } from "../features/contacts/answer-holds/store.ts";
import { organizationOf } from "../features/contacts/company-ties/store.ts";
import { PAIRS } from "../features/contacts/contact-rows/writing-store.ts";
import type { PhoneRow } from "../features/contacts/contacts/parts-store.ts";
import type {
  AccountOfContact,
  ContactRow,
  EnrollmentRow,
} from "../features/contacts/contacts/reading-store.ts";
import { fieldValuesOf } from "../features/contacts/custom-fields/store.ts";
import { scoringOf } from "../features/contacts/scoring/store.ts";

type OfContact = { contactId: string };

const OF_PAGE = "team_id = $1 and contact_id = any($2::text[])";

/** In the order of the ids. `viewerId`: null for an admin, who sees all sequences. */
export async function plainContacts(
  db: Db,
  teamId: string,
  ids: readonly string[],
  viewerId: string | null,
): Promise<ContactRow[]> {
  const read = <Row>(sql: string) => db.rows<Row>(sql, [teamId, ids]);
  const own = await read<ContactRow>(
    `select c.team_id, c.id, c.name, c.linkedin_uid, c.email_domain_catchall, c.call_opted_out, c.last_activity_at,
        c.created_at, c.updated_at, ${PAIRS.map(([, [column]]) => `c.${column}`).join(", ")}
       from contacts c where c.team_id = $1 and c.id = any($2::text[])`,
  );
  const emails = await read<ExtraEmail & OfContact>(
    `select contact_id, email, email_status, email_true_status, source, free_domain
       from contact_emails where ${OF_PAGE} order by contact_id, position`,
  );
  const phones = await read<PhoneRow & OfContact>(
    `select contact_id, raw_number, sanitized_number, type, status, dnc_status, source_name
       from contact_phones where ${OF_PAGE} order by contact_id, position`,
  );
  const labels = await read<{ labelId: string } & OfContact>(
    `select contact_id, label_id from contact_labels where ${OF_PAGE} order by contact_id, added_at, label_id`,
  );
  const enrollments = await read<Omit<EnrollmentRow, "heldByAnswer"> & OfContact>(
    `select e.contact_id, e.id, e.sequence_id, e.state, e.inactive_reason, e.failure_reason, e.current_step_id,
        s.position as current_step_position, e.mailbox_id, m.user_id as mailbox_user_id, e.send_from_email, e.added_by,
        e.added_at, e.paused_at, e.resume_at, e.manually_set_unpause, e.finished_at, e.in_response_to
       from enrollments e
       left join sequence_steps s on s.team_id = e.team_id and s.id = e.current_step_id
       left join mailboxes m on m.team_id = e.team_id and m.id = e.mailbox_id
      where e.team_id = $1 and e.contact_id = any($2::text[]) and e.state <> 'removed'
      order by e.contact_id, e.added_at, e.id`,
  );
  const held = await read<{ held: HeldByAnswer | null } & OfContact>(
    `select c.id as contact_id, ${HELD_BY_ANSWER} as held
       from contacts c
      cross join lateral (select c.team_id, c.id as contact_id, 'active'::text as state) e
      where c.team_id = $1 and c.id = any($2::text[])`,
  );
  const accounts = await read<AccountOfContact>(
    `select id, domain, name, ${organizationOf("a")} as organization_id, account_stage_id, source, original_source, creator_id,
        owner_id, created_at, phone, phone_status, hubspot_id, salesforce_id, crm_owner_id, parent_account_id, linkedin_url,
        sanitized_phone, website_url, logo_url, industry, estimated_num_employees
       from accounts a
      where team_id = $1
        and id in (select account_id from contacts where team_id = $1 and id = any($2::text[]))`,
  );
  const fields = await fieldValuesOf(db, teamId, "contact", ids);
  const scorings = await scoringOf(db, teamId, ids);
  const sequenceIds = enrollments.map(({ sequenceId }) => sequenceId);
  const seen = await seenAmong(db, teamId, sequenceIds, viewerId);
  const heldOf = new Map(held.map((row) => [row.contactId, row.held]));
  const ofContact = <Row extends OfContact>(rows: readonly Row[], id: string) =>
    rows.filter(({ contactId }) => contactId === id);
  return ids.flatMap((id) => {
    const row = own.find((one) => one.id === id);
    const scoring = scorings.get(id);
    if (!row || !scoring) return [];
    return {
      ...row,
      emails: ofContact(emails, id),
      phones: ofContact(phones, id),
      labelIds: ofContact(labels, id).map(({ labelId }) => labelId),
      enrollments: ofContact(enrollments, id)
        .filter(({ sequenceId }) => seen.has(sequenceId))
        .map((one) => ({ ...one, heldByAnswer: heldOf.get(id) ?? null })),
      account: accounts.find((one) => one.id === row.accountId) ?? null,
      fields: fields.get(id) ?? {},
      scoring,
    };
  });
}
