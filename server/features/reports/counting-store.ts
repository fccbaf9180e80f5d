// The counting: a statement for each source, grouped by the database, with every total it needs beside the table.
//
// Easy to get wrong here: a person may be in several groups, and then their rows count in each. A total counts them once, so
// it comes from a statement of its own.

import type { Db } from "../../db/connect.ts";
import type { Count, Dimension, Source } from "../../domain/report-metrics.ts";
import type { Period } from "../../domain/report-period.ts";
import type { Cut, Line } from "../../domain/report-table.ts";
import { counting, ROWS, type Rows } from "./rows-store.ts";

export type Filter = {
  period: Period;
  userIds: readonly string[] | null;
  subteamIds: readonly string[] | null;
  /** By what the rows belong to. */
  among: readonly { dimension: Dimension; ids: readonly string[] }[];
  /** Null where everything may be seen. */
  visible: { userId: string; sequenceIds: readonly string[] } | null;
};

export type Question = {
  source: Source;
  counts: readonly Count[];
  group: Dimension | null;
  pivot: Dimension | null;
  cuts: readonly Cut[];
  filter: Filter;
  zone: string;
};

export type Keep = (value: unknown) => string;

/** A value that the statement does not use must not be sent along. */
function onlyOnce(make: () => string) {
  let made: string | null = null;
  return () => (made ??= make());
}

export async function count(
  db: Db,
  teamId: string,
  question: Question,
  most: number,
  stating = statementFor,
): Promise<Line[]> {
  const inGroups = (cut: Cut) =>
    (cut.includes("g") && question.group === "subteam") ||
    (cut.includes("p") && question.pivot === "subteam");
  const halves = [question.cuts.filter(inGroups), question.cuts.filter((cut) => !inGroups(cut))];
  const lines: Line[] = [];
  for (const cuts of halves.filter((half) => half.length > 0)) {
    const { sql, values } = stating(teamId, { ...question, cuts }, most);
    const { rows } = await db.raw(sql, values);
    for (const row of rows) lines.push(lineOf(row, question.counts));
  }
  return lines;
}

const SETS: Readonly<Record<Cut, string>> = { gp: "(m.g, m.p)", g: "(m.g)", p: "(m.p)", "": "()" };

/** The whole statement, also for whoever measures it by itself. */
export function statementFor(teamId: string, question: Question, most: number) {
  const asked = rowsOf(teamId, question, isCutBy(question));
  return inLines(question, asked, counting, most);
}

export function isCutBy({ cuts }: Pick<Question, "cuts">) {
  return (part: Part) => cuts.some((cut) => cut.includes(part));
}

type Asked = Pick<ReturnType<typeof rowsOf>, "rows" | "values" | "keep" | "shown">;

/** A line for each group of what was asked. */
export function inLines(
  { counts, cuts }: Question,
  { rows, values, keep, shown }: Asked,
  counted: (count: Count) => string,
  most: number,
  having = "",
) {
  const isCut = isCutBy({ cuts });
  const named = (part: Part) =>
    isCut(part) ? [`case when grouping(m.${part}) = 0 then '${part}' else '' end`] : [];
  const sql = `
    select ${[...named("g"), ...named("p"), "''"].join(" || ")} as cut, ${shown("g")} as g, ${shown("p")} as p, ${counts.map((one) => `${counted(one)} as ${one}`).join(", ")}
      from (${rows}) m
     group by grouping sets (${cuts.map((cut) => SETS[cut]).join(", ")}) ${having}
     limit ${keep(most + 1)}`;
  return { sql, values };
}

export type Part = "g" | "p";

/** The rows that a question is about, each with its keys; and how a key is written. */
export function rowsOf(
  teamId: string,
  { source, group, pivot, filter, zone }: Omit<Question, "counts" | "cuts">,
  isAsked: (part: Part) => boolean,
  { of = ROWS[source], values = [] }: { of?: Rows; values?: unknown[] } = {},
) {
  const keep: Keep = (value) => `$${values.push(value)}`;
  const team = `${keep(teamId)}::text`;
  const there = onlyOnce(() => `${keep(zone)}::text`);
  const asked: Record<Part, Dimension | null> = {
    g: isAsked("g") ? group : null,
    p: isAsked("p") ? pivot : null,
  };
  const key = (part: Part) => {
    const dimension = asked[part];
    return dimension ? keyOf(of, dimension, part, there) : "null::text";
  };
  const member = (part: Part) =>
    asked[part] === "subteam"
      ? `left join subteam_members in_${part} on in_${part}.team_id = o.team_id and in_${part}.user_id = ${of.user}`
      : "";
  const rows = `select ${["o.*", ...of.words].join(", ")}, ${of.moment(there)} as at, ${key("g")} as g, ${key("p")} as p
              from ${[of.from, member("g"), member("p")].join(" ")}
             where ${[`o.team_id = ${team}`, of.where, ...conditions(of, filter, there, team, keep)].join(" and ")}`;
  const shown = (part: Part) => {
    const dimension = asked[part];
    return dimension ? written(`m.${part}`, dimension) : "null::text";
  };
  return { rows, of, values, keep, shown };
}

/** Rows are told apart by numbers and moments, which is quicker than by words, and words are made of them once for each group. */
function keyOf(rows: Rows, dimension: Dimension, part: Part, zone: () => string): string {
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

function conditions(rows: Rows, filter: Filter, zone: () => string, team: string, keep: Keep) {
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

/** A sequence's rows are for whoever sees the sequence, and mails outside of sequences for whose they are. */
function isVisible(
  rows: Rows,
  sequence: string,
  { userId, sequenceIds }: NonNullable<Filter["visible"]>,
  keep: Keep,
) {
  const own = rows.columns.touch ? ` and ${rows.user} = ${keep(userId)}::text` : "";
  return `(${sequence} = any (${keep(sequenceIds)}::text[]) or ${sequence} is null${own})`;
}

function lineOf(row: Record<string, unknown>, counts: readonly Count[]): Line {
  const counted = Object.fromEntries(counts.map((one) => [one, Number(row[one])]));
  return { cut: row.cut as Cut, g: row.g as string | null, p: row.p as string | null, counted };
}
