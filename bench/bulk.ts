// Changes to everybody in a sequence: how their time grows with the people, what they cost beside a bare UPDATE of the same
// rows, and whether the team's other sequences go on sending meanwhile.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient } from "@cadenza/sdk";
import type pg from "pg";
import { timeBare } from "./bulk-bare.ts";
import { CHANGES, type Change, type Scene } from "./bulk-changes.ts";
import * as rows from "./bulk-rows.ts";
import { OTHERS, startStream } from "./bulk-sending.ts";
import { type Figure, median, progress, type Suite } from "./harness.ts";
import { connectAs, startServer } from "./processes.ts";
import { startSink } from "./sending.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3931;
const SIZES = (process.env.CADENZA_BENCH_SIZES ?? "1000,10000,100000").split(",").map(Number);
const OTHERS_COUNT = 40_000;
/** How often all changes are made at each size, each time to other people; figures are medians of them. */
const ROUNDS = Number(process.env.CADENZA_BENCH_ROUNDS ?? "1");
/** Names of changes, to measure those alone. The others are made all the same, because each change begins where the one before ended. */
const CHOSEN = process.env.CADENZA_BENCH_CHANGES?.split(",");

export const bulk: Suite = {
  name: "Bulk changes",
  about:
    `Sequences with ${SIZES.join(", ")} people each, changed whole over HTTP: at once where the call waits, else until its job is done. ` +
    "Each change is timed beside a bare UPDATE that runs just before it, of the same rows, to what the change makes of them, so that the same " +
    "indexes are written: no triggers, no history, no events, one statement, with its commit. What it wrote is taken back. The detail also " +
    "says how long it took beside that UPDATE with a bare INSERT of the history and of the events, which a change has to leave. Merging and " +
    "deleting change more than contacts, so there the same rows are those of the contacts, their enrollments, mails, tasks and further " +
    "addresses, by one bare UPDATE for each table, and their history, by a bare DELETE. A change of stages also answers with the contacts, " +
    `which no bare UPDATE reads. At each size ${ROUNDS === 1 ? "one round" : `the median of ${ROUNDS} rounds`}. ` +
    "One in ten people has a mail planned, and one in a hundred was mailed just before. " +
    "Another sequence of the team sends 20 mails a second all the while, half of them from the mailbox of the sequence that is changed; " +
    "the gap is the longest time in which none of them arrived. Changes of contacts by name take at most 1,000 a call (100 to merge), and " +
    "are measured up to 10,000.",
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const env = {
      CADENZA_DATA_DIR: dataDir,
      CADENZA_BOOTSTRAP_KEY: KEY,
      CADENZA_LOG_LEVEL: "warn",
      CADENZA_MAIL_ALLOW: "127.0.0.0/8",
    };
    const server = await startServer(["scripts/run.mjs", "start"], PORT, env);
    const sink = await startSink(dataDir, "sink");
    try {
      return await measure(server.url, dataDir, sink);
    } finally {
      sink.stop();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

type Timing = { size: number; took: number; bare: number; withHistory: number | null; gap: number };

async function measure(
  url: string,
  dataDir: string,
  sink: { port: number; file: string },
): Promise<Figure[]> {
  const owner = await connectAs(dataDir, "owner");
  const feeder = await connectAs(dataDir, "owner");
  const operator = createClient({ baseUrl: url, apiKey: KEY, retries: 0 });
  const made = await operator.teams.create({ name: "Many", owner_email: "many@bench.example" });
  const patience = { retries: 0, timeoutMs: 300_000 }; // a machine with other work is measured, too
  const api = createClient({ baseUrl: url, apiKey: made.api_key.key, ...patience });
  const teamId = made.team.id;
  const ground = await rows.plantTeam(owner, api, teamId, sink.port);
  const other = await rows.newSequence(api, "Other", ground.schedules[0]);
  const others = await rows.plantContacts(owner, teamId, OTHERS, OTHERS_COUNT);
  const stream = startStream(feeder, ground, other, others, sink.file);
  const timings = new Map<string, Timing[]>(CHANGES.map(({ name }) => [name, []]));
  try {
    for (const size of SIZES)
      for (let round = 0; round < ROUNDS; round++) {
        const scene = { owner, api, ground, stream, ...(await plantScene(owner, api, ground, size)) };
        for (const change of CHANGES.filter(({ most = size }) => size <= most)) {
          const timing = await time(scene, change, size);
          if (!timing) continue;
          timings.get(change.name)?.push(timing);
          progress(
            `${change.name} of ${size}: ${timing.took.toFixed(0)} ms, ${(timing.took / timing.bare).toFixed(2)} of bare, gap ${timing.gap.toFixed(0)} ms`,
          );
        }
      }
  } finally {
    await stream.stop();
    await owner.end();
    await feeder.end();
  }
  return [...timings].flatMap(([name, of]) => figuresOf(name, of));
}

async function plantScene(owner: pg.Client, api: Client, ground: rows.Ground, size: number) {
  const sequence = await rows.newSequence(api, `Of ${size}`, ground.schedules[0]);
  const twin = await rows.newSequence(api, `Also of ${size}`, ground.schedules[0]);
  const third = await rows.newSequence(api, `Third of ${size}`, ground.schedules[0]);
  const contacts = await rows.plantContacts(owner, ground.teamId, `of${size}.example`, size);
  const sequences = [sequence, twin, third];
  for (const one of sequences) await rows.plantPeople(owner, ground, one, contacts);
  await rows.untilScored(owner, ground.teamId);
  for (const table of ["contacts", "enrollments"]) await owner.query(`vacuum analyze ${table}`);
  for (const { id } of sequences) await rows.untilPlanned(owner, ground.teamId, id);
  await owner.query("checkpoint");
  return { sequence, twin, third, contacts };
}

async function time(whole: Scene, change: Change, size: number): Promise<Timing | null> {
  const { bare: least, where = "sequence", share = [0, 1], act } = change;
  const contacts = whole.contacts.slice(share[0] * size, share[1] * size);
  const scene = { ...whole, contacts };
  if (CHOSEN && !CHOSEN.includes(change.name)) {
    await act(scene);
    return null;
  }
  const bare = await timeBare(scene.owner, least, scene, scene[where]);
  const from = Date.now();
  const began = performance.now();
  await act(scene);
  const took = performance.now() - began;
  await sleep(1_000);
  return { size, took, ...bare, gap: scene.stream.longestGap(from, Date.now()) };
}

function figuresOf(name: string, of: readonly Timing[]): Figure[] {
  const sizes = [...Map.groupBy(of, ({ size }) => size)].map(([size, rounds]) => ({
    size,
    took: median(rounds.map(({ took }) => took)),
    bare: median(rounds.map(({ bare }) => bare)),
    ratio: median(rounds.map(({ took, bare }) => took / bare)),
    ofAll: median(rounds.map(({ took, withHistory }) => took / (withHistory ?? took))),
    tellsHistory: rounds.every(({ withHistory }) => withHistory !== null),
  }));
  const last = sizes.at(-1);
  if (!last) return [];
  const growth = sizes.slice(1).map((one, n) => {
    const before = sizes[n] as (typeof sizes)[number];
    return { times: one.took / before.took, most: (one.size / before.size) * 1.2 };
  });
  const gap = Math.max(...of.map((one) => one.gap));
  const seconds = sizes.map(({ size, took }) => `${size}: ${(took / 1000).toFixed(2)} s`).join(", ");
  const grown: Figure = {
    name: `${name}: growth with ten times the people`,
    measured: growth.map(({ times }) => `${times.toFixed(1)} times`).join(", then "),
    target: "12 times or less",
    isMet: growth.every(({ times, most }) => times <= most),
    detail: seconds,
  };
  return [
    ...(growth.length > 0 ? [grown] : []), // nothing grew where only one size was measured
    {
      name: `${name}: against a bare UPDATE`,
      measured: `${last.ratio.toFixed(2)} times`,
      target: "3 times or less",
      isMet: last.ratio <= 3,
      detail:
        `${(last.took / 1000).toFixed(2)} against ${(last.bare / 1000).toFixed(2)} s, ${last.size} people` +
        (last.tellsHistory ? `; ${last.ofAll.toFixed(2)} times with bare history and events` : ""),
    },
    {
      name: `${name}: longest gap in the other sequence's mails`,
      measured: `${(gap / 1000).toFixed(2)} s`,
      target: "1 s or less",
      isMet: gap <= 1_000,
      detail: "20 mails a second",
    },
  ];
}
