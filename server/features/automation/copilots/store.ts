// Copilots, and whom they have proposed.

import type { Db } from "../../../db/connect.ts";
import { seesCopilot } from "../../access/sharing/sight-store.ts";
import { notAside } from "../../events/set-aside/store.ts";
import type { BoundTo } from "../automation-rights/store.ts";

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
  BoundTo & {
    id: string;
    userId: string;
    proposeAt: Temporal.Instant | null;
    proposedOn: string | null;
    said: string | null;
    createdAt: Temporal.Instant;
    updatedAt: Temporal.Instant;
  };

type CopilotCounts = { proposed: number; approved: number; rejected: number; leftOut: number };

const COLUMNS = `id, user_id, name, filters, example_ids, sequence_id, mailbox_ids, per_day, is_reviewed, hour, is_active,
  propose_at, proposed_on::text, said, api_key_id, grant_id, created_at, updated_at`;

const COUNTED = `${COLUMNS},
  (select json_build_object('proposed', count(*) filter (where state = 'proposed'),
            'approved', count(*) filter (where state = 'approved'), 'rejected', count(*) filter (where state = 'rejected'),
            'leftOut', count(*) filter (where state = 'left_out'))
     from copilot_proposals p where p.team_id = c.team_id and p.copilot_id = c.id) as counts`;

export type CopilotWithCounts = CopilotRow & { counts: CopilotCounts };

/** A team's copilots look at the room one after the other, so that none gives away what another just gave. To the end of the transaction. */
export function takeTurn(db: Db, teamId: string) {
  return db.run("select pg_advisory_xact_lock(hashtextextended('copilots ' || $1, 0))", [teamId]);
}

/** Counts the proposals of any copilot that wait for a decision and could be mailed from one of the given mailboxes. */
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
  return db.rows<CopilotWithCounts>(
    `select ${COUNTED} from copilots c where team_id = $1 and ${seesCopilot("$2", "c")} order by lower(name), id`,
    [teamId, viewerId],
  );
}

export function findCopilot(db: Db, teamId: string, id: string, viewerId: string | null) {
  return db.row<CopilotWithCounts>(
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

export type DueCopilot = Pick<CopilotRow, "id" | "userId" | "updatedAt">;

/** The next copilot that is due. One that another process is working on is passed over. */
export function lockDue(db: Db, teamId: string, now: Temporal.Instant) {
  return db.row<DueCopilot>(
    `select id, user_id, updated_at from copilots where team_id = $1 and is_active and propose_at <= $2 and ${notAside("run-copilots", "copilots.id")}
      order by propose_at, id limit 1 for update skip locked`,
    [teamId, now],
  );
}

type NewCopilot = CopilotWords & BoundTo & { id: string; userId: string; proposeAt: Temporal.Instant | null };

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
  one: CopilotWords & BoundTo & { id: string; proposeAt: Temporal.Instant | null },
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

/** Unless a user has changed it since: then it is tried again as it is now. */
export function switchCopilotOff(
  db: Db,
  teamId: string,
  { id, updatedAt }: DueCopilot,
  said: string,
  now: Temporal.Instant,
) {
  return db.run(
    `update copilots set is_active = false, propose_at = null, said = $3, updated_at = $4
      where team_id = $1 and id = $2 and updated_at = $5`,
    [teamId, id, said, now, updatedAt],
  );
}

/** The highest scored of the given contacts that the copilot has not proposed yet. */
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
export async function firstUnknownExample(
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
