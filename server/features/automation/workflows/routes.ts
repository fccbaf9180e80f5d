// Workflows. A route only translates: wire words in, one command, wire words out.

import { contract } from "@cadenza/contract";
import type { Act } from "../../../app.ts";
import { route, routeWithBefore, type VisitRoute } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { hideNamed } from "../../access/sharing/hiding.ts";
import { countWaitingCandidates, namesOf, searchCandidates } from "./candidates-log-store.ts";
import * as commands from "./commands.ts";
import { aroundCandidates, explainEntity } from "./explaining.ts";
import { firstFault } from "./faults.ts";
import { takeHookIn } from "./hooks.ts";
import { hidingAmong, warningsOf } from "./named.ts";
import { orderOf } from "./orders.ts";
import { type Outlook, outlookOf } from "./outlook.ts";
import {
  presentCandidate,
  presentSecrets,
  presentWarning,
  presentWorkflow,
  presentWorkflowRun,
} from "./present.ts";
import { rerunCandidate } from "./rerunning.ts";
import { findRun, lastRuns, searchRuns } from "./runs-store.ts";
import { settingOf } from "./setting.ts";
import { searchWorkflows, type WorkflowRow } from "./store.ts";
import { readDefinition, readWorkflowChange } from "./workflow-input.ts";

const { workflows, workflowRuns, workflowCandidates } = contract;

export const routes = [
  route(workflows.list, async ({ input, ...act }) => {
    const { page, per_page, q_keywords, active, archived } = input;
    const { rows, total } = await searchWorkflows(act.db, act.caller.teamId, {
      words: q_keywords?.trim() || null,
      isActive: active ?? null,
      isArchived: archived,
      order: orderOf(input.sort_by_field, input.sort_ascending),
      limit: per_page,
      offset: (page - 1) * per_page,
    });
    const runs = await lastRunsOf(act, rows);
    const all = await shown(act, rows);
    return {
      workflows: all.map((one) => ({ ...one, last_run: runs.get(one.id) ?? null })),
      pagination: paged(page, per_page, total),
    };
  }),

  route(workflows.get, async ({ input, ...act }) => ({
    workflow: await shownOne(act, await commands.getWorkflow(act, input.id)),
  })),

  routeWithBefore(
    workflows.create,
    ({ app, input }) => firstFault(app, input.actions),
    async ({ input, before: fault, ...act }) => {
      const { name, entity } = input;
      const wish = { name, entity, definition: readDefinition(input, await settingOf(act)) };
      const { workflow, secrets } = await commands.createWorkflow(act, wish, fault);
      return {
        workflow: await shownOne(act, workflow),
        secrets: presentSecrets(secrets, act.app.config.publicUrl),
      };
    },
  ),

  routeWithBefore(
    workflows.update,
    ({ app, input }) => firstFault(app, input.actions ?? []),
    async ({ input, before: fault, ...act }) => {
      const { id, archived, ...wish } = input;
      if (archived === false) await commands.restoreWorkflow(act, id);
      if (Object.keys(wish).length > 0 || archived === undefined) {
        const setting = await settingOf(act);
        const { name, user_id: ownerId, ...said } = wish;
        await commands.changeWorkflow(
          act,
          id,
          (entity) => ({
            ...readWorkflowChange(said, entity, setting),
            ...(name !== undefined && { name }),
            ...(ownerId !== undefined && { ownerId }),
          }),
          fault,
        );
      }
      if (archived) await commands.archiveWorkflow(act, id);
      return { workflow: await shownOne(act, await commands.getWorkflow(act, id)) };
    },
  ),

  route(workflows.delete, async ({ input, ...act }) => {
    await commands.deleteWorkflow(act, input.id);
    return { workflow: { id: input.id, deleted: true as const } };
  }),

  route(workflows.activate, async ({ input, ...act }) => ({
    workflow: await shownOne(act, await commands.activateWorkflow(act, input.id, input.everybody)),
  })),

  route(workflows.deactivate, async ({ input, ...act }) => ({
    workflow: await shownOne(act, await commands.deactivateWorkflow(act, input.id)),
  })),

  route(workflows.archive, async ({ input, ...act }) => ({
    workflow: await shownOne(act, await commands.archiveWorkflow(act, input.id)),
  })),

  route(workflows.run, async ({ input, ...act }) => {
    const { workflow, run } = await commands.runWorkflow(act, input.id, input.entity_ids ?? null);
    const outlook = act.isDryRun ? await outlookOf(act, workflow, run, run.entityIds) : null;
    return {
      workflow_run: presentWorkflowRun(run),
      ...(outlook && { outlook: await presentOutlook(act, outlook) }),
    };
  }),

  route(workflows.rotateSecrets, async ({ input, ...act }) => {
    const { workflow, secrets } = await commands.rotateSecrets(act, input.id);
    return {
      workflow: await shownOne(act, workflow),
      secrets: presentSecrets(secrets, act.app.config.publicUrl),
    };
  }),

  route(workflows.explain, async ({ input, ...act }) => {
    const workflow = await commands.getWorkflow(act, input.id);
    const { entityId, sentence, code, filters, candidates } = await explainEntity(
      act,
      workflow,
      input.entity_id,
    );
    const around = await aroundCandidates(act, candidates);
    return {
      explanation: {
        entity_id: entityId,
        sentence,
        code,
        filters: filters.map(([filter, holds]) => ({ filter, holds })),
        candidates: candidates.map((one) => presentCandidate(one, around)),
      },
    };
  }),

  route(workflows.runs, async ({ input, ...act }) => {
    const { id, page, per_page } = input;
    await commands.getWorkflow(act, id);
    const { teamId } = act.caller;
    const search = { workflowId: id, limit: per_page, offset: (page - 1) * per_page };
    const { rows, total } = await searchRuns(act.db, teamId, search);
    return {
      workflow_runs: rows.map(presentWorkflowRun),
      pagination: paged(page, per_page, total),
    };
  }),

  route(workflowRuns.get, async ({ input, ...act }) => ({
    workflow_run: presentWorkflowRun(await runOf(act, input.id)),
  })),

  route(workflowRuns.candidates, async ({ input, ...act }) => {
    const { id, verdict, code, entity_id, page, per_page } = input;
    await runOf(act, id);
    const { rows, total } = await searchCandidates(act.db, act.caller.teamId, {
      runId: id,
      verdict: verdict ?? null,
      code: code ?? null,
      entityId: entity_id ?? null,
      limit: per_page,
      offset: (page - 1) * per_page,
    });
    const around = await aroundCandidates(act, rows);
    return {
      workflow_candidates: rows.map((one) => presentCandidate(one, around)),
      pagination: paged(page, per_page, total),
    };
  }),

  route(workflowRuns.cancel, async ({ input, ...act }) => ({
    workflow_run: presentWorkflowRun(await commands.cancelRun(act, input.id)),
  })),

  route(workflowCandidates.rerun, async ({ input, ...act }) => {
    const candidate = await rerunCandidate(act, input.id);
    return { workflow_candidate: presentCandidate(candidate, await aroundCandidates(act, [candidate])) };
  }),
];

