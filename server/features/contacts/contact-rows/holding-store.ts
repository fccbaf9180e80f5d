// Locks contacts while they are changed, and moves them to another stage or owner.

import type { Db } from "../../../db/connect.ts";

/** Where a new contact begins. */
export async function firstStageId(db: Db, teamId: string) {
  const row = await db.row<{ id: string }>(
    "select id from contact_stages where team_id = $1 order by position, id limit 1",
    [teamId],
  );
  return row?.id ?? null;
}

/** A stage by its name, or by its id: one published client sends either under one name. */
export async function findStageId(db: Db, teamId: string, nameOrId: string) {
  const row = await db.row<{ id: string }>(
    `select id from contact_stages where team_id = $1 and (id = lower(btrim($2)) or lower(name) = lower(btrim($2)))
      order by position limit 1`,
    [teamId, nameOrId],
  );
  return row?.id ?? null;
}

/**
 * Who moved, and from which stage. Locked in the order of their ids, and then changed by their ids alone: joined with what was locked,
 * everybody in the team would be read for it.
 */
export function setContactStage(
  db: Db,
  teamId: string,
  ids: readonly string[],
  stageId: string,
  now: Temporal.Instant,
) {
  return db.rows<{ id: string; fromStageId: string | null }>(
    `with before as (
       select id, contact_stage_id from contacts
        where team_id = $1 and id = any($2::text[]) and contact_stage_id is distinct from $3
        order by id for no key update
     ), moved as (
       update contacts set contact_stage_id = $3, stage_updated_at = $4, updated_at = $4
        where team_id = $1 and id = any(array(select id::text from before)))
     select id, contact_stage_id as from_stage_id from before`,
    [teamId, ids, stageId, now],
  );
}

/**
 * Moves each contact to their own stage. Contacts in a stage that automatic moves leave alone stay. Answers who moved,
 * and from which stage.
 */
export function moveToStages(
  db: Db,
  teamId: string,
  moves: readonly { contactId: string; stageId: string }[],
  now: Temporal.Instant,
) {
  return db.rows<{ id: string; fromStageId: string | null; toStageId: string }>(
    `with before as (
       select c.id, c.contact_stage_id, m.stage_id
         from unnest($2::text[], $3::text[]) as m (id, stage_id)
         join contacts c on c.team_id = $1 and c.id = m.id
        where c.contact_stage_id is distinct from m.stage_id
          and not exists (select from contact_stages g
                           where g.team_id = $1 and g.id = c.contact_stage_id and g.ignore_trigger_override)
        order by c.id
          for no key update of c
     )
     update contacts c
        set contact_stage_id = b.stage_id, stage_updated_at = $4, updated_at = $4
       from before b
      where c.team_id = $1 and c.id = b.id
     returning c.id, b.contact_stage_id as from_stage_id, b.stage_id as to_stage_id`,
    [teamId, moves.map(({ contactId }) => contactId), moves.map(({ stageId }) => stageId), now],
  );
}

/** Holds them back from being deleted, merged, barred or unsubscribed until the transaction ends. In the order of their ids. */
export async function holdContacts(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    "select id from contacts where team_id = $1 and id = any($2::text[]) order by id for key share",
    [teamId, ids],
  );
  return rows.map(({ id }) => id);
}

/** Those of the contacts that are there, locked until they are deleted. */
export async function lockIds(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    "select id from contacts where team_id = $1 and id = any($2::text[]) order by id for update",
    [teamId, ids],
  );
  return rows.map(({ id }) => id);
}

export function setOwner(
  db: Db,
  teamId: string,
  ids: readonly string[],
  ownerId: string,
  now: Temporal.Instant,
) {
  return db.rows<{ id: string; name: string | null }>(
    `update contacts set owner_id = $3, updated_at = $4
      where team_id = $1 and id = any($2::text[]) and owner_id is distinct from $3
      returning id, name`,
    [teamId, ids, ownerId, now],
  );
}

export function readOwners(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<{ id: string; ownerId: string | null; crmOwnerId: string | null }>(
    `select id, owner_id, crm_owner_id from contacts
      where team_id = $1 and id = any($2::text[]) order by array_position($2::text[], id::text)`,
    [teamId, ids],
  );
}
