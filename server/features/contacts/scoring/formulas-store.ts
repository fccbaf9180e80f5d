import type { Db } from "../../../db/connect.ts";
import type { Formula, ScoreSignal } from "../../../domain/contacts/prospect-score.ts";
import type { IdsOf } from "../../../domain/contacts/score-fields.ts";

export type FormulaRow = Formula & {
  /** Null while the team has none of its own. */
  version: string | null;
  changedAt: Temporal.Instant | null;
  changedBy: string | null;
};

/** The team's own. See contacts/scoring/formula.ts for the one that counts. */
export function findFormula(db: Db, teamId: string) {
  return db.row<FormulaRow>(
    "select version, signals, out_of, marks, changed_at, changed_by from score_formulas where team_id = $1",
    [teamId],
  );
}

type NewFormula = Formula & { version: string; changedBy: string };

export function writeFormula(db: Db, teamId: string, formula: NewFormula, now: Temporal.Instant) {
  const agesAt = formula.signals.some(followsCalendar) ? now.add({ hours: 1 }) : null;
  return db.run(
    `insert into score_formulas (team_id, version, signals, out_of, marks, needs, changed_at, changed_by, aged_until, ages_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $7, $9)
     on conflict (team_id) do update
       set (version, signals, out_of, marks, needs, changed_at, changed_by, aged_until, ages_at) =
           row (excluded.version, excluded.signals, excluded.out_of, excluded.marks, excluded.needs, excluded.changed_at,
                excluded.changed_by, excluded.aged_until, excluded.ages_at)`,
    [
      ...[teamId, formula.version, JSON.stringify(formula.signals), formula.outOf, formula.marks],
      ...[needsOf(formula.signals), now, formula.changedBy, agesAt],
    ],
  );
}

export function deleteFormula(db: Db, teamId: string) {
  return db.run("delete from score_formulas where team_id = $1", [teamId]);
}

/** Passes as the days go by, and nothing else. */
export function followsCalendar({ operator }: Pick<ScoreSignal, "operator">) {
  return operator === "within_days" || operator === "not_within_days";
}

const NEEDS: Partial<Record<ScoreSignal["field"], readonly string[]>> = {
  lists: ["lists"],
  contact_field: ["fields"],
  account: ["account"],
  industry: ["account"],
  head_count: ["account"],
  annual_revenue: ["account"],
  founded_year: ["account"],
  company_country: ["account"],
  account_stage: ["account"],
  account_lists: ["account_lists"],
  account_field: ["account_fields"],
  technologies: ["account", "technologies"],
  replied: ["replies"],
  reply_classes: ["replies"],
  last_touch: ["last_touch"],
};

function needsOf(signals: readonly ScoreSignal[]) {
  return [...new Set(signals.flatMap(({ field }) => NEEDS[field] ?? []))];
}

export type ScoredContact = { id: string; name: string | null; title: string | null; before: number };

/** In the order of the ids. */
export function findScored(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<ScoredContact>(
    `select id, name, title, prospect_score as before from contacts
      where team_id = $1 and id = any($2::text[]) order by array_position($2::text[], id::text)`,
    [teamId, ids],
  );
}

/** The first id that names nothing of the team's, or null. */
export function firstUnknownInFormula(
  db: Db,
  teamId: string,
  wanted: readonly { kind: IdsOf; id: string; position: number }[],
) {
  return db.row<{ id: string; position: number }>(
    `select w.id, w.position
       from jsonb_to_recordset($2::jsonb) as w (kind text, id text, position int)
      where not case w.kind
              when 'labels' then exists (select from labels x where x.team_id = $1 and x.id = w.id)
              when 'contact_stages' then exists (select from contact_stages x where x.team_id = $1 and x.id = w.id)
              when 'account_stages' then exists (select from account_stages x where x.team_id = $1 and x.id = w.id)
              else exists (select from users x where x.team_id = $1 and x.id = w.id)
            end
      order by w.position limit 1`,
    [teamId, JSON.stringify(wanted)],
  );
}
