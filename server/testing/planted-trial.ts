// A trial run that was stopped before it began.

import { newSequence } from "./sequenced.ts";
import type { Team } from "./world.ts";

export async function plantTrialRun(team: Team): Promise<{ id: string; sequenceId: string }> {
  const { id: sequenceId } = await newSequence(team, { active: false });
  for (const { finished_at, entity_progress_job_id: id } of await running(team))
    if (finished_at === null) await team.api.progress.cancel({ id });
  const { trial_run: run } = await team.api.trialRuns.start({ id: sequenceId, days: 1 });
  await team.api.progress.cancel({ id: run.entity_progress_job_id });
  return { id: run.id, sequenceId };
}

/** Of all sequences of the team: one runs at a time. */
async function running(team: Team) {
  const { emailer_campaigns: sequences } = await team.api.sequences.search({ per_page: 100 });
  const runs = await Promise.all(sequences.map(({ id }) => team.api.trialRuns.list({ id })));
  return runs.flatMap((one) => one.trial_runs);
}
