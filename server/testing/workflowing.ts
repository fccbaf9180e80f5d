// Workflows in tests: made and switched on, and waited for until everybody is through or held up.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Input } from "@cadenza/sdk";
import { feedSettles } from "./feed.ts";
import { PATIENCE_MS, restMs } from "./patience.ts";
import { asOwner } from "./wire.ts";
import type { Team, World } from "./world.ts";

export type WorkflowWish = Omit<Input<"workflows", "create">, "name"> & { name?: string };

const PAGE = 100;

let made = 0;

export async function newWorkflow({ api }: Team, wish: WorkflowWish) {
  return api.workflows.create({ name: `Workflow ${++made}`, ...wish });
}

/** Switched on, for whichever contacts it applies to. */
export async function onWorkflow(team: Team, wish: WorkflowWish) {
  const { workflow, secrets } = await newWorkflow(team, wish);
  await team.api.workflows.activate({ id: workflow.id, everybody: true });
  return { id: workflow.id, secrets };
}

/** Run by hand, until everybody is through. */
export async function ran(team: Team, id: string, entity_ids?: string[]) {
  const { workflow_run } = await team.api.workflows.run({ id, ...(entity_ids && { entity_ids }) });
  return overOf(team, workflow_run.id);
}

export async function overOf(team: Team, runId: string) {
  const run = await untilHolds(
    async () => (await team.api.workflowRuns.get({ id: runId })).workflow_run,
    ({ status }) => !["finding", "running"].includes(status),
  );
  const candidates = await candidatesOf(team, runId);
  if (candidates.length < PAGE) assert.deepEqual(run.counts, countsOf(candidates), "it is counted rightly");
  return { run, candidates };
}

function countsOf(candidates: readonly WorkflowCandidate[]) {
  const counts = { waiting: 0, done: 0, skipped: 0, failed: 0 };
  for (const { verdict } of candidates) counts[verdict]++;
  return counts;
}

export async function candidatesOf(team: Team, runId: string) {
  return (await team.api.workflowRuns.candidates({ id: runId, per_page: PAGE })).workflow_candidates;
}

/** Of all its runs. */
export async function allCandidates(team: Team, id: string) {
  const { workflow_runs } = await team.api.workflows.runs({ id, per_page: 100 });
  return (await Promise.all(workflow_runs.map((run) => candidatesOf(team, run.id)))).flat();
}

export type WorkflowCandidate = Awaited<ReturnType<typeof candidatesOf>>[number];

/** Until so many contacts have a line, and none is under way unless it has to wait. */
export function settled(team: Team, id: string, count: number) {
  return untilHolds(
    () => allCandidates(team, id),
    (all) =>
      all.length >= count && all.every(({ verdict, held_up }) => verdict !== "waiting" || held_up !== null),
  );
}

/** Until everything that has happened so far was looked at. */
export async function lookedAt(world: World, team: Team) {
  await feedSettles(world);
  await untilHolds(
    () =>
      asOwner(world, async (client) => {
        const { rows } = await client.query(
          `select not exists (select 1 from workflow_cursors k join events e on e.team_id = k.team_id
              and (e.written_in, e.position) > (k.written_in, k.position) where k.team_id = $1) as over`,
          [team.id],
        );
        return rows[0].over as boolean;
      }),
    (isOver) => isOver,
  );
}

export async function untilHolds<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  for (const startedMs = Date.now(); ; ) {
    const askedAt = performance.now();
    const answer = await ask();
    if (holds(answer)) return answer;
    const tookMs = performance.now() - askedAt;
    if (Date.now() - startedMs > PATIENCE_MS)
      throw new Error(`it never held: ${JSON.stringify(answer).slice(0, 2000)}`);
    await sleep(restMs(tookMs));
  }
}
