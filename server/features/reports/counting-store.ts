// The counting: a statement for each source, grouped by the database, with every total it needs beside the table.
//
// Easy to get wrong here: a person may be in several groups, and then their rows count in each. A total counts them once, so
// it comes from a statement of its own.

import type { Db } from "../../db/connect.ts";
import type { Count, Dimension, Source } from "../../domain/report-metrics.ts";
import type { Period } from "../../domain/report-period.ts";
import type { Cut, Line } from "../../domain/report-table.ts";
import { COUNTING, ROWS, type Rows } from "./rows-store.ts";

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

type Keep = (value: unknown) => string;

/** A value that the statement does not use must not be sent along. */
function onlyOnce(make: () => string) {
  let made: string | null = null;
  return () => (made ??= make());
}

export async function count(db: Db, teamId: string, question: Question, most: number): Promise<Line[]> {
  const inGroups = (cut: Cut) =>
    (cut.includes("g") && question.group === "subteam") ||
    (cut.includes("p") && question.pivot === "subteam");
  const halves = [question.cuts.filter(inGroups), question.cuts.filter((cut) => !inGroups(cut))];
  const lines: Line[] = [];
  for (const cuts of halves.filter((half) => half.length > 0)) {
    const { sql, values } = statementFor(teamId, { ...question, cuts }, most);
    const { rows } = await db.raw(sql, values);
    for (const row of rows) lines.push(lineOf(row, question.counts));
  }
  return lines;
}

const SETS: Readonly<Record<Cut, string>> = { gp: "(m.g, m.p)", g: "(m.g)", p: "(m.p)", "": "()" };

/** The whole statement, also for whoever measures it by itself. */
export function statementFor(teamId: string, question: Question, most: number) {
  const values: unknown[] = [];
  const keep: Keep = (value) => `$${values.push(value)}`;
  const { counts, cuts, filter } = question;
  const rows = ROWS[question.source];
  const team = `${keep(teamId)}::text`;
  const zone = onlyOnce(() => `${keep(question.zone)}::text`);
  const isCut = (part: "g" | "p") => cuts.some((cut) => cut.includes(part));
  const key = (part: "g" | "p", dimension: Dimension | null) =>
    dimension && isCut(part) ? keyOf(rows, dimension, part, zone) : "null::text";
  const member = (part: "g" | "p", dimension: Dimension | null) =>
    dimension === "subteam" && isCut(part)
      ? [
          `left join subteam_members in_${part} on in_${part}.team_id = o.team_id and in_${part}.user_id = ${rows.user}`,
        ]
      : [];
  const named = (part: "g" | "p") =>
    isCut(part) ? [`case when grouping(m.${part}) = 0 then '${part}' else '' end`] : [];
  const shown = (part: "g" | "p") => (isCut(part) ? `m.${part}` : "null::text");
  const sql = `
    select ${[...named("g"), ...named("p"), "''"].join(" || ")} as cut, ${shown("g")} as g, ${shown("p")} as p, ${counts.map((one) => `${COUNTING[one]} as ${one}`).join(", ")}
      from (select ${["o.*", ...rows.words].join(", ")}, ${key("g", question.group)} as g, ${key("p", question.pivot)} as p
              from ${[rows.from, ...member("g", question.group), ...member("p", question.pivot)].join(" ")}
             where ${[`o.team_id = ${team}`, rows.where, ...conditions(rows, filter, zone, team, keep)].join(" and ")}) m
     group by grouping sets (${cuts.map((cut) => SETS[cut]).join(", ")})
     limit ${keep(most + 1)}`;
  return { sql, values };
}

function keyOf(rows: Rows, dimension: Dimension, part: "g" | "p", zone: () => string): string {
  const there = () => `(${rows.moment(zone)} at time zone ${zone()})`;
  switch (dimension) {
    case "user":
      return rows.user;
    case "subteam":
      return `in_${part}.subteam_id`;
    case "day":
      return `to_char(${there()}, 'YYYY-MM-DD')`;
    case "week":
      return `to_char(date_trunc('week', ${there()}), 'YYYY-MM-DD')`;
    case "month":
      return `to_char(${there()}, 'YYYY-MM')`;
    case "hour_of_day":
      return `to_char(${there()}, 'HH24')`;
    case "weekday":
      return `to_char(${there()}, 'ID')`;
    default:
      return `(${rows.columns[dimension]})::text`;
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
