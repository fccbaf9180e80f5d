// Contacts with everything that shows on them. What most contacts have is one statement for the whole page, what few have one
// for all kinds (parts-store.ts), all of them on their way together: building the parts as JSON inside the statement for contacts took twice as long, and they had to be parsed again.

import type { Db } from "../../../db/connect.ts";
import type { ContactFacts, ExtraEmail } from "../../../domain/contacts/contact-facts.ts";
import type { Formula } from "../../../domain/contacts/prospect-score.ts";
import type { Fact } from "../../../domain/contacts/score-fields.ts";
import { seenAmong } from "../../access/sharing/store.ts";
import type { HeldByAnswer } from "../answer-holds/store.ts";
import { organizationOf } from "../company-ties/store.ts";
import { PAIRS } from "../contact-rows/writing-store.ts";
import { expressionOf, MAY_BE_CONTACTED } from "../scoring/expression.ts";
import { factsOf, readFormula, signalsToAsk } from "../scoring/formula.ts";
import type { FormulaRow } from "../scoring/formulas-store.ts";
import type { Scoring } from "../scoring/store.ts";
import { type ContactParts, type PhoneRow, partsOf } from "./parts-store.ts";

export type EnrollmentRow = {
  id: string;
  sequenceId: string;
  state: "active" | "paused" | "finished" | "failed";
  inactiveReason: string | null;
  failureReason: string | null;
  currentStepId: string | null;
  currentStepPosition: number | null;
  mailboxId: string | null;
  mailboxUserId: string | null;
  sendFromEmail: string | null;
  addedBy: string | null;
  addedAt: Temporal.Instant;
  pausedAt: Temporal.Instant | null;
  resumeAt: Temporal.Instant | null;
  manuallySetUnpause: boolean | null;
  finishedAt: Temporal.Instant | null;
  inResponseTo: string | null;
  heldByAnswer: HeldByAnswer | null;
};

export type AccountOfContact = {
  id: string;
  domain: string | null;
  name: string | null;
  organizationId: string | null;
  accountStageId: string | null;
  source: string;
  originalSource: string;
  creatorId: string | null;
  ownerId: string | null;
  createdAt: Temporal.Instant;
  phone: string | null;
  phoneStatus: string;
  hubspotId: string | null;
  salesforceId: string | null;
  crmOwnerId: string | null;
  parentAccountId: string | null;
  linkedinUrl: string | null;
  sanitizedPhone: string | null;
  websiteUrl: string | null;
  logoUrl: string | null;
  industry: string | null;
  estimatedNumEmployees: number | null;
};

/** A contact with everything that shows on it. */
export type ContactRow = ContactFacts & {
  id: string;
  teamId: string;
  name: string | null;
  linkedinUid: string | null;
  emailDomainCatchall: boolean;
  callOptedOut: boolean | null;
  lastActivityAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
  emails: ExtraEmail[];
  phones: PhoneRow[];
  fields: Record<string, unknown>;
  labelIds: string[];
  enrollments: EnrollmentRow[];
  account: AccountOfContact | null;
  /** What the score is made of. */
  scoring: Scoring;
};

type Own = Omit<ContactRow, keyof ContactParts | "labelIds" | "enrollments" | "account" | "scoring">;

type Asked = Own & { mayBeContacted: boolean; facts: Readonly<Record<string, Fact>> };

const OWN = `c.team_id, c.id, c.name, c.linkedin_uid, c.email_domain_catchall, c.call_opted_out, c.last_activity_at,
    c.created_at, c.updated_at, ${PAIRS.map(([, [column]]) => `c.${column}`).join(", ")}`;

/** With the facts of the score that neither their rows nor their accounts' say. */
async function readOwn(db: Db, teamId: string, ids: readonly string[], formula: Formula) {
  const params: unknown[] = [teamId, ids];
  const asked = { ...formula, signals: signalsToAsk(formula.signals) };
  const { joins, facts } = expressionOf(asked, (value) => `$${params.push(value)}`);
  return db.rows<Asked>(
    `select ${OWN}, ${MAY_BE_CONTACTED} as may_be_contacted, ${asked.signals.length > 0 ? facts() : "null"} as facts
       from contacts c ${asked.signals.length > 0 ? joins : ""}
      where c.team_id = $1 and c.id = any($2::text[])`,
    params,
  );
}

