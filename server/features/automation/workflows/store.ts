// Workflows, and what each of their versions says.

import type { Db } from "../../../db/connect.ts";
import type { Definition, Entity } from "../../../domain/automation/workflow.ts";
import { notAside } from "../../events/set-aside/store.ts";
import type { BoundTo } from "../automation-rights/store.ts";

export type WorkflowRow = BoundTo & {
  id: string;
  userId: string;
  name: string;
  entity: Entity;
  version: number;
  isActive: boolean;
  inactiveReason: string | null;
  nextRunAt: Temporal.Instant | null;
  hookTokenHash: Buffer | null;
  secret: Buffer;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
  activatedAt: Temporal.Instant | null;
  /** Archived: it is off, and never runs. */
  archivedAt: Temporal.Instant | null;
  /** Of this version. */
  definition: Definition;
};

const COLUMNS = `w.id, w.user_id, w.name, w.entity, w.version, w.is_active, w.inactive_reason, w.next_run_at, w.hook_token_hash,
  w.secret, w.created_at, w.updated_at, w.activated_at, w.archived_at, w.api_key_id, w.grant_id, v.definition`;
const WHOLE = `workflows w join workflow_versions v
  on v.team_id = w.team_id and v.workflow_id = w.id and v.version = w.version`;

export function findWorkflow(db: Db, teamId: string, id: string) {
  return db.row<WorkflowRow>(`select ${COLUMNS} from ${WHOLE} where w.team_id = $1 and w.id = $2`, [
    teamId,
    id,
  ]);
}

/** Callers that take candidates or change the workflow run one after the other. */
export async function lockWorkflow(db: Db, teamId: string, id: string): Promise<WorkflowRow | null> {
  const there = await db.row<{ one: number }>(
    "select 1 as one from workflows where team_id = $1 and id = $2 for no key update",
    [teamId, id],
  );
  return there === null ? null : findWorkflow(db, teamId, id);
}

export function findWorkflows(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<WorkflowRow>(
    `select ${COLUMNS} from ${WHOLE} where w.team_id = $1 and w.id = any($2) order by w.id`,
    [teamId, ids],
  );
}

/** An expression of a workflow `w`; null where it has no value. */
export type WorkflowOrder = { by: string; isAscending: boolean };

type WorkflowSearch = {
  words: string | null;
  isActive: boolean | null;
  isArchived: boolean;
  order: WorkflowOrder;
  limit: number;
  offset: number;
};

export async function searchWorkflows(db: Db, teamId: string, search: WorkflowSearch) {
  const { words, isActive, isArchived, order, limit, offset } = search;
  const way = order.isAscending ? "asc" : "desc";
  const where = `w.team_id = $1 and ($2::text is null or strpos(lower(w.name), lower($2)) > 0)
    and ($3::boolean is null or w.is_active = $3) and (w.archived_at is not null) = $4`;
  const [rows, count] = await Promise.all([
    db.rows<WorkflowRow>(
      `select ${COLUMNS} from ${WHOLE} where ${where}
        order by ${order.by} ${way} nulls last, lower(w.name), w.id limit $5 offset $6`,
      [teamId, words, isActive, isArchived, limit, offset],
    ),
    db.row<{ total: number }>(`select count(*) as total from workflows w where ${where}`, [
      teamId,
      words,
      isActive,
      isArchived,
    ]),
  ]);
  return { rows, total: count?.total ?? 0 };
}

type Kept = "id" | "userId" | "name" | "entity" | "secret" | "definition" | keyof BoundTo;

export type NewWorkflow = Pick<WorkflowRow, Kept> & {
  hookTokenHash: Buffer | null;
};

export async function insertWorkflow(db: Db, teamId: string, workflow: NewWorkflow, now: Temporal.Instant) {
  const { id, userId, name, entity, secret, hookTokenHash, definition, apiKeyId, grantId } = workflow;
  await db.run(
    `insert into workflows (team_id, id, user_id, name, entity, version, trigger, hook_token_hash, secret, created_at,
                            updated_at, api_key_id, grant_id)
     values ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $9, $10, $11)`,
    [
      ...[teamId, id, userId, name, entity, JSON.stringify(definition.trigger), hookTokenHash, secret, now],
      ...[apiKeyId, grantId],
    ],
  );
  await insertVersion(db, teamId, { workflowId: id, version: 1, userId, definition }, now);
}

type NewVersion = { workflowId: string; version: number; userId: string; definition: Definition };

