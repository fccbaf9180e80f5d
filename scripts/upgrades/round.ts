// One change of versions and back, on one database, while email goes out. In the end the mail server, and every check of the torture, are
// asked.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "../../server/db/embedded/server.ts";
import { bringWitnesses, violations } from "../../server/testing/invariants.ts";
import { holdsWithin } from "../../server/testing/torture/ground.ts";
import { SinkProcess } from "../../server/testing/torture/sink-process.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { BOOTSTRAP_KEY, urlOf } from "../../server/testing/world.ts";
import { type Running, runProgram, type Settings, startVersion } from "./running.ts";
import { Traffic } from "./traffic.ts";
import type { Version } from "./versions.ts";

/** `kill`: the one that leaves is killed. `stop`: they are never at work together. */
export type Way = "beside" | "kill" | "stop";

export type Result = {
  from: string;
  to: string;
  way: Way;
  migratedBeside: number;
  back: "beside" | "refused" | "not tried";
  emails: number;
  twice: number;
  lost: number;
  unclear: number;
  saved: number;
  gone: number;
  refusedCalls: number;
  /** Longest time in seconds without an email, and without a call that wrote. */
  withoutEmail: number;
  withoutWrite: number;
  complaints: string[];
};

type Place = { settings: Settings; traffic: Traffic; way: Way; holdsMs: number };

const SETTLES_MS = 180_000;

export async function changeVersions(
  from: Version,
  to: Version,
  way: Way,
  server: Connection,
  holdsMs: number,
): Promise<Result> {
  const name = `cadenza_upgrades_${process.pid}_${Date.now()}`;
  const database = { ...server, database: name };
  const folder = mkdtempSync(join(tmpdir(), "cadenza-upgrades-"));
  const sink = new SinkProcess(join(folder, "sink.jsonl"));
  await asOwner({ ownerConnection: server }, (client) => client.query(`create database ${name}`));
  const settings = {
    DATABASE_URL: urlOf(database),
    CADENZA_DATA_DIR: join(folder, "data"),
    CADENZA_BOOTSTRAP_KEY: BOOTSTRAP_KEY,
    CADENZA_MAIL_ALLOW: "127.0.0.0/8",
    CADENZA_LOG_LEVEL: "warn",
  };
  const traffic = new Traffic(BOOTSTRAP_KEY);
  const place = { settings, traffic, way, holdsMs };
  let last: Running | null = null;
  try {
    await sink.start();
    const old = await started(from, place);
    await traffic.begin(sink.port);
    await sleep(holdsMs);
    const migratedBeside = way === "stop" ? 0 : await migratedBy(to, settings);
    last = await changed(old, to, place);
    await sleep(holdsMs);
    const back = await goBack(last, from, place);
    if (back) last = back;
    await sleep(holdsMs);
    const verdict = await judged({ ...place, database, sink });
    const said = back ? "beside" : "refused";
    return {
      from: from.name,
      to: to.name,
      way,
      migratedBeside,
      back: way === "stop" && !back ? "refused" : said,
      ...verdict,
    };
  } finally {
    await traffic.end();
    await last?.end("SIGTERM");
    await sink.close();
    await asOwner({ ownerConnection: server }, (client) =>
      client.query(`drop database if exists ${name} with (force)`),
    );
    rmSync(folder, { recursive: true, force: true });
  }
}

async function started(version: Version, { settings, traffic }: Place): Promise<Running> {
  const server = await startVersion(version, settings);
  if ("refused" in server) throw new Error(`${version.name} does not start:\n${server.refused}`);
  traffic.answers(server);
  return server;
}

/** The next version, asked as an operator asks it while the one before is at work. */
async function migratedBy(version: Version, settings: Settings) {
  const checked = await runProgram(version, "server/upgrade.ts", ["--check", "--json"], settings);
  if (checked.exit !== 0) throw new Error(`the check says ${checked.exit}: ${checked.said}`);
  const beside = await runProgram(version, "server/upgrade.ts", ["--beside"], settings);
  if (beside.exit !== 0) throw new Error(`--beside says ${beside.exit}: ${beside.said}`);
  return /^Migrated: (.*)$/m.exec(beside.said)?.[1]?.split(", ").length ?? 0;
}

