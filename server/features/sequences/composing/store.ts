// The facts that mails are filled with, for any number of people in three statements.

import type { Db } from "../../../db/connect.ts";
import type { Pasts } from "../../../domain/sequences/touch-choice.ts";
import type {
  CustomValue,
  MailAccountFacts,
  MailContactFacts,
  SenderFacts,
} from "../../../domain/templates/mail-facts.ts";
import type { TouchRow } from "../touches/store.ts";

type MailFactsQuery = {
  contactIds: readonly string[];
  mailboxIds: readonly string[];
  sequenceId: string;
};

type MailSender = SenderFacts & { signatureHtml: string | null };
type ComposingSequence = { name: string; zone: string; usesContactsZone: boolean };

export type ComposingFacts = {
  /** By contact. Who is not of the team is not in it. */
  people: Map<string, { contact: MailContactFacts; account: MailAccountFacts | null }>;
  /** By mailbox. */
  senders: Map<string, MailSender>;
  sequence: ComposingSequence | null;
  /** By contact: first sentences that a person has accepted. */
  openers: Map<string, string>;
};

export async function gatherFacts(db: Db, teamId: string, wanted: MailFactsQuery): Promise<ComposingFacts> {
  const [people, senders, sequence, openers] = await Promise.all([
    peopleOf(db, teamId, wanted.contactIds),
    sendersOf(db, teamId, wanted.mailboxIds),
    sequenceOf(db, teamId, wanted.sequenceId),
    openersOf(db, teamId, wanted),
  ]);
  return { people, senders, sequence, openers };
}

// Values of custom fields as people read them: choices by their names, times with their offset.
const valuesOf = (owner: "contact" | "account", id: string) => `(
  select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'value', case
           when v.option_ids is not null then (
             select case when f.type = 'picklist' then to_jsonb((array_agg(o.name))[1])
                         else jsonb_agg(o.name order by array_position(v.option_ids, o.id::text)) end
               from custom_field_options o
              where o.team_id = v.team_id and o.field_id = v.field_id and o.id = any(v.option_ids))
           when v.moment_value is not null
             then to_jsonb(to_char(v.moment_value at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
           else coalesce(to_jsonb(v.text_value), to_jsonb(v.number_value), to_jsonb(v.date_value),
                         to_jsonb(v.boolean_value))
         end) order by f.position, f.created_at, f.id), '[]')
    from ${owner}_field_values v
    join custom_fields f on f.team_id = v.team_id and f.id = v.field_id
   where v.team_id = $1 and v.${owner}_id = ${id})`;

const PEOPLE = `
  select c.id, c.first_name, c.last_name, c.name, c.title, c.headline, c.organization_name, c.email, c.linkedin_url,
         c.city, c.state, c.country, c.time_zone,
         coalesce(c.sanitized_phone, (select p.raw_number from contact_phones p
                                       where p.team_id = c.team_id and p.contact_id = c.id
                                       order by p.position limit 1)) as phone,
         ${valuesOf("contact", "c.id")} as custom_fields,
         a.id as account_id, a.name as account_name, a.domain as account_domain, a.website_url, a.phone as account_phone,
         a.industry, a.estimated_num_employees, a.annual_revenue::float8 as annual_revenue, a.founded_year,
         a.city as account_city, a.state as account_state, a.country as account_country,
         ${valuesOf("account", "a.id")} as account_custom_fields
    from contacts c
    left join accounts a on a.team_id = c.team_id and a.id = c.account_id
   where c.team_id = $1 and c.id = any($2::text[])`;

type Row = Omit<MailContactFacts, "customFields"> & {
  id: string;
  customFields: CustomValue[];
  accountId: string | null;
  accountName: string | null;
  accountDomain: string | null;
  websiteUrl: string | null;
  accountPhone: string | null;
  industry: string | null;
  estimatedNumEmployees: number | null;
  annualRevenue: number | null;
  foundedYear: number | null;
  accountCity: string | null;
  accountState: string | null;
  accountCountry: string | null;
  accountCustomFields: CustomValue[];
};

async function peopleOf(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<Row>(PEOPLE, [teamId, ids]);
  return new Map(rows.map((row) => [row.id, { contact: contactFrom(row), account: accountFrom(row) }]));
}

function contactFrom(row: Row): MailContactFacts {
  return {
    firstName: said(row.firstName),
    lastName: said(row.lastName),
    name: said(row.name),
    title: said(row.title),
    headline: said(row.headline),
    organizationName: said(row.organizationName),
    email: said(row.email),
    phone: said(row.phone),
    linkedinUrl: said(row.linkedinUrl),
    city: said(row.city),
    state: said(row.state),
    country: said(row.country),
    timeZone: said(row.timeZone),
    customFields: row.customFields,
  };
}

function accountFrom(row: Row): MailAccountFacts | null {
  if (row.accountId === null) return null;
  return {
    name: said(row.accountName),
    domain: said(row.accountDomain),
    websiteUrl: said(row.websiteUrl),
    phone: said(row.accountPhone),
    industry: said(row.industry),
    employees: row.estimatedNumEmployees,
    annualRevenue: row.annualRevenue,
    foundedYear: row.foundedYear,
    city: said(row.accountCity),
    state: said(row.accountState),
    country: said(row.accountCountry),
    customFields: row.accountCustomFields,
  };
}

