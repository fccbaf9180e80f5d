// To which stage a contact moves when something happens to its mail, as a ruleset or a sequence says it.

import type { Db } from "../../../db/connect.ts";
import type { StageTriggers } from "../../../domain/sequences/rules.ts";

// Names of tables cannot be parameters. These are all there are.
const TABLES = {
  ruleset: { table: "ruleset_stage_triggers", of: "ruleset_id" },
  sequence: { table: "sequence_stage_triggers", of: "sequence_id" },
} as const;

/** All of them, and no others. */
export async function replaceStageTriggers(
  db: Db,
  teamId: string,
  kind: keyof typeof TABLES,
  id: string,
  triggers: StageTriggers,
) {
  const { table, of } = TABLES[kind];
  await db.run(`delete from ${table} where team_id = $1 and ${of} = $2`, [teamId, id]);
  await db.run(
    `insert into ${table} (team_id, ${of}, event, stage_id)
     select $1::text, $2::text, event, stage_id from unnest($3::text[], $4::text[]) as t (event, stage_id)`,
    [teamId, id, Object.keys(triggers), Object.values(triggers)],
  );
}

/** Those of the stages that there are, held while they are pointed at. */
export async function holdContactStages(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    "select id from contact_stages where team_id = $1 and id = any($2::text[]) order by id for key share",
    [teamId, ids],
  );
  return new Set(rows.map(({ id }) => id));
}