const LABELS = `select contact_id, label_id
  from contact_labels where team_id = $1 and contact_id = any($2::text[]) order by contact_id, added_at, label_id`;

// Steps and mailboxes are looked up by their keys, each once for all contacts: joined, all steps of the team were read for a page of
// contacts, and looked up for each row, a thousand contacts in three sequences took six thousand looks.
const ENROLLMENTS = `with own as materialized (
    select e.contact_id, e.id, e.sequence_id, e.state, e.inactive_reason, e.failure_reason, e.current_step_id, e.mailbox_id,
           e.send_from_email, e.added_by, e.added_at, e.paused_at, e.resume_at, e.manually_set_unpause, e.finished_at, e.in_response_to
      from enrollments e
     where e.team_id = $1 and e.contact_id = any($2::text[]) and e.state <> 'removed')
  select own.*, s.position as current_step_position, m.user_id as mailbox_user_id
    from own
    left join (select id, position from sequence_steps
                where team_id = $1 and id = any(array(select distinct current_step_id from own))) s on s.id = own.current_step_id
    left join (select id, user_id from mailboxes
                where team_id = $1 and id = any(array(select distinct mailbox_id from own))) m on m.id = own.mailbox_id
   order by own.contact_id, own.added_at, own.id`;

const ACCOUNTS = `select id, domain, name, ${organizationOf("a")} as organization_id, account_stage_id, source, original_source, creator_id, owner_id, created_at,
    phone, phone_status, hubspot_id, salesforce_id, crm_owner_id, parent_account_id, linkedin_url, sanitized_phone, website_url,
    logo_url, industry, estimated_num_employees
  from accounts a
  where team_id = $1
    and id = any(array(select account_id from contacts where team_id = $1 and id = any($2::text[]) and account_id is not null))`;

type OfContact = { contactId: string };

/**
 * In the order of the ids; those that are not there are left out. Of sequences that are hidden from the viewer (null: an
 * admin, who sees all) nothing shows on them. `formula`: the team's, where it has been read already.
 */
export async function readContacts(
  db: Db,
  teamId: string,
  ids: readonly string[],
  viewerId: string | null,
  formula?: FormulaRow,
): Promise<ContactRow[]> {
  if (ids.length === 0) return [];
  const of = [teamId, ids];
  const [parts, score, own, labels, enrollments, accounts] = await Promise.all([
    partsOf(db, teamId, ids),
    formula ?? readFormula(db, teamId),
    formula ? readOwn(db, teamId, ids, formula) : null,
    db.rows<{ labelId: string } & OfContact>(LABELS, of),
    db.rows<Omit<EnrollmentRow, "heldByAnswer"> & OfContact>(ENROLLMENTS, of),
    db.rows<AccountOfContact>(ACCOUNTS, of),
  ]);
  const sequenceIds = enrollments.map(({ sequenceId }) => sequenceId);
  const [rows, seen] = await Promise.all([
    own ?? readOwn(db, teamId, ids, score),
    seenAmong(db, teamId, sequenceIds, viewerId),
  ]);
  const labelsOf = byContact(labels);
  const enrollmentsOf = byContact(enrollments.filter(({ sequenceId }) => seen.has(sequenceId)));
  const accountOf = new Map(accounts.map((account) => [account.id, account]));
  const whole = ({ mayBeContacted, facts, ...row }: Asked): ContactRow => {
    const { heldByAnswer, ...listed } = parts(row.id);
    const account = accountOf.get(row.accountId ?? "") ?? null;
    return {
      ...row,
      ...listed,
      labelIds: (labelsOf.get(row.id) ?? []).map(({ labelId }) => labelId),
      enrollments: (enrollmentsOf.get(row.id) ?? []).map((one) => ({ ...one, heldByAnswer })),
      account,
      scoring: { formula: score, mayBeContacted, facts: factsOf(score.signals, row, account, facts ?? {}) },
    };
  };
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [...new Set(ids)].flatMap((id) => {
    const row = byId.get(id);
    return row ? [whole(row)] : [];
  });
}

function byContact<Row extends OfContact>(rows: readonly Row[]) {
  return Map.groupBy(rows, ({ contactId }) => contactId);
}