async function changed(old: Running, to: Version, place: Place): Promise<Running> {
  const leave = async () => {
    place.traffic.leaves(old);
    await old.end(place.way === "kill" ? "SIGKILL" : "SIGTERM");
  };
  if (place.way === "stop") await leave();
  const next = await started(to, place);
  if (place.way === "stop") return next;
  await sleep(place.holdsMs);
  await leave();
  return next;
}

/** Null: the earlier version refuses the database, as it should where it cannot work with it. */
async function goBack(from: Running, to: Version, place: Place) {
  const back = await startVersion(to, place.settings);
  if ("refused" in back) {
    if (/Start the newer version\./.test(back.refused)) return null;
    throw new Error(`${to.name} neither starts again nor says why:\n${back.refused}`);
  }
  place.traffic.answers(back);
  await sleep(place.holdsMs);
  place.traffic.leaves(from);
  await from.end(place.way === "kill" ? "SIGKILL" : "SIGTERM");
  return back;
}

const LEFT = `
  select (select count(*)::int from enrollments e where e.state = 'active'
             and not exists (select from messages m where m.enrollment_id = e.id and m.delivery = 'unconfirmed')) as waiting,
         (select count(*)::int from messages where delivery in ('claimed', 'dot')) as underway,
         (select count(*)::int from messages where delivery = 'unconfirmed') as unclear`;

async function judged({ way, traffic, database, sink }: Place & { database: Connection; sink: SinkProcess }) {
  await traffic.end();
  const ask = <Row>(sql: string, params: unknown[] = []) =>
    asOwner({ ownerConnection: database }, async (client) => (await client.query(sql, params)).rows as Row[]);
  const left = async () => (await ask<{ waiting: number; underway: number; unclear: number }>(LEFT))[0];
  await holdsWithin(
    async () => (await left())?.waiting === 0 && (await left())?.underway === 0,
    SETTLES_MS,
    500,
  );
  const { waiting = 0, underway = 0, unclear = 0 } = (await left()) ?? {};
  const lines = sink.lines();
  const taken = new Set(lines.map(({ contact_token, step_token }) => `${contact_token}:${step_token}`));
  const found = await asOwner({ ownerConnection: database }, async (client) => {
    await bringWitnesses(client, { accepted: lines, unanswered: sink.unanswered() });
    return violations(client);
  });
  const people = await ask<{ first_name: string }>(
    "select first_name from contacts where id = any($1::text[]::ident[])",
    [traffic.contacts],
  );
  const kept = await ask("select from contacts where id = any($1::text[]::ident[])", [traffic.saved]);
  // One that was killed at the final dot leaves an email of which nobody can know: those are counted as unclear.
  const isExpected = ({ chk }: { chk: string }) => way === "kill" && chk === "I07";
  const missing = people.flatMap(({ first_name }) =>
    [1, 2].filter((step) => !taken.has(`${first_name}:${step}`)),
  );
  const times = lines.map(({ at }) => Date.parse(at)).sort((a, b) => a - b);
  const gaps = times.slice(1).map((at, n) => at - (times[n] ?? at));
  return {
    emails: lines.length,
    twice: lines.length - taken.size,
    lost: traffic.contacts.length - people.length + Math.max(0, missing.length - unclear),
    unclear,
    saved: traffic.saved.length,
    gone: traffic.saved.length - kept.length,
    refusedCalls: traffic.refused,
    withoutEmail: Math.max(0, ...gaps) / 1000,
    withoutWrite: traffic.longestWithoutWrite / 1000,
    complaints: [
      ...[
        ...Map.groupBy(
          found.filter((one) => !isExpected(one)),
          ({ chk }) => chk,
        ),
      ].map(([chk, own]) => `${chk}: ${own.length}, such as ${own.slice(0, 3).map(({ k }) => k)}`),
      ...(waiting + underway > 0 ? [`${waiting} contacts wait and ${underway} emails are under way`] : []),
    ],
  };
}