/** The address that receives a workflow's webhook. Any caller who has the address may use it. */
export const visits: VisitRoute[] = [
  {
    name: "workflows/hook",
    path: "/hooks/:token",
    methods: ["POST"],
    async handle({ app, params, form }) {
      const outcome = await takeHookIn(app, params.token ?? "", form);
      const status = { taken: 202, unknown: 404, off: 410, busy: 429, empty: 422 }[outcome];
      return { status, type: "application/json", body: JSON.stringify({ status: outcome }) };
    },
  },
];

type Asking = Pick<Act, "db" | "caller">;

async function shown(asking: Asking, rows: readonly WorkflowRow[]) {
  const ids = rows.map(({ id }) => id);
  const waiting = await countWaitingCandidates(asking.db, asking.caller.teamId, ids);
  const warnings = new Map<string, string[]>();
  for (const row of rows) warnings.set(row.id, await warningsOf(asking, row));
  const hiding = await hidingAmong(asking, rows);
  return hideNamed(
    asking,
    rows.map((row) => presentWorkflow(row, { waiting, warnings, hiding })),
  );
}

async function shownOne(asking: Asking, row: WorkflowRow) {
  const [one] = await shown(asking, [row]);
  return one as NonNullable<typeof one>;
}

async function lastRunsOf({ db, caller }: Asking, workflows: readonly WorkflowRow[]) {
  const ids = workflows.map(({ id }) => id);
  const runs = await lastRuns(db, caller.teamId, ids);
  return new Map(runs.map((run) => [run.workflowId, presentWorkflowRun(run)]));
}

async function runOf({ db, caller }: Asking, id: string) {
  const run = await findRun(db, caller.teamId, id);
  if (!run) throw new Refusal("record_not_found");
  return run;
}

async function presentOutlook(asking: Asking, outlook: Outlook) {
  const { numCandidates, numLeftOver, sample, actions, credits, warnings } = outlook;
  const names = await namesOf(
    asking.db,
    asking.caller.teamId,
    sample.map(({ id }) => id),
  );
  return {
    num_candidates: numCandidates,
    num_left_over: numLeftOver,
    sample: sample.map(({ id }) => ({ entity_id: id, name: names.get(id) ?? null })),
    actions: actions.map(({ step, is, count }) => ({ step, type: is, count })),
    credits,
    warnings: warnings.map(presentWarning),
  };
}

function paged(page: number, per_page: number, total: number) {
  return { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) };
}
