// What few contacts of a page have: further addresses, phone numbers, values of custom fields, an answer that holds
// them. One statement reads all four: each statement has a cost before it reads a row, and most pages have few of these
// rows.

import type { Db } from "../../../db/connect.ts";
import type { ExtraEmail, Phone } from "../../../domain/contacts/contact-facts.ts";
import { HELD_BY_ANSWER, type HeldByAnswer } from "../answer-holds/store.ts";
import { CONTACT_FIELD_VALUES } from "../custom-fields/store.ts";

export type PhoneRow = Phone & { status: string; dncStatus: string | null; sourceName: string | null };

export type ContactParts = {
  emails: ExtraEmail[];
  phones: PhoneRow[];
  fields: Record<string, unknown>;
  heldByAnswer: HeldByAnswer | null;
};

type PartRow = { contactId: string } & (
  | { kind: "email"; part: ExtraEmail }
  | { kind: "phone"; part: PhoneRow }
  | { kind: "fields"; part: Record<string, unknown> }
  | { kind: "held"; part: HeldByAnswer | null }
);

const OF_PAGE = "team_id = $1 and contact_id = any($2::text[])";

const EMAILS = `select 'email' as kind, contact_id, position, json_build_object('email', email, 'emailStatus', email_status,
    'emailTrueStatus', email_true_status, 'source', source, 'freeDomain', free_domain) as part
  from contact_emails where ${OF_PAGE}`;

const PHONES = `select 'phone', contact_id, position, json_build_object('rawNumber', raw_number, 'sanitizedNumber', sanitized_number,
    'type', type, 'status', status, 'dncStatus', dnc_status, 'sourceName', source_name)
  from contact_phones where ${OF_PAGE}`;

const FIELDS = `select 'fields', id, 0, fields::json from (${CONTACT_FIELD_VALUES}) v`;

// Once for each contact, and for none where the team has no such answer: finding out costs a digest of the address.
const HELD = `select 'held', c.id, 0, ${HELD_BY_ANSWER}::json
  from contacts c
 cross join lateral (select c.team_id, c.id as contact_id, 'active'::text as state) e
 where c.team_id = $1 and c.id = any($2::text[]) and exists (select from answer_hold_keys where team_id = $1)`;

const PARTS = `select kind, contact_id, part from (
    ${EMAILS}
    union all ${PHONES}
    union all ${FIELDS}
    union all ${HELD}) parts
  order by position`;

const nothing = (): ContactParts => ({ emails: [], phones: [], fields: {}, heldByAnswer: null });

/** What each contact has, by its id. */
export async function partsOf(db: Db, teamId: string, ids: readonly string[]) {
  const parts = new Map<string, ContactParts>();
  for (const row of await db.rows<PartRow>(PARTS, [teamId, ids])) {
    const of = parts.get(row.contactId) ?? nothing();
    parts.set(row.contactId, of);
    if (row.kind === "email") of.emails.push(row.part);
    else if (row.kind === "phone") of.phones.push(row.part);
    else if (row.kind === "fields") of.fields = row.part;
    else of.heldByAnswer = row.part;
  }
  return (id: string) => parts.get(id) ?? nothing();
}
