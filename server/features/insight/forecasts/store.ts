import type { Db } from "../../../db/connect.ts";
import type { EndingsSeen, ForecastBand } from "../../../domain/insight/forecast-band.ts";
import type { ForecastResult } from "../../../domain/insight/forecast-tally.ts";
import { IS_COUNTED, WAS_ANSWERED, WAS_SENT } from "../../sequences/statistics/store.ts";

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

/** Earlier forecasts had no band. */
export type ForecastTold = ForecastResult & { band?: ForecastBand | null };

export type ForecastRow = ForecastBrief & { told: ForecastTold };

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

/** Of the emails of sequences since then: how many there were, and after how many the contact got no more. */
export async function endingsSince(db: Db, teamId: string, since: Temporal.Instant): Promise<EndingsSeen> {
  const row = await db.row<EndingsSeen>(
    `select count(*) as emails,
            count(*) filter (where ${WAS_ANSWERED} or o.has_bounced or o.unsubscribed_at is not null) as ended
       from messages o
      where o.team_id = $1 and o.released_at >= $2 and o.sequence_id is not null and ${IS_COUNTED} and ${WAS_SENT}`,
    [teamId, since],
  );
  return row ?? { emails: 0, ended: 0 };
}

export function deleteOldForecasts(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run("delete from forecasts where team_id = $1 and created_at < $2", [teamId, before]);
}
