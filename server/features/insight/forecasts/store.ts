import type { Db } from "../../../db/connect.ts";
import type { ForecastResult } from "../../../domain/insight/forecast-tally.ts";

export type ForecastBrief = {
  id: string;
  userId: string;
  createdAt: Temporal.Instant;
  days: number;
  seed: number;
  replyRate: number;
  /** Empty: all that the caller may see. */
  sequenceIds: string[];
  whatIf: Record<string, unknown>;
  totals: ForecastTotals;
};

export type ForecastTotals = {
  people: number;
  sends: number;
  finished: number;
  failed: number;
  replied: number;
  remaining: number;
};

export type ForecastRow = ForecastBrief & { told: ForecastResult };

const BRIEF = "id, user_id, created_at, days, seed, reply_rate, sequence_ids, what_if, totals";

export function insertForecast(db: Db, teamId: string, row: ForecastRow) {
  return db.run(
    `insert into forecasts (team_id, ${BRIEF}, told) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[teamId, row.id, row.userId, row.createdAt, row.days, row.seed, row.replyRate, row.sequenceIds],
      ...[JSON.stringify(row.whatIf), JSON.stringify(row.totals), JSON.stringify(row.told)],
    ],
  );
}

type ForecastsAsked = { userId: string; isAdmin: boolean; limit: number; offset: number };

/** One's own; admins see those of all. */
export async function listForecasts(db: Db, teamId: string, asked: ForecastsAsked) {
  const own = "team_id = $1 and ($2::text is null or user_id = $2)";
  const whose = asked.isAdmin ? null : asked.userId;
  const [rows, counted] = await Promise.all([
    db.rows<ForecastBrief>(
      `select ${BRIEF} from forecasts where ${own} order by created_at desc, id desc limit $3 offset $4`,
      [teamId, whose, asked.limit, asked.offset],
    ),
    db.row<{ count: number }>(`select count(*) as count from forecasts where ${own}`, [teamId, whose]),
  ]);
  return { rows, total: counted?.count ?? 0 };
}

export function findForecast(
  db: Db,
  teamId: string,
  { id, userId, isAdmin }: { id: string; userId: string; isAdmin: boolean },
) {
  return db.row<ForecastRow>(
    `select ${BRIEF}, told from forecasts where team_id = $1 and id = $2 and ($3::text is null or user_id = $3)`,
    [teamId, id, isAdmin ? null : userId],
  );
}

export type HourRow = { mailboxId: string; hour: Temporal.Instant; sends: number };

/** What has gone out since, of the given sequences or of all, and what users wrote themselves. */
export function sentByHour(
  db: Db,
  teamId: string,
  {
    from,
    until,
    sequenceIds,
  }: { from: Temporal.Instant; until: Temporal.Instant; sequenceIds: readonly string[] },
) {
  return db.rows<HourRow>(
    `select mailbox_id, date_trunc('hour', released_at, 'UTC') as hour, count(*) as sends from messages
      where team_id = $1 and released_at >= $2 and released_at < $3 and delivery in ('sent', 'dot', 'unconfirmed')
        and mailbox_id is not null and (cardinality($4::text[]) = 0 or sequence_id = any($4::text[]))
      group by 1, 2 order by 1, 2`,
    [teamId, from, until, sequenceIds],
  );
}

export function deleteOldForecasts(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run("delete from forecasts where team_id = $1 and created_at < $2", [teamId, before]);
}
