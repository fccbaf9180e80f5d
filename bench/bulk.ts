// Changes to everybody in a sequence: how their time grows with the people, what they cost beside a bare UPDATE of the same
// rows, and whether the team's other sequences go on sending meanwhile.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient } from "@cadenza/sdk";
import type pg from "pg";
import * as rows from "./bulk-rows.ts";
import { OTHERS, type Stream, startStream } from "./bulk-sending.ts";
import { type Figure, progress, type Suite } from "./harness.ts";
import { connectAs, startServer } from "./processes.ts";
import { startSink } from "./sending.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3931;
const SIZES = (process.env.CADENZA_BENCH_SIZES ?? "1000,10000,100000").split(",").map(Number);
const OTHERS_COUNT = 40_000;
/** What a call takes that is about contacts by name. */
const NAMED = 1_000;
const MERGED = 100;
/** Calls by name are many transactions of a fixed size, so that more of them show nothing new. */
const MOST_NAMED = 10_000;

export const bulk: Suite = {
  name: "Bulk changes",
  about:
    `Sequences with ${SIZES.join(", ")} people each, changed whole over HTTP: at once where the call waits, else until its job is done. ` +
    "Each change is timed beside a bare UPDATE of the same rows (same columns and indexes, no triggers, no history, no events, one statement) " +
    "that runs just before it. Merging and deleting change more than contacts, so there the same rows are those of the contacts, their " +
    "enrollments, mails, tasks and further addresses, by one bare UPDATE for each table. One in ten people has a mail planned, and one in a hundred " +
    "was mailed just before. " +
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

type Scene = {
  owner: pg.Client;
  api: Client;
  ground: rows.Ground;
  stream: Stream;
  sequence: rows.Sequence;
  contacts: string[];
  /** Another sequence with the same people. */
  twin: rows.Sequence;
  /** And one more. */
  third: rows.Sequence;
};

/** What a change is called, what it does, and which table the bare UPDATE of the same rows writes to. */
type Change = {
  name: string;
  of: "enrollments" | "contacts" | "all of contacts";
  /** Which sequence's people, where it is about enrollments. */
  where?: "sequence" | "twin" | "third";
  /** The largest size it is measured with. */
  most?: number;
  /** From which part of the contacts to which, where it is not about all of them. */
  share?: [number, number];
  act(scene: Scene): Promise<unknown>;
};

const everybody = ({ sequence }: Scene) => ({ id: sequence.id, all: true });

const CHANGES: Change[] = [
  { name: "off", of: "enrollments", act: ({ api, sequence }) => api.sequences.abort({ id: sequence.id }) },
  { name: "on", of: "enrollments", act: ({ api, sequence }) => api.sequences.approve({ id: sequence.id }) },
  {
    name: "pause",
    of: "enrollments",
    act: (scene) => untilDone(scene, scene.api.enrollments.pause(everybody(scene))),
  },
  {
    name: "resume",
    of: "enrollments",
    act: (scene) => untilDone(scene, scene.api.enrollments.resume(everybody(scene))),
  },
  {
    name: "move",
    of: "enrollments",
    act: (scene) =>
      untilDone(
        scene,
        scene.api.enrollments.move({
          ...everybody(scene),
          send_email_from_email_account_id: scene.ground.mailboxes[1],
        }),
      ),
  },
  { name: "change schedule", of: "enrollments", act: (scene) => changeSchedule(scene) },
  { name: "edit steps", of: "enrollments", act: (scene) => removeFirstStep(scene) },
  {
    name: "stage change",
    of: "contacts",
    most: MOST_NAMED,
    act: (scene) =>
      byName(scene, (ids) =>
        scene.api.contacts.updateStages({ contact_ids: ids, contact_stage_id: scene.ground.stages[1] ?? "" }),
      ),
  },
  {
    name: "finish",
    of: "enrollments",
    act: (scene) => untilDone(scene, scene.api.enrollments.finish(everybody(scene))),
  },
  {
    name: "remove",
    of: "enrollments",
    where: "third",
    act: (scene) => untilDone(scene, scene.api.enrollments.remove({ id: scene.third.id, all: true })),
  },
  {
    name: "remove who have finished",
    of: "enrollments",
    act: (scene) => untilDone(scene, scene.api.enrollments.remove(everybody(scene))),
  },
  {
    name: "archive",
    of: "enrollments",
    where: "twin",
    act: ({ api, twin }) => api.sequences.archive({ id: twin.id }),
  },
  { name: "merge", of: "all of contacts", most: MOST_NAMED, share: [0, 0.5], act: (scene) => merge(scene) },
  {
    name: "delete",
    of: "all of contacts",
    most: MOST_NAMED,
    share: [0.5, 1],
    act: (scene) => byName(scene, (ids) => scene.api.contacts.bulkDelete({ contact_ids: ids })),
  },
];

async function byName({ contacts }: Scene, call: (ids: string[]) => Promise<unknown>) {
  for (let start = 0; start < contacts.length; start += NAMED)
    await call(contacts.slice(start, start + NAMED));
}

/** Every hundredth contact takes over the ninety-nine after it. */
async function merge({ api, contacts }: Scene) {
  for (let start = 0; start < contacts.length; start += MERGED) {
    const [winner = "", ...losers] = contacts.slice(start, start + MERGED);
    await api.contacts.merge({ winner_id: winner, loser_ids: losers });
  }
}

async function untilDone({ owner, ground }: Scene, call: Promise<unknown>) {
  const job = ((await call) as { entity_progress_job?: { id: string } }).entity_progress_job;
  if (job)
    await until(
      owner,
      "select finished_at is not null as done from progress where team_id = $1 and id = $2",
      [ground.teamId, job.id],
    );
}

async function until(owner: pg.Client, sql: string, params: unknown[]) {
  for (;;) {
    const { rows: found } = await owner.query<{ done: boolean }>(sql, params);
    if (found[0]?.done) return;
    await sleep(20);
  }
}

const REPLANNED = "select not exists (select from replans where team_id = $1 and sequence_id = $2) as done";

async function changeSchedule({ api, owner, ground, sequence }: Scene) {
  await api.sequences.update({ id: sequence.id, emailer_schedule_id: ground.schedules[1] });
  await until(owner, REPLANNED, [ground.teamId, sequence.id]);
}

async function removeFirstStep({ api, owner, ground, sequence }: Scene) {
  await api.steps.remove({ id: sequence.steps[0] ?? "", force: true });
  await until(owner, REPLANNED, [ground.teamId, sequence.id]);
}

type Timing = { size: number; took: number; bare: number; gap: number };

async function measure(
  url: string,
  dataDir: string,
  sink: { port: number; file: string },
): Promise<Figure[]> {
  const owner = await connectAs(dataDir, "owner");
  const feeder = await connectAs(dataDir, "owner");
  const operator = createClient({ baseUrl: url, apiKey: KEY, retries: 0 });
  const made = await operator.teams.create({ name: "Many", owner_email: "many@bench.example" });
  const api = createClient({ baseUrl: url, apiKey: made.api_key.key, retries: 0 });
  const teamId = made.team.id;
  const ground = await rows.plantTeam(owner, api, teamId, sink.port);
  const other = await rows.newSequence(api, "Other", ground.schedules[0]);
  const others = await rows.plantContacts(owner, teamId, OTHERS, OTHERS_COUNT);
  const stream = startStream(feeder, ground, other, others, sink.file);
  const timings = new Map<string, Timing[]>(CHANGES.map(({ name }) => [name, []]));
  try {
    for (const size of SIZES) {
      const scene = { owner, api, ground, stream, ...(await plantScene(owner, api, ground, size)) };
      for (const change of CHANGES.filter(({ most = size }) => size <= most)) {
        const timing = await time(scene, change, size);
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

async function time(
  whole: Scene,
  { of, where = "sequence", share = [0, 1], act }: Change,
  size: number,
): Promise<Timing> {
  const contacts = whole.contacts.slice(share[0] * size, share[1] * size);
  const scene = { ...whole, contacts };
  const bare = await bareUpdate(scene, of, scene[where].id);
  const from = Date.now();
  const began = performance.now();
  await act(scene);
  const took = performance.now() - began;
  await sleep(1_000);
  return { size, took, bare, gap: scene.stream.longestGap(from, Date.now()) };
}

/** As little as it takes: columns of indexes change, and nothing follows from it. */
async function bareUpdate({ owner, ground, contacts }: Scene, of: Change["of"], sequenceId: string) {
  await owner.query("begin; set local session_replication_role = replica");
  const began = performance.now();
  if (of === "enrollments") await owner.query(OF_SEQUENCE, [ground.teamId, sequenceId]);
  else
    for (const update of of === "contacts" ? [OF_CONTACTS] : [OF_CONTACTS, ...OF_THEIRS])
      await owner.query(update, [ground.teamId, contacts]);
  await owner.query("commit");
  return performance.now() - began;
}

const OF_SEQUENCE = `update enrollments set due_at = due_at + interval '1 microsecond', updated_at = now()
  where team_id = $1 and sequence_id = $2 and state <> 'removed'`;

const OF_CONTACTS =
  "update contacts set contact_stage_id = contact_stage_id, updated_at = now() where team_id = $1 and id = any($2::text[])";

/** What goes with contacts, or names another contact or none from then on. */
const OF_THEIRS = [
  "update enrollments set added_at = added_at + interval '1 microsecond' where team_id = $1 and contact_id = any($2::text[])",
  "update messages set created_at = created_at + interval '1 microsecond' where team_id = $1 and contact_id = any($2::text[])",
  "update tasks set due_at = due_at + interval '1 microsecond' where team_id = $1 and contact_id = any($2::text[])",
  "update contact_emails set position = position where team_id = $1 and contact_id = any($2::text[])",
];

function figuresOf(name: string, of: readonly Timing[]): Figure[] {
  const last = of.at(-1);
  if (!last) return [];
  const growth = of.slice(1).map((one, n) => {
    const before = of[n] as Timing;
    return { times: one.took / before.took, most: (one.size / before.size) * 1.2 };
  });
  const ratio = last.took / last.bare;
  const gap = Math.max(...of.map((one) => one.gap));
  const seconds = of.map(({ size, took }) => `${size}: ${(took / 1000).toFixed(2)} s`).join(", ");
  return [
    {
      name: `${name}: growth with ten times the people`,
      measured: growth.map(({ times }) => `${times.toFixed(1)} times`).join(", then "),
      target: "12 times or less",
      isMet: growth.every(({ times, most }) => times <= most),
      detail: seconds,
    },
    {
      name: `${name}: against a bare UPDATE`,
      measured: `${ratio.toFixed(2)} times`,
      target: "3 times or less",
      isMet: ratio <= 3,
      detail: `${(last.took / 1000).toFixed(2)} against ${(last.bare / 1000).toFixed(2)} s, ${last.size} people`,
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
