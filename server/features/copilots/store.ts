// Copilots, and whom they have proposed.

import type { Db } from "../../db/connect.ts";
import type { Decided, Reason, Traits } from "../../domain/copilot-ranking.ts";
import type { Bound } from "../automation-rights/store.ts";
import { type Suggested, suggestedOn } from "../model-suggestions/store.ts";
import { notAside } from "../set-aside/store.ts";
import { seesCopilot } from "../sharing/sight-store.ts";

export type CopilotWords = {
  name: string;
  filters: Readonly<Record<string, unknown>>;
  exampleIds: readonly string[];
  sequenceId: string;
  mailboxIds: readonly string[];
  perDay: number;
  isReviewed: boolean;
  hour: number;
  isActive: boolean;
};

export type CopilotRow = CopilotWords &
  Bound & {
    id: string;
    userId: string;
    proposeAt: Temporal.Instant | null;
    proposedOn: string | null;
    said: string | null;
    createdAt: Temporal.Instant;
    updatedAt: Temporal.Instant;
  };

export type Counts = { proposed: number; approved: number; rejected: number; leftOut: number };

const COLUMNS = `id, user_id, name, filters, example_ids, sequence_id, mailbox_ids, per_day, is_reviewed, hour, is_active,
  propose_at, proposed_on::text, said, api_key_id, grant_id, created_at, updated_at`;

const COUNTED = `${COLUMNS},
  (select json_build_object('proposed', count(*) filter (where state = 'proposed'),
            'approved', count(*) filter (where state = 'approved'), 'rejected', count(*) filter (where state = 'rejected'),
            'leftOut', count(*) filter (where state = 'left_out'))
     from copilot_proposals p where p.team_id = c.team_id and p.copilot_id = c.id) as counts`;

export type Counted = CopilotRow & { counts: Counts };

/** A team's copilots look at the room one after the other, so that none gives away what another just gave. To the end of the transaction. */
export function takeTurn(db: Db, teamId: string) {
  return db.run("select pg_advisory_xact_lock(hashtextextended('copilots ' || $1, 0))", [teamId]);
}

/** Who waits for a decision, of any copilot, and may come to be mailed from one of these. */
export async function countWaitingFor(db: Db, teamId: string, mailboxIds: readonly string[]) {
  const row = await db.row<{ count: number }>(
    `select count(*)::int as count
       from copilots c
       join copilot_proposals p on p.team_id = c.team_id and p.copilot_id = c.id and p.state = 'proposed'
      where c.team_id = $1
        and case when p.mailbox_id is null then c.mailbox_ids && $2::text[] else p.mailbox_id = any($2::text[]) end`,
    [teamId, mailboxIds],
  );
  return row?.count ?? 0;
}

/** `viewerId`: whose sight it is limited to, here and below; null sees all. */
export function listCopilots(db: Db, teamId: string, viewerId: string | null) {
  return db.rows<Counted>(
    `select ${COUNTED} from copilots c where team_id = $1 and ${seesCopilot("$2", "c")} order by lower(name), id`,
    [teamId, viewerId],
  );
}

export function findCopilot(db: Db, teamId: string, id: string, viewerId: string | null) {
  return db.row<Counted>(
    `select ${COUNTED} from copilots c where team_id = $1 and id = $2 and ${seesCopilot("$3", "c")}`,
    [teamId, id, viewerId],
  );
}

export function lockCopilot(db: Db, teamId: string, id: string, viewerId: string | null) {
  return db.row<CopilotRow>(
    `select ${COLUMNS} from copilots c where team_id = $1 and id = $2 and ${seesCopilot("$3", "c")} for update of c`,
    [teamId, id, viewerId],
  );
}

/** Whose hour has come. Whoever somebody else is at work on is passed over. */
export function lockDue(db: Db, teamId: string, now: Temporal.Instant) {
  return db.row<{ id: string; userId: string }>(
    `select id, user_id from copilots where team_id = $1 and is_active and propose_at <= $2 and ${notAside("run-copilots", "copilots.id")}
      order by propose_at, id limit 1 for update skip locked`,
    [teamId, now],
  );
}

export type NewCopilot = CopilotWords &
  Bound & { id: string; userId: string; proposeAt: Temporal.Instant | null };

