// Counts mails from daily totals, as far as they go, and from rows for the rest: the same lines as from rows alone,
// and one statement too.
//
// Easy to get wrong here: a read during the rebuilding of daily totals reads too little. So the generation is asked
// for again afterwards.

import type { Db } from "../../../db/connect.ts";
import type { Count, Dimension } from "../../../domain/insight/report-metrics.ts";
import type { Period } from "../../../domain/insight/report-period.ts";
import { type Parts, partsOf } from "../../../domain/insight/summed-days.ts";
import { counting, ROWS, type RowSource } from "../../sending/message-days/rows-store.ts";
import { type DaySumState, findPlace, SUMS } from "../../sending/message-days/sums-store.ts";
import { type CountQuery, count, countedRows, inLines, isCutBy, statementFor } from "./counting-store.ts";

const TOLD_APART: readonly Dimension[] = [
  ...(["user", "subteam", "sequence", "step", "touch", "mailbox", "reply_class"] as const),
  ...(["day", "week", "month", "weekday"] as const),
];

const isSummed = (one: Count): one is keyof typeof SUMS => one in SUMS;

/** Whether days say all that is asked. */
function canBeSummed({ source, counts, group, pivot, filter }: CountQuery) {
  const asked = [group, pivot, ...filter.among.map(({ dimension }) => dimension)];
  return (
    source === "mails" &&
    counts.every(isSummed) &&
    asked.every((one) => one === null || TOLD_APART.includes(one))
  );
}

/** Lines as `count` gives them, from days where that can be. */
export async function countSoon(db: Db, teamId: string, question: CountQuery, most: number) {
  const place = canBeSummed(question) ? await findPlace(db, teamId) : null;
  const parts =
    place?.untilDay && place.zone === question.zone
      ? partsOf(question.filter.period, place.untilDay, place.zone)
      : null;
  if (!place || !parts) return count(db, teamId, question, most);
  const lines = await count(db, teamId, question, most, (team, asked, limit) =>
    summingStatementFor(team, asked, { place, parts }, limit),
  );
  const isStill = (await findPlace(db, teamId))?.generation === place.generation;
  return isStill ? lines : count(db, teamId, question, most, statementFor);
}

type Summed = { place: DaySumState; parts: Parts };

function summingStatementFor(teamId: string, question: CountQuery, summed: Summed, most: number) {
  const values: unknown[] = [];
  const keep = (value: unknown) => `$${values.push(value)}`;
  const anyTime: Period = { from: null, until: null };
  const part = (of: RowSource, period: Period, counted: (one: Count) => string) => {
    const asked = { ...question, filter: { ...question.filter, period } };
    const made = countedRows(teamId, asked, isCutBy(question), { of, values });
    const sums = question.counts.map((one) => `${counted(one)} as ${one}`);
    const mails = `${counted("num_emails_sent")} as mails`;
    return {
      shown: made.shown,
      sql: `select m.g, m.p, ${[mails, ...sums].join(", ")} from (${made.rows}) m group by m.g, m.p`,
    };
  };
  const days = part(daysOf(summed, keep), anyTime, sumOf);
  const changes = part(changesOf(summed, keep), anyTime, sumOf);
  const rests = summed.parts.rests.map((period) => part(ROWS.mails, period, counting));
  // What never was anywhere in time counts only where no time is asked for.
  const { from, until } = question.filter.period;
  const timeless = from || until ? [] : [part(TIMELESS, anyTime, counting)];
  const rows = [days, changes, ...rests, ...timeless].map(({ sql }) => sql).join("\n union all ");
  const asked = { rows, values, keep, shown: days.shown };
  return inLines(question, asked, (one) => `coalesce(sum(m.${one}), 0)`, most, SOME_MAILS);
}

/** A group without mails is left out. */
const SOME_MAILS = "having sum(m.mails) <> 0";

const TIMELESS: RowSource = {
  ...ROWS.mails,
  where: `${ROWS.mails.where} and (${ROWS.mails.moment(() => "")}) is null`,
};

function sumOf(one: Count) {
  if (!isSummed(one)) throw new Error(`${one} is in no day`);
  return `sum(m.${SUMS[one]})`;
}

const KEPT: Pick<RowSource, "user" | "columns" | "words" | "shown"> = {
  user: "o.user_id",
  columns: {
    sequence: "o.sequence_id",
    step: "o.step_id",
    touch: "o.touch_id",
    mailbox: "o.mailbox_id",
    reply_class: "o.reply_class",
  },
  words: [],
  shown: { contact: "null", title: "null" },
};

type KeepValue = (value: unknown) => string;

function daysOf({ place, parts: { days } }: Summed, keep: KeepValue): RowSource {
  const from = days.from ? ` and o.day >= ${keep(days.from.toString())}::date` : "";
  return {
    ...KEPT,
    from: "message_days o",
    where: `o.generation = ${keep(place.generation)}::int${from} and o.day < ${keep(days.until.toString())}::date`,
    moment: (zone) => `(o.day::timestamp at time zone ${zone()})`,
  };
}

function changesOf({ place, parts: { days } }: Summed, keep: KeepValue): RowSource {
  const zone = keep(place.zone);
  const first = (day: Temporal.PlainDate) =>
    `(${keep(day.toString())}::timestamp at time zone ${zone}::text)`;
  return {
    ...KEPT,
    from: "message_day_changes o",
    where: `${days.from ? `o.at >= ${first(days.from)} and ` : ""}o.at < ${first(days.until)}`,
    moment: () => "o.at",
  };
}
