// What `cadenza upgrade --check` found, as data. Names are those of the API, because programs read it as JSON.

import { compareVersions, type Release, releasedBetween, supportEnds } from "../../kernel/releases.ts";
import { durationText, megabytes, type Room } from "../major-upgrade/room.ts";
import type { BackgroundAhead } from "./background-ahead.ts";
import type { Ahead, MigrationAhead } from "./migrations-ahead.ts";

export type MajorMove = { from: string; to: string; kept: string; reads_with: string | null; room: Room };

export type Found = {
  database: string;
  runs: boolean;
  postgresql: string | null;
  ahead: Ahead | null;
  move: MajorMove | null;
  /** Null: not of this machine. */
  freeBytes: number | null;
  settings: string[];
  kept: string[];
};

export function reportOf(found: Found, to: string, releases: readonly Release[], today: Temporal.PlainDate) {
  const from = found.ahead?.version ?? null;
  const ends = from ? supportEnds(releases, from) : null;
  const migrations = found.ahead?.migrations ?? null;
  const background = found.ahead?.background ?? null;
  const waited = (background ?? []).filter(({ before }) => before !== null);
  const sum = (pick: (one: MigrationAhead) => number) =>
    (migrations ?? []).reduce((all, one) => all + pick(one), 0);
  const first = migrations?.find(({ isBeside }) => !isBeside);
  return {
    version: {
      from,
      to,
      skipped: from ? releasedBetween(releases, from, to) : [],
      supported_until: ends?.toString() ?? null,
      is_supported: ends ? Temporal.PlainDate.compare(today, ends) <= 0 : from ? true : null,
      is_older: from ? compareVersions(to, from) < 0 : false,
    },
    database: { place: found.database, runs: found.runs, postgresql: found.postgresql },
    migrations: migrations?.map(asJson) ?? null,
    background_migrations: background?.map((one) => ({ ...one, seconds: Math.ceil(one.seconds) })) ?? null,
    estimate: {
      seconds: Math.ceil(
        sum(({ seconds }) => seconds) + waited.reduce((all, { seconds }) => all + seconds, 0),
      ),
      refused_writes_seconds: Math.ceil(sum(({ blockedSeconds }) => blockedSeconds)),
      megabytes: sum((one) => one.megabytes) + (found.move ? megabytes(found.move.room.neededBytes) : 0),
      free_megabytes: found.freeBytes === null ? null : Math.floor(found.freeBytes / 2 ** 20),
    },
    previous_version: migrations && {
      goes_on: first === undefined && !found.move,
      until: first?.name ?? (found.move ? "move to another PostgreSQL" : null),
      because: first?.takesAway ?? [],
    },
    postgresql_move: found.move && {
      from: found.move.from,
      to: found.move.to,
      kept_in: found.move.kept,
      reads_with: found.move.reads_with,
      seconds: found.move.room.aboutSeconds,
      megabytes: megabytes(found.move.room.bytes),
    },
    settings: found.settings,
    kept_folders: found.kept,
  };
}

function asJson({
  number,
  name,
  takesAway,
  isBeside,
  seconds,
  blockedSeconds,
  tables,
  ...rest
}: MigrationAhead) {
  return {
    number,
    name,
    seconds: Math.ceil(seconds),
    refused_writes_seconds: Math.ceil(blockedSeconds),
    megabytes: rest.megabytes,
    tables,
    previous_version_goes_on: isBeside,
    takes_away: takesAway,
  };
}

export type UpgradeReport = ReturnType<typeof reportOf>;

export function linesOf(report: UpgradeReport): string[] {
  const {
    version,
    database,
    migrations,
    estimate,
    previous_version: previous,
    postgresql_move: move,
  } = report;
  const free = estimate.free_megabytes;
  return [
    `Database:   ${database.place}${database.postgresql ? `, PostgreSQL ${database.postgresql}` : ""}`,
    `Version:    ${version.from ?? "not recorded"} → ${version.to}${version.skipped.length > 0 ? `, skips ${version.skipped.join(", ")}` : ""}`,
    ...(version.supported_until
      ? [`Support:    ${version.from} gets fixes until ${version.supported_until}`]
      : []),
    ...migrationLines(migrations),
    ...(report.background_migrations ?? []).map(backgroundLine),
    ...(previous ? [`Before it:  ${besideLine(previous)}`] : []),
    ...(move ? moveLines(move, database.place) : []),
    `Disk:       ${estimate.megabytes} MB needed${free === null ? " on the server of the database" : `, ${free} MB free`}`,
    ...report.settings.map((sentence) => `Setting:    ${sentence}`),
    ...report.kept_folders,
  ];
}

function moveLines(move: NonNullable<UpgradeReport["postgresql_move"]>, place: string) {
  return [
    `The database in ${place} is PostgreSQL ${move.from}, and this version of Cadenza has PostgreSQL ${move.to}.`,
    `The next start moves it. No email is sent meanwhile. The database of now is kept in ${move.kept_in}.`,
    `Size:       ${move.megabytes} MB`,
    `Time:       about ${durationText(move.seconds)}`,
    ...(move.reads_with ? [`Reads it:   ${move.reads_with}`] : []),
  ];
}

function migrationLines(migrations: UpgradeReport["migrations"]) {
  if (migrations === null)
    return [
      "Migrations: not known, because the database does not run. Start the version in use, then ask again.",
    ];
  if (migrations.length === 0) return ["Migrations: none"];
  return [
    `Migrations: ${migrations.length}. Times are estimates from the sizes of the tables.`,
    ...migrations.flatMap((one) => [
      `  ${one.name}: about ${durationText(one.seconds)}, writes wait about ${durationText(one.refused_writes_seconds)}`,
      ...one.tables
        .filter(({ work, rows }) => work !== "locks" && rows > 0)
        .map(
          ({ table, rows, megabytes: size, work, stops }) =>
            `    ${WORDS[work](table)} (${rows} rows, ${size} MB)${stops ? `; ${stops} of ${table} wait` : ""}`,
        ),
    ]),
  ];
}

function backgroundLine({ name, table, rows, megabytes: size, seconds, before }: BackgroundAhead) {
  const when = before
    ? `the start waits for it, because of ${before}`
    : "in the background, while emails go out";
  return `${before ? "First:     " : "Later:     "} ${name} changes rows of ${table} (${rows} rows, ${size} MB): about ${durationText(seconds)}, ${when}`;
}

const WORDS: Record<MigrationAhead["tables"][number]["work"], (table: string) => string> = {
  rewrites: (table) => `rewrites ${table}`,
  checks: (table) => `checks each row of ${table}`,
  indexes: (table) => `builds an index on ${table}`,
  searches: (table) => `builds an index for searches on ${table}`,
  "changes rows": (table) => `changes rows of ${table}, at most all`,
  locks: (table) => `locks ${table} for a moment`,
};

function besideLine({ goes_on, until, because }: NonNullable<UpgradeReport["previous_version"]>) {
  if (goes_on)
    return "the previous version can go on beside the new database, and can be started on it again.";
  return `stop the previous version. It cannot go on after ${until}${because.length > 0 ? `, which takes away ${because.join(", ")}` : ""}.`;
}
