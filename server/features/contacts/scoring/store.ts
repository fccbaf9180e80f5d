// Scores of contacts: the facts behind a few of them, and all of them written anew in sets.

import type { Db } from "../../../db/connect.ts";
import type { Formula, ScoreFacts } from "../../../domain/contacts/prospect-score.ts";
import { expressionOf, MAY_BE_CONTACTED } from "./expression.ts";
import { readFormula } from "./formula.ts";

export type Scoring = ScoreFacts & { formula: Formula };

/** What the score of each is made of, by the team's formula or by one that is tried. */
export async function scoringOf(
  db: Db,
  teamId: string,
  ids: readonly string[],
  tried?: Formula,
): Promise<ReadonlyMap<string, Scoring>> {
  const formula = tried ?? (await readFormula(db, teamId));
  const params: unknown[] = [teamId, ids];
  const { joins, facts } = expressionOf(formula, (value) => `$${params.push(value)}`);
  const rows = await db.rows<ScoreFacts & { id: string }>(
    `select c.id, ${MAY_BE_CONTACTED} as may_be_contacted, ${facts()} as facts
       from contacts c ${joins}
      where c.team_id = $1 and c.id = any($2::text[])`,
    params,
  );
  return new Map(rows.map(({ id, ...facts }) => [id, { formula, ...facts }]));
}

// Mails in a queue have a rank, which includes the score at planning time. So they move by as much as the score
// changed, a day's minutes for a point (domain/sequences/priority.ts). Mails sent by hand are not ranked by it.
const REWRITE = (joins: string, score: string, which: string) => `
  changed as (
    update contacts c set prospect_score = s.score
      from (select c.id, c.prospect_score as was, ${score} as score
              from contacts c ${joins} where c.team_id = $1 and ${which}) s
     where c.team_id = $1 and c.id = s.id and s.score <> s.was
    returning c.id, s.was, s.score
  ), moved as (
    update messages m set rank = m.rank + (changed.was - changed.score) * 1440
      from changed, sequences q
     where m.team_id = $1 and m.contact_id = changed.id and m.delivery = 'planned' and not m.due_at_manually_changed
       and q.team_id = $1 and q.id = m.sequence_id and q.priority_policy <> 'fifo' and m.enrollment_id is not null
  )`;

export type Rescored = { id: string; was: number; score: number };

/** Locked in the order of their ids first, as everywhere. Answers whose score is another now. */
export async function rescore(db: Db, teamId: string, formula: Formula, ids: readonly string[]) {
  await db.run(
    "select from contacts where team_id = $1 and id = any($2::text[]) order by id for no key update",
    [teamId, ids],
  );
  const params: unknown[] = [teamId, ids];
  const { joins, score } = expressionOf(formula, (value) => `$${params.push(value)}`);
  return db.rows<Rescored>(
    `with ${REWRITE(joins, score(), "c.id = any($2::text[])")} select id, was, score from changed order by id`,
    params,
  );
}

type ScoredBatch = { lastId: string | null; looked: number; changed: number };

/** The next so many contacts in the order of their ids. Null for the last id: there are no more. */
export async function rescorePage(
  db: Db,
  teamId: string,
  formula: Formula,
  after: string,
  size: number,
): Promise<ScoredBatch> {
  const page = await db.row<{ lastId: string | null; looked: number }>(
    `select max(id) as last_id, count(*)::int as looked
       from (select id from contacts where team_id = $1 and id > $2 order by id limit $3) page`,
    [teamId, after, size],
  );
  if (!page?.lastId) return { lastId: null, looked: 0, changed: 0 };
  const params: unknown[] = [teamId, after, page.lastId];
  const { joins, score } = expressionOf(formula, (value) => `$${params.push(value)}`);
  const done = await db.row<{ changed: number }>(
    `with ${REWRITE(joins, score(), "c.id > $2 and c.id <= $3")} select count(*)::int as changed from changed`,
    params,
  );
  return { ...page, changed: done?.changed ?? 0 };
}

export async function countContacts(db: Db, teamId: string) {
  const row = await db.row<{ total: number }>(
    "select count(*)::int as total from contacts where team_id = $1",
    [teamId],
  );
  return row?.total ?? 0;
}

/** As many were looked at as there are, or this many of the newest. */
export type Spread = { counted: number; before: number[]; after: number[]; movers: Rescored[] };

/**
 * The effect of a formula, without writing: how many contacts are in each ten of the hundred, and which change most.
 */
export async function spreadUnder(db: Db, teamId: string, formula: Formula, most: number): Promise<Spread> {
  const params: unknown[] = [teamId, most];
  const { joins, score } = expressionOf(formula, (value) => `$${params.push(value)}`);
  const row = await db.row<Spread>(
    `with newest as materialized (
       select * from contacts where team_id = $1 order by created_at desc, id desc limit $2
     ), tried as materialized (
       select c.id, c.prospect_score as was, ${score()} as score from newest c ${joins}
     ), tens as (
       select ten, (select count(*) from tried where least(was / 10, 9) = ten) as before,
              (select count(*) from tried where least(score / 10, 9) = ten) as after
         from generate_series(0, 9) ten
     )
     select (select count(*)::int from tried) as counted,
            (select array_agg(before::int order by ten) from tens) as before,
            (select array_agg(after::int order by ten) from tens) as after,
            coalesce((select json_agg(json_build_object('id', id, 'was', was, 'score', score) order by abs(score - was) desc, id)
               from (select * from tried where score <> was order by abs(score - was) desc, id limit 10) far), '[]') as movers`,
    params,
  );
  return row ?? { counted: 0, before: [], after: [], movers: [] };
}
