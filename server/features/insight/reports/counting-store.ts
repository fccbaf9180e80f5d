// The counting: a statement for each source, grouped by the database, with every total it needs beside the table.
//
// Easy to get wrong here: a person may be in several groups, and then their rows count in each. A total counts them once, so
// it comes from a statement of its own.

import type { Db } from "../../../db/connect.ts";
import type { Count, Dimension, ReportSource } from "../../../domain/insight/report-metrics.ts";
import type { Period } from "../../../domain/insight/report-period.ts";
import type { Cut, ReportLine } from "../../../domain/insight/report-table.ts";
import { counting, ROWS, type RowSource } from "../../sending/message-days/rows-store.ts";

export type ReportFilter = {
  period: Period;
  userIds: readonly string[] | null;
  subteamIds: readonly string[] | null;
  /** By what the rows belong to. */
  among: readonly { dimension: Dimension; ids: readonly string[] }[];
  /** Null where everything may be seen. */
  visible: { userId: string; sequenceIds: readonly string[] } | null;
};

export type CountQuery = {
  source: ReportSource;
  counts: readonly Count[];
  group: Dimension | null;
  pivot: Dimension | null;
  cuts: readonly Cut[];
  filter: ReportFilter;
  zone: string;
};

export type BindParameter = (value: unknown) => string;

/** A value that the statement does not use must not be sent along. */
function onlyOnce(make: () => string) {
  let made: string | null = null;
  return () => (made ??= make());
}

export async function count(
  db: Db,
  teamId: string,
  question: CountQuery,
  most: number,
  stating = statementFor,
): Promise<ReportLine[]> {
  const inGroups = (cut: Cut) =>
    (cut.includes("g") && question.group === "subteam") ||
    (cut.includes("p") && question.pivot === "subteam");
  const halves = [question.cuts.filter(inGroups), question.cuts.filter((cut) => !inGroups(cut))];
  const lines: ReportLine[] = [];
  for (const cuts of halves.filter((half) => half.length > 0)) {
    const { sql, values } = stating(teamId, { ...question, cuts }, most);
    const { rows } = await db.raw(sql, values);
    for (const row of rows) lines.push(lineOf(row, question.counts));
  }
  return lines;
}

const SETS: Readonly<Record<Cut, string>> = { gp: "(m.g, m.p)", g: "(m.g)", p: "(m.p)", "": "()" };

/** The whole statement, also for code that measures it by itself. */
export function statementFor(teamId: string, question: CountQuery, most: number) {
  const asked = countedRows(teamId, question, isCutBy(question));
  return inLines(question, asked, counting, most);
}

export function isCutBy({ cuts }: Pick<CountQuery, "cuts">) {
  return (part: ReportAxis) => cuts.some((cut) => cut.includes(part));
}

type Asked = Pick<ReturnType<typeof countedRows>, "rows" | "values" | "keep" | "shown">;

/** A line for each group of what was asked. */
export function inLines(
  { counts, cuts }: CountQuery,
  { rows, values, keep, shown }: Asked,
  counted: (count: Count) => string,
  most: number,
  having = "",
) {
  const isCut = isCutBy({ cuts });
  const named = (part: ReportAxis) =>
    isCut(part) ? [`case when grouping(m.${part}) = 0 then '${part}' else '' end`] : [];
  const sql = `
    select ${[...named("g"), ...named("p"), "''"].join(" || ")} as cut, ${shown("g")} as g, ${shown("p")} as p, ${counts.map((one) => `${counted(one)} as ${one}`).join(", ")}
      from (${rows}) m
     group by grouping sets (${cuts.map((cut) => SETS[cut]).join(", ")}) ${having}
     limit ${keep(most + 1)}`;
  return { sql, values };
}

type ReportAxis = "g" | "p";

