// What a run would come to: whom it would take, what would be done to them, what it would cost. Nothing is done.

import type { Act } from "../../../app.ts";
import {
  isUnfiltered,
  MOST_PER_RUN,
  startOfDay,
  takenSince,
  withinCaps,
} from "../../../domain/automation/workflow.ts";
import { everyStep, type WorkflowAction } from "../../../domain/automation/workflow-steps.ts";
import { type PricedAction, quote } from "../../../domain/identity/credit-prices.ts";
import { quoteCredits } from "../../identity/credits/commands.ts";
import { areMoreThan, findForBatch, fittingAmong, type MatchedRecord, matchedRecordsOf } from "./finding.ts";
import type { JudgedBy } from "./judging.ts";
import { warningsOf } from "./named.ts";
import type { RunRow } from "./runs-store.ts";
import type { WorkflowRow } from "./store.ts";
import { countUsed, takenAmong } from "./taken-store.ts";

const SAMPLE = 25;

export type Outlook = {
  numCandidates: number;
  numLeftOver: number;
  sample: MatchedRecord[];
  actions: { step: string; is: WorkflowAction["is"]; count: number | null }[];
  credits: { least: number; expected: number; most: number };
  warnings: string[];
};

/** Whom a run that begins now finds: by its filters, or among those who are named. */
export async function findForRun(
  { db, now, caller }: Pick<Act, "db" | "now"> & { caller: { teamId: string } },
  workflow: JudgedBy,
  entityIds: readonly string[] | null,
) {
  const { entity, definition, id } = workflow;
  const { filters, caps } = definition;
  const most = Math.min(caps.perRun ?? MOST_PER_RUN, caps.perDay ?? MOST_PER_RUN, MOST_PER_RUN);
  // With a cap for each owner others may follow those who are over it.
  const limit = caps.perOwner === null ? most : MOST_PER_RUN;
  if (entityIds) {
    const since = takenSince(definition, now);
    const [fitting, had] = await Promise.all([
      fittingAmong(db, caller.teamId, workflow, filters, entityIds),
      since === undefined || id === null
        ? new Map<string, Temporal.Instant>()
        : takenAmong(db, caller.teamId, { workflowId: id, entityIds, since }),
    ]);
    for (const one of had.keys()) fitting.delete(one);
    const standings = await matchedRecordsOf(db, caller.teamId, entity, [...fitting]);
    return { found: entityIds.flatMap((one) => standings.get(one) ?? []), leftOver: 0 };
  }
  const found = await findForBatch(db, caller.teamId, {
    seeker: workflow,
    filters,
    workflowId: id,
    takenSince: takenSince(definition, now),
    netNew: definition.netNew,
    limit: limit + 1,
  });
  return { found: found.slice(0, limit), leftOver: Math.max(0, found.length - limit) };
}

export async function outlookOf(
  act: Act,
  workflow: WorkflowRow,
  run: RunRow,
  entityIds: readonly string[] | null,
): Promise<Outlook> {
  const { db, now, caller } = act;
  const { entity, definition } = workflow;
  const { found, leftOver } = await findForRun(act, workflow, entityIds);
  const since = startOfDay(now);
  const used = await countUsed(db, caller.teamId, { workflowId: workflow.id, runId: run.id, since });
  const over = withinCaps(definition.caps, found, used);
  const taken = found.filter((_, place) => over[place] === null);
  const prices = await pricesOf(act, definition.actions, taken);
  const findsAll =
    taken.length > 0 &&
    !isUnfiltered(definition.filters) &&
    entityIds === null &&
    !(await areMoreThan(db, caller.teamId, entity, found.length + leftOver));
  return {
    numCandidates: taken.length,
    numLeftOver: leftOver + found.length - taken.length,
    sample: taken.slice(0, SAMPLE),
    // Who takes which way is known when they come there.
    actions: everyStep(definition.actions).map(({ step, action }) => ({
      step,
      is: action.is,
      count: step.includes(".") ? null : taken.length,
    })),
    credits: prices.credits,
    warnings: [
      ...new Set([
        ...(isUnfiltered(definition.filters) ? ["matches_everybody"] : []),
        ...(findsAll ? ["finds_everybody"] : []),
        ...(await warningsOf(act, workflow)),
        ...(prices.isShort ? ["credits_short"] : []),
      ]),
    ],
  };
}

const PRICED: Partial<Record<WorkflowAction["is"], PricedAction>> = {
  enrich: "person_match",
  save_as_contact: "add_net_new_contact",
};

async function pricesOf(act: Act, actions: readonly WorkflowAction[], taken: readonly MatchedRecord[]) {
  const credits = { least: 0, expected: 0, most: 0 };
  let isShort = false;
  for (const { action } of everyStep(actions)) {
    const priced = PRICED[action.is];
    if (!priced || taken.length === 0) continue;
    const count =
      action.is === "save_as_contact" ? taken.filter(({ contactId }) => !contactId).length : taken.length;
    const { least, expected, most } = quote(priced, count);
    const { fits } = await quoteCredits(act, { action: priced, count });
    credits.least += least;
    credits.expected += expected;
    credits.most += most;
    isShort ||= fits < count;
  }
  return { credits, isShort };
}
