// The contacts that a copilot proposes, and what was decided of them.

import type { Db } from "../../../db/connect.ts";
import type {
  ContactTraits,
  DecidedProposal,
  RankingReason,
} from "../../../domain/automation/copilot-ranking.ts";
import { type Suggested, suggestedOn } from "../../receiving/model-suggestions/store.ts";

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
  reasons: RankingReason[];
  traits: ContactTraits;
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

type NewProposal = Pick<ProposalRow, "id" | "contactId" | "score" | "rank" | "reasons" | "traits">;

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

export type ProposalDecision = {
  id: string;
  state: "approved" | "rejected" | "left_out";
  why: string | null;
  enrollmentId: string | null;
};

export function writeDecisions(
  db: Db,
  teamId: string,
  decisions: readonly ProposalDecision[],
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
  return db.rows<DecidedProposal>(
    `select traits, state <> 'rejected' as is_approved from copilot_proposals
      where team_id = $1 and copilot_id = $2 and decided_by is not null
      order by decided_at desc, id limit 1000`,
    [teamId, copilotId],
  );
}
