import type { Db } from "../../../db/connect.ts";
import type { AbMetric, AbOutcome } from "../../../domain/insight/ab-tests.ts";
import { notAside } from "../../events/set-aside/store.ts";
import { IS_COUNTED, WAS_ANSWERED, WAS_DELIVERED, WAS_SENT } from "../../sequences/statistics/store.ts";

export type VariantCount = { touchId: string; delivered: number; successes: number };

export type AbTestRow = {
  id: string;
  sequenceId: string;
  stepId: string;
  metric: AbMetric;
  startedAt: Temporal.Instant;
  startedBy: string | null;
  endsAt: Temporal.Instant | null;
  endedAt: Temporal.Instant | null;
  outcome: AbOutcome | null;
  winnerTouchId: string | null;
  variants: VariantCount[] | null;
};

/** With the variants as they are counted now, or were at its end. */
export type AbTestShown = AbTestRow & { variants: VariantCount[] };

const COLUMNS =
  "id, sequence_id, step_id, metric, started_at, started_by, ends_at, ended_at, outcome, winner_touch_id, variants";

type NewAbTest = Pick<AbTestRow, "id" | "sequenceId" | "stepId" | "metric" | "startedBy" | "endsAt">;

export function insertAbTest(
  db: Db,
  teamId: string,
  test: NewAbTest,
  lookAt: Temporal.Instant,
  now: Temporal.Instant,
) {
  return db.row<AbTestRow>(
    `insert into ab_tests (team_id, id, sequence_id, step_id, metric, started_by, ends_at, look_at, started_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${COLUMNS}`,
    [
      ...[teamId, test.id, test.sequenceId, test.stepId, test.metric, test.startedBy, test.endsAt],
      ...[lookAt, now],
    ],
  );
}

/** The one that runs, or the last that did. */
export function latestAbTest(db: Db, teamId: string, stepId: string) {
  return db.row<AbTestRow>(
    `select ${COLUMNS} from ab_tests where team_id = $1 and step_id = $2
      order by ended_at is null desc, started_at desc limit 1`,
    [teamId, stepId],
  );
}

/** Null: it has ended meanwhile. */
export function lockRunning(db: Db, teamId: string, id: string) {
  return db.row<AbTestRow>(
    `select ${COLUMNS} from ab_tests where team_id = $1 and id = $2 and ended_at is null for update`,
    [teamId, id],
  );
}

/** One that is to be looked at, and is not put aside. */
export function findDue(db: Db, teamId: string, now: Temporal.Instant) {
  return db.row<Pick<AbTestRow, "id" | "stepId" | "startedBy"> & { ownerId: string }>(
    `select t.id, t.step_id, t.started_by, s.owner_id
       from ab_tests t join sequences s on s.team_id = t.team_id and s.id = t.sequence_id
      where t.team_id = $1 and t.look_at <= $2
        and ${notAside("decide-ab-tests", "t.id")}
      order by t.look_at, t.id limit 1`,
    [teamId, now],
  );
}

export function lookAgain(db: Db, teamId: string, id: string, at: Temporal.Instant) {
  return db.run("update ab_tests set look_at = $3 where team_id = $1 and id = $2", [teamId, id, at]);
}

type Ending = { outcome: AbOutcome; winnerTouchId: string | null; variants: readonly VariantCount[] };

export function endAbTest(db: Db, teamId: string, id: string, ending: Ending, now: Temporal.Instant) {
  return db.row<AbTestRow>(
    `update ab_tests set ended_at = $3, look_at = null, outcome = $4, winner_touch_id = $5, variants = $6
      where team_id = $1 and id = $2 and ended_at is null returning ${COLUMNS}`,
    [teamId, id, now, ending.outcome, ending.winnerTouchId, JSON.stringify(ending.variants)],
  );
}

const SUCCESS: Record<AbMetric, string> = {
  replied: WAS_ANSWERED,
  clicked: "o.num_clicks > 0",
  demoed: "o.demoed_at is not null",
};

/** Of these variants, each with zeros where nothing went out since then. */
export function countVariants(
  db: Db,
  teamId: string,
  { sequenceId, stepId, metric, startedAt }: AbTestRow,
  touchIds: readonly string[],
) {
  return db.rows<VariantCount>(
    `select v.id as touch_id,
            count(o.id) filter (where ${WAS_DELIVERED}) as delivered,
            count(o.id) filter (where ${WAS_DELIVERED} and ${SUCCESS[metric]}) as successes
       from unnest($3::text[]) with ordinality as v (id, place)
       left join messages o on o.team_id = $1 and o.sequence_id = $5 and o.released_at >= $4 and o.step_id = $2 and o.touch_id = v.id
                           and ${IS_COUNTED} and ${WAS_SENT}
      group by v.id, v.place order by v.place`,
    [teamId, stepId, touchIds, startedAt, sequenceId],
  );
}