export function insertCopilot(db: Db, teamId: string, one: NewCopilot, now: Temporal.Instant) {
  return db.run(
    `insert into copilots (team_id, id, user_id, name, filters, example_ids, sequence_id, mailbox_ids, per_day, is_reviewed,
                           hour, is_active, propose_at, created_at, updated_at, api_key_id, grant_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15, $16)`,
    [
      ...[teamId, one.id, one.userId, one.name, JSON.stringify(one.filters), one.exampleIds, one.sequenceId],
      ...[one.mailboxIds, one.perDay, one.isReviewed, one.hour, one.isActive, one.proposeAt, now],
      ...[one.apiKeyId, one.grantId],
    ],
  );
}

export function updateCopilot(
  db: Db,
  teamId: string,
  one: CopilotWords & Bound & { id: string; proposeAt: Temporal.Instant | null },
  now: Temporal.Instant,
) {
  return db.run(
    `update copilots set name = $3, filters = $4, example_ids = $5, sequence_id = $6, mailbox_ids = $7, per_day = $8,
            is_reviewed = $9, hour = $10, is_active = $11, propose_at = $12, updated_at = $13, api_key_id = $14, grant_id = $15
      where team_id = $1 and id = $2`,
    [
      ...[
        teamId,
        one.id,
        one.name,
        JSON.stringify(one.filters),
        one.exampleIds,
        one.sequenceId,
        one.mailboxIds,
      ],
      ...[one.perDay, one.isReviewed, one.hour, one.isActive, one.proposeAt, now, one.apiKeyId, one.grantId],
    ],
  );
}

export function deleteCopilot(db: Db, teamId: string, id: string) {
  return db.run("delete from copilots where team_id = $1 and id = $2", [teamId, id]);
}

export function noteProposed(
  db: Db,
  teamId: string,
  id: string,
  day: { proposedOn: string; proposeAt: Temporal.Instant | null; said: string | null },
) {
  return db.run(
    "update copilots set proposed_on = $3::date, propose_at = $4, said = $5 where team_id = $1 and id = $2",
    [teamId, id, day.proposedOn, day.proposeAt, day.said],
  );
}

export function switchOff(db: Db, teamId: string, id: string, said: string, now: Temporal.Instant) {
  return db.run(
    "update copilots set is_active = false, propose_at = null, said = $3, updated_at = $4 where team_id = $1 and id = $2",
    [teamId, id, said, now],
  );
}

export type ProposalRow = {
  id: string;
  contactId: string;
  name: string | null;
  title: string | null;
  organizationName: string | null;
  email: string | null;
  day: string;
  score: number;
  rank: number;
  reasons: Reason[];
  traits: Traits;
  mailboxId: string | null;
  state: "proposed" | "approved" | "rejected" | "left_out";
  why: string | null;
  enrollmentId: string | null;
  decidedAt: Temporal.Instant | null;
  decidedBy: string | null;
  opener: Suggested | null;
};

const PROPOSAL = `p.id, p.contact_id, c.name, c.title, c.organization_name, c.email, p.day::text, p.score, p.rank, p.reasons,
  p.traits, p.mailbox_id, p.state, p.why, p.enrollment_id, p.decided_at, p.decided_by,
  ${suggestedOn("proposal_id", "p")} as opener`;
const FROM = "copilot_proposals p join contacts c on c.team_id = p.team_id and c.id = p.contact_id";

export type NewProposal = Pick<ProposalRow, "id" | "contactId" | "score" | "rank" | "reasons" | "traits">;

export function insertProposals(
  db: Db,
  teamId: string,
  { copilotId, day }: { copilotId: string; day: string },
  proposals: readonly NewProposal[],
  now: Temporal.Instant,
) {
  return db.run(
    `insert into copilot_proposals (team_id, id, copilot_id, contact_id, day, position, score, rank, reasons, traits, created_at)
     select $1, p.id, $2, p."contactId", $3::date, p.position, p.score, p.rank, p.reasons, p.traits, $5
       from jsonb_to_recordset($4::jsonb) as p (id text, "contactId" text, position int, score int, rank int, reasons jsonb, traits jsonb)`,
    [teamId, copilotId, day, JSON.stringify(proposals.map((one, position) => ({ ...one, position }))), now],
  );
}

