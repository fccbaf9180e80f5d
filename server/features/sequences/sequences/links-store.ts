// The rows linked to a sequence: its lists, its excluded stages, and its stage triggers.

import type { Db } from "../../../db/connect.ts";

export async function replaceSequenceLabels(db: Db, teamId: string, id: string, labelIds: readonly string[]) {
  await db.run(
    "delete from sequence_labels where team_id = $1 and sequence_id = $2 and label_id <> all($3::text[])",
    [teamId, id, labelIds],
  );
  await db.run(
    `insert into sequence_labels (team_id, label_id, sequence_id)
     select $1::text, label_id, $2::text from unnest($3::text[]) as label_id on conflict do nothing`,
    [teamId, id, labelIds],
  );
}

/** Those of the labels that are the team's lists of sequences, held while they are attached. */
export async function holdLabels(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    "select id from labels where team_id = $1 and modality = 'sequences' and id = any($2::text[]) order by id for key share",
    [teamId, ids],
  );
  return rows.map(({ id }) => id);
}

export type StageKind = "contact" | "account";

// Names of tables cannot be parameters. These are all there are.
const STAGES = {
  contact: { stages: "contact_stages", excluded: "sequence_excluded_contact_stages" },
  account: { stages: "account_stages", excluded: "sequence_excluded_account_stages" },
} as const;

export async function holdStages(db: Db, teamId: string, kind: StageKind, ids: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    `select id from ${STAGES[kind].stages} where team_id = $1 and id = any($2::text[]) order by id for key share`,
    [teamId, ids],
  );
  return rows.map(({ id }) => id);
}

export async function stagesNamed(db: Db, teamId: string, kind: StageKind, names: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    `select id from ${STAGES[kind].stages} where team_id = $1 and lower(name) = any($2::text[]) order by id for key share`,
    [teamId, names.map((name) => name.toLowerCase())],
  );
  return rows.map(({ id }) => id);
}

export async function replaceExcludedStages(
  db: Db,
  teamId: string,
  kind: StageKind,
  id: string,
  stageIds: readonly string[],
) {
  const { excluded } = STAGES[kind];
  await db.run(`delete from ${excluded} where team_id = $1 and sequence_id = $2`, [teamId, id]);
  await db.run(
    `insert into ${excluded} (team_id, sequence_id, stage_id)
     select $1::text, $2::text, stage_id from unnest($3::text[]) as stage_id on conflict do nothing`,
    [teamId, id, stageIds],
  );
}

/** Labels, excluded stages and triggers of one sequence, given to another as well. */
export async function copyLinks(db: Db, teamId: string, fromId: string, toId: string) {
  const copy = (table: string, column: string) =>
    db.run(
      `insert into ${table} (team_id, sequence_id, ${column})
       select team_id, $3::text, ${column} from ${table} where team_id = $1 and sequence_id = $2`,
      [teamId, fromId, toId],
    );
  await copy("sequence_labels", "label_id");
  await copy("sequence_excluded_contact_stages", "stage_id");
  await copy("sequence_excluded_account_stages", "stage_id");
  await db.run(
    `insert into sequence_stage_triggers (team_id, sequence_id, event, stage_id)
     select team_id, $3::text, event, stage_id from sequence_stage_triggers where team_id = $1 and sequence_id = $2`,
    [teamId, fromId, toId],
  );
}

/**
 * What the sequences say of happenings in them: to which stage a contact goes. What a sequence does not say its ruleset
 * does, or the team's default one. Of several happenings the first that is spoken of wins.
 */
export function triggeredStages(
  db: Db,
  teamId: string,
  happenings: readonly { contactId: string; sequenceId: string; event: string }[],
) {
  return db.rows<{ contactId: string; stageId: string }>(
    `select distinct on (h.contact_id) h.contact_id, coalesce(own.stage_id, shared.stage_id) as stage_id
       from unnest($2::text[], $3::text[], $4::text[]) with ordinality as h (contact_id, sequence_id, event, place)
       join sequences s on s.team_id = $1 and s.id = h.sequence_id
       left join rulesets r on r.team_id = $1 and case when s.ruleset_id is null then r.is_default else r.id = s.ruleset_id end
       left join sequence_stage_triggers own on own.team_id = $1 and own.sequence_id = s.id and own.event = h.event
       left join ruleset_stage_triggers shared on shared.team_id = $1 and shared.ruleset_id = r.id and shared.event = h.event
      where coalesce(own.stage_id, shared.stage_id) is not null
      order by h.contact_id, h.place`,
    [
      teamId,
      happenings.map(({ contactId }) => contactId),
      happenings.map(({ sequenceId }) => sequenceId),
      happenings.map(({ event }) => event),
    ],
  );
}

/** The same of people whatever they are in: the sequence they are in longest says it, the team's default ruleset where it does not. */
export function stagesOfContacts(db: Db, teamId: string, contactIds: readonly string[], event: string) {
  return db.rows<{ contactId: string; stageId: string }>(
    `select distinct on (c.id) c.id as contact_id, coalesce(own.stage_id, shared.stage_id) as stage_id
       from contacts c
       left join enrollments e on e.team_id = $1 and e.contact_id = c.id and e.state in ('active', 'paused')
       left join sequences s on s.team_id = $1 and s.id = e.sequence_id
       left join rulesets r on r.team_id = $1 and case when s.ruleset_id is null then r.is_default else r.id = s.ruleset_id end
       left join sequence_stage_triggers own on own.team_id = $1 and own.sequence_id = s.id and own.event = $3
       left join ruleset_stage_triggers shared on shared.team_id = $1 and shared.ruleset_id = r.id and shared.event = $3
      where c.team_id = $1 and c.id = any ($2::text[]) and coalesce(own.stage_id, shared.stage_id) is not null
      order by c.id, e.added_at nulls last, e.id`,
    [teamId, contactIds, event],
  );
}