/** The rows that a question is about, each with its keys; and how a key is written. */
export function countedRows(
  teamId: string,
  { source, group, pivot, filter, zone }: Omit<CountQuery, "counts" | "cuts">,
  isAsked: (part: ReportAxis) => boolean,
  { of = ROWS[source], values = [] }: { of?: RowSource; values?: unknown[] } = {},
) {
  const keep: BindParameter = (value) => `$${values.push(value)}`;
  const team = `${keep(teamId)}::text`;
  const there = onlyOnce(() => `${keep(zone)}::text`);
  const asked: Record<ReportAxis, Dimension | null> = {
    g: isAsked("g") ? group : null,
    p: isAsked("p") ? pivot : null,
  };
  const key = (part: ReportAxis) => {
    const dimension = asked[part];
    return dimension ? keyOf(of, dimension, part, there) : "null::text";
  };
  const member = (part: ReportAxis) =>
    asked[part] === "subteam"
      ? `left join subteam_members in_${part} on in_${part}.team_id = o.team_id and in_${part}.user_id = ${of.user}`
      : "";
  const rows = `select ${["o.*", ...of.words].join(", ")}, ${of.moment(there)} as at, ${key("g")} as g, ${key("p")} as p
              from ${[of.from, member("g"), member("p")].join(" ")}
             where ${[`o.team_id = ${team}`, of.where, ...conditions(of, filter, there, team, keep)].join(" and ")}`;
  const shown = (part: ReportAxis) => {
    const dimension = asked[part];
    return dimension ? written(`m.${part}`, dimension) : "null::text";
  };
  return { rows, of, values, keep, shown };
}

/** Rows are told apart by numbers and moments, which is quicker than by words, and words are made of them once for each group. */
function keyOf(rows: RowSource, dimension: Dimension, part: ReportAxis, zone: () => string): string {
  const there = (moment = rows.moment(zone)) => `(${moment} at time zone ${zone()})`;
  switch (dimension) {
    case "user":
      return rows.user;
    case "subteam":
      return `in_${part}.subteam_id`;
    case "day":
    case "week":
    case "month":
      return `date_trunc('${dimension}', ${there()})`;
    case "hour_of_day":
      return `extract(hour from ${there()})`;
    case "reply_hour":
      return `extract(hour from ${there("o.replied_at")})`;
    case "weekday":
      return `extract(isodow from ${there()})`;
    case "reply_weekday":
      return `extract(isodow from ${there("o.replied_at")})`;
    default:
      return `(${rows.columns[dimension]})::text`;
  }
}

function written(key: string, dimension: Dimension) {
  switch (dimension) {
    case "day":
    case "week":
      return `to_char(${key}, 'YYYY-MM-DD')`;
    case "month":
      return `to_char(${key}, 'YYYY-MM')`;
    case "hour_of_day":
    case "reply_hour":
      return `to_char(${key}, 'FM00')`;
    default:
      return `${key}::text`;
  }
}

function conditions(
  rows: RowSource,
  filter: ReportFilter,
  zone: () => string,
  team: string,
  keep: BindParameter,
) {
  const { period, userIds, subteamIds, among, visible } = filter;
  const moment = () => rows.moment(zone);
  const sequence = rows.columns.sequence;
  const isOneOf = (what: string, ids: readonly string[]) => `${what} = any (${keep(ids)}::text[])`;
  return [
    ...(period.from ? [`${moment()} >= ${keep(period.from.toString())}::timestamptz`] : []),
    ...(period.until ? [`${moment()} < ${keep(period.until.toString())}::timestamptz`] : []),
    ...(userIds ? [isOneOf(rows.user, userIds)] : []),
    ...(subteamIds
      ? [
          `${rows.user} in (select h.user_id from subteam_members h where h.team_id = ${team} and ${isOneOf("h.subteam_id", subteamIds)})`,
        ]
      : []),
    ...among.map(({ dimension, ids }) => isOneOf(keyOf(rows, dimension, "g", zone), ids)),
    ...(visible && sequence ? [isVisible(rows, sequence, visible, keep)] : []),
  ];
}

/** A sequence's rows are for users who see the sequence, and mails outside of sequences for their owners. */
function isVisible(
  rows: RowSource,
  sequence: string,
  { userId, sequenceIds }: NonNullable<ReportFilter["visible"]>,
  keep: BindParameter,
) {
  const own = rows.columns.touch ? ` and ${rows.user} = ${keep(userId)}::text` : "";
  return `(${sequence} = any (${keep(sequenceIds)}::text[]) or ${sequence} is null${own})`;
}

function lineOf(row: Record<string, unknown>, counts: readonly Count[]): ReportLine {
  const counted = Object.fromEntries(counts.map((one) => [one, Number(row[one])]));
  return { cut: row.cut as Cut, g: row.g as string | null, p: row.p as string | null, counted };
}