export function insertVersion(db: Db, teamId: string, version: NewVersion, now: Temporal.Instant) {
  const { workflowId, userId, definition } = version;
  return db.run(
    `insert into workflow_versions (team_id, workflow_id, version, definition, user_id, created_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [teamId, workflowId, version.version, JSON.stringify(definition), userId, now],
  );
}

/** Updates its name, version and status. */
export function updateWorkflow(db: Db, teamId: string, workflow: WorkflowRow, now: Temporal.Instant) {
  const {
    id,
    userId,
    name,
    version,
    definition,
    isActive,
    inactiveReason,
    nextRunAt,
    hookTokenHash,
    secret,
    activatedAt,
    archivedAt,
    apiKeyId,
    grantId,
  } = workflow;
  return db.run(
    `update workflows
        set name = $3, version = $4, trigger = $5, is_active = $6, inactive_reason = $7, next_run_at = $8,
            hook_token_hash = $9, secret = $10, activated_at = $11, updated_at = $12, user_id = $13,
            archived_at = $14, api_key_id = $15, grant_id = $16
      where team_id = $1 and id = $2`,
    [
      ...[teamId, id, name, version, JSON.stringify(definition.trigger), isActive, inactiveReason, nextRunAt],
      ...[hookTokenHash, secret, activatedAt, now, userId, archivedAt, apiKeyId, grantId],
    ],
  );
}

export function setNextRun(db: Db, teamId: string, id: string, nextRunAt: Temporal.Instant | null) {
  return db.run("update workflows set next_run_at = $3 where team_id = $1 and id = $2", [
    teamId,
    id,
    nextRunAt,
  ]);
}

/** What happened before is not what sets it off. */
export function startAnew(db: Db, teamId: string, id: string) {
  return db.run("update workflows set starts_in = pg_current_snapshot() where team_id = $1 and id = $2", [
    teamId,
    id,
  ]);
}

export function deleteWorkflow(db: Db, teamId: string, id: string) {
  return db.run("delete from workflows where team_id = $1 and id = $2", [teamId, id]);
}

export async function findVersion(db: Db, teamId: string, workflowId: string, version: number) {
  const row = await db.row<{ definition: Definition }>(
    "select definition from workflow_versions where team_id = $1 and workflow_id = $2 and version = $3",
    [teamId, workflowId, version],
  );
  return row?.definition ?? null;
}

/** Held in the order of their ids. */
export function listDue(db: Db, teamId: string, now: Temporal.Instant) {
  return db.rows<{ id: string }>(
    `select id from workflows
      where team_id = $1 and is_active and next_run_at <= $2 and ${notAside("run-workflows", "workflows.id")} order by id`,
    [teamId, now],
  );
}

export async function findHook(db: Db, hash: Buffer) {
  return db.row<{ teamId: string; workflowId: string }>(
    "select team_id, workflow_id from find_workflow_hook($1)",
    [hash],
  );
}

/** Looks across teams. */
export async function listTeamsWithWorkflowWork(db: Db, now: Temporal.Instant) {
  const rows = await db.rows<{ teamId: string }>("select team_id from teams_with_workflow_work($1)", [now]);
  return rows.map(({ teamId }) => teamId);
}

export function fieldsAmong(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<{ id: string; modality: string; type: string }>(
    "select id, modality, type from custom_fields where team_id = $1 and id = any($2)",
    [teamId, ids],
  );
}

/** The ids in an action that do not exist, or not any more: for warnings, before anything goes wrong. */
export async function findMissing(
  db: Db,
  teamId: string,
  named: {
    users: readonly string[];
    sequences: readonly string[];
    contactStages: readonly string[];
    accountStages: readonly string[];
    dealStages: readonly string[];
    fields: readonly string[];
    mailboxes: readonly string[];
  },
) {
  return db.rows<{ kind: string; id: string }>(
    `select 'user' as kind, n.id from unnest($2::text[]) n (id)
      where not exists (select 1 from users u where u.team_id = $1 and u.id = n.id and u.deactivated_at is null)
     union all
     select 'sequence', n.id from unnest($3::text[]) n (id)
      where not exists (select 1 from sequences s where s.team_id = $1 and s.id = n.id)
     union all
     select 'stage', n.id from unnest($4::text[]) n (id)
      where not exists (select 1 from contact_stages s where s.team_id = $1 and s.id = n.id)
     union all
     select 'stage', n.id from unnest($5::text[]) n (id)
      where not exists (select 1 from account_stages s where s.team_id = $1 and s.id = n.id)
     union all
     select 'stage', n.id from unnest($6::text[]) n (id)
      where not exists (select 1 from deal_stages s where s.team_id = $1 and s.id = n.id)
     union all
     select 'field', n.id from unnest($7::text[]) n (id)
      where not exists (select 1 from custom_fields f where f.team_id = $1 and f.id = n.id)
     union all
     select 'mailbox', n.id from unnest($8::text[]) n (id)
      where not exists (select 1 from mailboxes m where m.team_id = $1 and m.id = n.id)`,
    [
      ...[teamId, named.users, named.sequences, named.contactStages, named.accountStages, named.dealStages],
      ...[named.fields, named.mailboxes],
    ],
  );
}