/** What is empty is missing. */
function said(text: string | null) {
  return text?.trim() || null;
}

type SenderRow = MailSender & { id: string; displayName: string | null };

async function sendersOf(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<SenderRow>(
    `select m.id, m.email, m.display_name, m.signature_html, u.first_name, u.last_name, u.title, u.meeting_url,
            concat_ws(' ', u.first_name, u.last_name) as name
       from mailboxes m
       join users u on u.team_id = m.team_id and u.id = m.user_id
      where m.team_id = $1 and m.id = any($2::text[])`,
    [teamId, ids],
  );
  return new Map(
    rows.map(({ id, displayName, ...row }): [string, MailSender] => [
      id,
      {
        firstName: said(row.firstName),
        lastName: said(row.lastName),
        name: said(displayName) ?? said(row.name),
        title: said(row.title),
        meetingUrl: row.meetingUrl,
        email: said(row.email),
        signatureHtml: row.signatureHtml,
      },
    ]),
  );
}

/** With the schedule that says whose days and hours count; the team's default where the sequence names none. */
function sequenceOf(db: Db, teamId: string, id: string) {
  return db.row<ComposingSequence>(
    `select q.name, coalesce(s.time_zone, d.time_zone, 'UTC') as zone,
            coalesce(s.use_contacts_time_zone, d.use_contacts_time_zone, true) as uses_contacts_zone
       from sequences q
       left join schedules s on s.team_id = q.team_id and s.id = q.schedule_id
       left join schedules d on d.team_id = q.team_id and d.is_default
      where q.team_id = $1 and q.id = $2`,
    [teamId, id],
  );
}

/**
 * For a contact enrolled by a proposal, that proposal's opener. For one who is not enrolled, the opener of the proposal
 * that waits for a decision, as a preview.
 */
async function openersOf(db: Db, teamId: string, { contactIds, sequenceId }: MailFactsQuery) {
  if (sequenceId === "") return new Map<string, string>();
  const rows = await db.rows<{ contactId: string; opener: string }>(
    `select distinct on (p.contact_id) p.contact_id, s.opener
       from copilot_proposals p
       join model_suggestions s on s.team_id = p.team_id and s.proposal_id = p.id
       left join enrollments e on e.team_id = p.team_id and e.sequence_id = $3 and e.contact_id = p.contact_id
                              and e.state <> 'removed'
      where p.team_id = $1 and p.contact_id = any($2::text[]) and s.state = 'accepted'
        and case when e.id is not null then e.id = p.enrollment_id
                 else p.state = 'proposed' and exists (select from copilots k
                        where k.team_id = p.team_id and k.id = p.copilot_id and k.sequence_id = $3) end
      order by p.contact_id, s.decided_at desc`,
    [teamId, contactIds, sequenceId],
  );
  return new Map(rows.map((row) => [row.contactId, row.opener]));
}

type ReceivedRow = { contactId: string; position: number | null; touchIds: string[] };

/**
 * Who was sent what, as far as a choice among mails depends on it: nothing is asked of a sequence in which no mail goes with another.
 */
export async function pastsOf(
  db: Db,
  teamId: string,
  sequenceId: string,
  touches: readonly Pick<TouchRow, "goesWithTouchId">[],
  contactIds: readonly string[],
): Promise<Pasts> {
  const touchIds = [...new Set(touches.flatMap(({ goesWithTouchId }) => goesWithTouchId ?? []))];
  if (touchIds.length === 0) return null;
  const rows = await receivedOf(db, teamId, { sequenceId, contactIds, touchIds });
  return new Map(
    rows.map(({ contactId, position, ...row }) => [contactId, { position, received: new Set(row.touchIds) }]),
  );
}

/**
 * The given mails that enrolled contacts were sent, and the position of their current step. Queried contact by contact:
 * a plan made while there were few would read the whole sequence for each of them.
 */
function receivedOf(
  db: Db,
  teamId: string,
  wanted: { sequenceId: string; contactIds: readonly string[]; touchIds: readonly string[] },
) {
  const { sequenceId, contactIds, touchIds } = wanted;
  return db.rows<ReceivedRow>(
    `select e.contact_id, p.position,
            array(select o.touch_id::text
                    from (select * from messages m where m.team_id = e.team_id and m.enrollment_id = e.id offset 0) o
                   where o.touch_id = any($4::text[]) and o.delivery = 'sent' and o.copy_of is null) as touch_ids
       from unnest($3::text[]) as asked (contact_id)
      cross join lateral (
        select * from enrollments n
         where n.team_id = $1 and n.contact_id = asked.contact_id offset 0) e
       left join sequence_steps p on p.team_id = e.team_id and p.id = e.current_step_id
      where e.sequence_id = $2 and e.state <> 'removed'`,
    [teamId, sequenceId, contactIds, touchIds],
  );
}