/** In the order of the ids of their contacts, as contacts are locked. */
export function lockProposals(db: Db, teamId: string, copilotId: string, ids: readonly string[]) {
  return db.rows<ProposalRow>(
    `select ${PROPOSAL} from ${FROM} where p.team_id = $1 and p.copilot_id = $2 and p.id = any($3::text[])
      order by p.contact_id for update of p`,
    [teamId, copilotId, ids],
  );
}

export function findProposals(db: Db, teamId: string, copilotId: string, ids: readonly string[]) {
  return db.rows<ProposalRow>(
    `select ${PROPOSAL} from ${FROM} where p.team_id = $1 and p.copilot_id = $2 and p.id = any($3::text[])
      order by p.day desc, p.position`,
    [teamId, copilotId, ids],
  );
}

export async function searchProposals(
  db: Db,
  teamId: string,
  copilotId: string,
  { state, limit, offset }: { state: ProposalRow["state"]; limit: number; offset: number },
) {
  const order = state === "proposed" ? "p.rank desc, p.id" : "p.decided_at desc, p.id";
  const rows = await db.rows<ProposalRow>(
    `select ${PROPOSAL} from ${FROM} where p.team_id = $1 and p.copilot_id = $2 and p.state = $3
      order by ${order} limit $4 offset $5`,
    [teamId, copilotId, state, limit, offset],
  );
  const counted = await db.row<{ total: number }>(
    "select count(*)::int as total from copilot_proposals where team_id = $1 and copilot_id = $2 and state = $3",
    [teamId, copilotId, state],
  );
  return { rows, total: counted?.total ?? 0 };
}

export type Decision = {
  id: string;
  state: "approved" | "rejected" | "left_out";
  why: string | null;
  enrollmentId: string | null;
};

export function writeDecisions(
  db: Db,
  teamId: string,
  decisions: readonly Decision[],
  by: { userId: string | null; now: Temporal.Instant },
) {
  return db.run(
    `update copilot_proposals p set state = d.state, why = d.why, enrollment_id = d."enrollmentId", decided_at = $3, decided_by = $4
       from jsonb_to_recordset($2::jsonb) as d (id text, state text, why text, "enrollmentId" text)
      where p.team_id = $1 and p.id = d.id`,
    [teamId, JSON.stringify(decisions), by.now, by.userId],
  );
}

export function setMailbox(db: Db, teamId: string, id: string, mailboxId: string | null) {
  return db.run("update copilot_proposals set mailbox_id = $3 where team_id = $1 and id = $2", [
    teamId,
    id,
    mailboxId,
  ]);
}

/** What people decided lately: what is learnt from. */
export function recentDecisions(db: Db, teamId: string, copilotId: string) {
  return db.rows<Decided>(
    `select traits, state <> 'rejected' as is_approved from copilot_proposals
      where team_id = $1 and copilot_id = $2 and decided_by is not null
      order by decided_at desc, id limit 1000`,
    [teamId, copilotId],
  );
}

/** Of these, whom the copilot has not proposed yet: those who score most. */
export function mostPromising(
  db: Db,
  teamId: string,
  { copilotId, ids, most }: { copilotId: string; ids: readonly string[]; most: number },
) {
  return db.rows<{ id: string; score: number }>(
    `select c.id, c.prospect_score as score from contacts c
      where c.team_id = $1 and c.id = any($3::text[])
        and not exists (select from copilot_proposals p where p.team_id = $1 and p.copilot_id = $2 and p.contact_id = c.id)
      order by c.prospect_score desc, c.id limit $4`,
    [teamId, copilotId, ids, most],
  );
}

/** The first of each kind that there is not, or null. */
export async function firstUnknown(
  db: Db,
  teamId: string,
  { contactIds, mailboxIds }: { contactIds: readonly string[]; mailboxIds: readonly string[] },
) {
  const row = await db.row<{ id: string }>(
    `select id from unnest($2::text[]) id where not exists (select from contacts c where c.team_id = $1 and c.id = id.id)
      union all
     select id from unnest($3::text[]) id where not exists
       (select from mailboxes m where m.team_id = $1 and m.id = id.id and m.revoked_at is null)
      limit 1`,
    [teamId, contactIds, mailboxIds],
  );
  return row?.id ?? null;
}
