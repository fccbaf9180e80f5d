// Webhook payloads, kept until they are matched to a record.

import type { Db } from "../../../db/connect.ts";
import { notAside } from "../../events/set-aside/store.ts";

export type PayloadRow = {
  id: string;
  workflowId: string;
  body: Record<string, unknown>;
  hash: string;
  receivedAt: Temporal.Instant;
};

export function insertPayload(
  db: Db,
  teamId: string,
  { id, workflowId, body, hash }: Omit<PayloadRow, "receivedAt">,
  now: Temporal.Instant,
) {
  return db.run(
    `insert into workflow_payloads (team_id, id, workflow_id, body, hash, received_at) values ($1, $2, $3, $4, $5, $6)`,
    [teamId, id, workflowId, JSON.stringify(body), hash, now],
  );
}

/** Counts up to `most`, which is enough to enforce the limit. */
export async function countSince(
  db: Db,
  teamId: string,
  workflowId: string,
  since: Temporal.Instant,
  most: number,
) {
  const row = await db.row<{ count: number }>(
    `select count(*) as count from (select 1 from workflow_payloads
      where team_id = $1 and workflow_id = $2 and received_at > $3 limit $4) lately`,
    [teamId, workflowId, since, most],
  );
  return row?.count ?? 0;
}

/** Workflows that something has come for, and whose they are. */
export function listWaitingWorkflows(db: Db, teamId: string) {
  return db.rows<{ workflowId: string; userId: string }>(
    `select w.id as workflow_id, w.user_id from workflows w
      where w.team_id = $1 and exists (select 1 from workflow_payloads p
        where p.team_id = $1 and p.workflow_id = w.id and p.taken_at is null)
        and ${notAside("run-workflows", "w.id")} order by w.id`,
    [teamId],
  );
}

export function lockPayloads(db: Db, teamId: string, workflowId: string, limit: number) {
  return db.rows<PayloadRow>(
    `select id, workflow_id, body, hash, received_at from workflow_payloads
      where team_id = $1 and workflow_id = $2 and taken_at is null order by received_at, id limit $3 for update skip locked`,
    [teamId, workflowId, limit],
  );
}

export function markTaken(
  db: Db,
  teamId: string,
  taken: readonly { id: string; contactId: string | null; outcome: string }[],
  now: Temporal.Instant,
) {
  return db.run(
    `update workflow_payloads p set taken_at = $3, contact_id = t.contact_id, outcome = t.outcome
       from jsonb_to_recordset($2::jsonb) as t (id text, contact_id text, outcome text)
      where p.team_id = $1 and p.id = t.id`,
    [
      teamId,
      JSON.stringify(taken.map(({ id, contactId, outcome }) => ({ id, contact_id: contactId, outcome }))),
      now,
    ],
  );
}

/** Whom an address belongs to: the longest there of several. */
export async function contactsByEmail(db: Db, teamId: string, emails: readonly string[]) {
  const rows = await db.rows<{ email: string; id: string }>(
    `select distinct on (lower(c.email)) lower(c.email) as email, c.id from contacts c
      where c.team_id = $1 and lower(c.email) = any($2::text[]) order by lower(c.email), c.created_at, c.id`,
    [teamId, emails],
  );
  return new Map(rows.map(({ email, id }) => [email, id]));
}

export function deleteOldPayloads(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run("delete from workflow_payloads where team_id = $1 and taken_at < $2", [teamId, before]);
}
