// The changes that the bench of bulk changes makes, in the order in which each finds what the one before has left.

import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "@cadenza/sdk";
import type pg from "pg";
import { ALL_OF_CONTACTS, type Bare, ENROLLMENTS, STAGES } from "./bulk-bare.ts";
import type * as rows from "./bulk-rows.ts";
import type { Stream } from "./bulk-sending.ts";

/** What a call takes that is about contacts by name. */
const NAMED = 1_000;
const MERGED = 100;
/** Calls by name are many transactions of a fixed size, so that more of them show nothing new. */
const MOST_NAMED = 10_000;

export type Scene = {
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

/** What a change is called, what it does, and which bare statements do the same to the rows (bulk-bare.ts). */
export type Change = {
  name: string;
  bare: Bare;
  /** Which sequence's people, where it is about enrollments. */
  where?: "sequence" | "twin" | "third";
  /** The largest size it is measured with. */
  most?: number;
  /** From which part of the contacts to which, where it is not about all of them. */
  share?: [number, number];
  act(scene: Scene): Promise<unknown>;
};

const everybody = ({ sequence }: Scene) => ({ id: sequence.id, all: true });

export const CHANGES: Change[] = [
  {
    name: "off",
    bare: ENROLLMENTS.paused,
    act: ({ api, sequence }) => api.sequences.abort({ id: sequence.id }),
  },
  {
    name: "on",
    bare: ENROLLMENTS.resumed,
    act: ({ api, sequence }) => api.sequences.approve({ id: sequence.id }),
  },
  {
    name: "pause",
    bare: ENROLLMENTS.paused,
    act: (scene) => untilDone(scene, scene.api.enrollments.pause(everybody(scene))),
  },
  {
    name: "resume",
    bare: ENROLLMENTS.resumed,
    act: (scene) => untilDone(scene, scene.api.enrollments.resume(everybody(scene))),
  },
  {
    name: "move",
    bare: ENROLLMENTS.moved,
    act: (scene) =>
      untilDone(
        scene,
        scene.api.enrollments.move({
          ...everybody(scene),
          send_email_from_email_account_id: scene.ground.mailboxes[1],
        }),
      ),
  },
  { name: "change schedule", bare: ENROLLMENTS.rescheduled, act: (scene) => changeSchedule(scene) },
  { name: "edit steps", bare: ENROLLMENTS.atNextStep, act: (scene) => removeFirstStep(scene) },
  {
    name: "stage change",
    bare: STAGES,
    most: MOST_NAMED,
    act: (scene) =>
      byName(scene, (ids) =>
        scene.api.contacts.updateStages({ contact_ids: ids, contact_stage_id: scene.ground.stages[1] ?? "" }),
      ),
  },
  {
    name: "finish",
    bare: ENROLLMENTS.finished,
    act: (scene) => untilDone(scene, scene.api.enrollments.finish(everybody(scene))),
  },
  {
    name: "remove",
    bare: ENROLLMENTS.removed,
    where: "third",
    act: (scene) => untilDone(scene, scene.api.enrollments.remove({ id: scene.third.id, all: true })),
  },
  {
    name: "remove who have finished",
    bare: ENROLLMENTS.removed,
    act: (scene) => untilDone(scene, scene.api.enrollments.remove(everybody(scene))),
  },
  {
    name: "archive",
    bare: ENROLLMENTS.finished,
    where: "twin",
    act: ({ api, twin }) => api.sequences.archive({ id: twin.id }),
  },
  { name: "merge", bare: ALL_OF_CONTACTS, most: MOST_NAMED, share: [0, 0.5], act: (scene) => merge(scene) },
  {
    name: "delete",
    bare: ALL_OF_CONTACTS,
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
