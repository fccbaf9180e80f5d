// Events that a workflow could not take when the feed came to them: they wait until the workflow is tried again.

import type { Db } from "../../../db/connect.ts";
import { notAside } from "../set-aside/store.ts";
import { SETTING_OFF, type SettingOff } from "./events-store.ts";

export type Missed = { workflowId: string; eventId: string };

const AT_ONCE = 1_000;

/** Of workflows that are not set aside now, the oldest first. */
export function missedDue(db: Db, teamId: string) {
  return db.rows<Missed>(
    `select m.workflow_id, m.event_id from workflow_missed m
      where m.team_id = $1 and ${notAside("run-workflows", "m.workflow_id")}
      order by m.event_id, m.workflow_id limit $2`,
    [teamId, AT_ONCE],
  );
}

/** In the order in which they happened. What a workflow does not wait for any more is left out. */
export function readMissed(db: Db, teamId: string, missed: readonly Missed[]) {
  return db.rows<SettingOff>(
    `${SETTING_OFF}
       join unnest($2::text[], $3::text[]) as m (workflow_id, event_id) on m.workflow_id = w.id and m.event_id = e.id
      where e.team_id = $1 and e.id = any($3::text[])
      order by e.written_in, e.position, w.id`,
    [teamId, ...columnsOf(missed)],
  );
}

export function keepMissed(db: Db, teamId: string, missed: readonly Missed[]) {
  return db.run(
    `insert into workflow_missed (team_id, workflow_id, event_id)
     select $1, workflow_id, event_id from unnest($2::text[], $3::text[]) as m (workflow_id, event_id)
     on conflict do nothing`,
    [teamId, ...columnsOf(missed)],
  );
}

export function forgetMissed(db: Db, teamId: string, missed: readonly Missed[]) {
  return db.run(
    `delete from workflow_missed w using unnest($2::text[], $3::text[]) as m (workflow_id, event_id)
      where w.team_id = $1 and w.workflow_id = m.workflow_id and w.event_id = m.event_id`,
    [teamId, ...columnsOf(missed)],
  );
}

/** Workflows for which something waits: what happens next waits behind it. */
export async function listWorkflowsBehind(db: Db, teamId: string) {
  const rows = await db.rows<{ id: string }>(
    "select distinct workflow_id as id from workflow_missed where team_id = $1",
    [teamId],
  );
  return new Set(rows.map(({ id }) => id));
}

function columnsOf(missed: readonly Missed[]) {
  return [missed.map(({ workflowId }) => workflowId), missed.map(({ eventId }) => eventId)];
}
