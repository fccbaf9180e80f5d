// A workflow tried with one record: its filters are judged as in a run, and its actions are done by what does them in a run, in a
// part of the transaction that is taken back. So the answer is what a run would say, and nothing of it stays.

import type { Act } from "../../../app.ts";
import { takenSince } from "../../../domain/automation/workflow.ts";
import { asksTheNetwork, everyStep, stepAfter } from "../../../domain/automation/workflow-steps.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { findCandidate } from "../workflows/candidates-log-store.ts";
import { moveCandidatesOn, type WorkflowCandidateRow } from "../workflows/candidates-store.ts";
import { carryStep, readStep, type WorkflowStepRun } from "../workflows/carrying.ts";
import { aroundCandidates } from "../workflows/explaining.ts";
import { factsOf, type Judged, type JudgedBy, judgeThings } from "../workflows/judging.ts";
import { presentCandidate } from "../workflows/present.ts";
import { asOwner, begin } from "./trial-run.ts";
import { valuesOf } from "./values-store.ts";

const MOST_STEPS = 500;

type TriedStep = {
  step: string;
  type: string;
  outcome: "done" | "skipped" | "failed" | "waiting" | "not_tried";
  code: string | null;
  sentence: string;
};

export type Trial = {
  entityId: string;
  name: string | null;
  code: string | null;
  filters: { filter: string; holds: boolean; value: string | null }[];
  steps: TriedStep[];
};

export async function tryOut(act: Act, workflow: JudgedBy, entityId: string): Promise<Trial> {
  const { db, caller, now } = act;
  const { teamId } = caller;
  const thing = {
    entityId,
    triggerKey: "trial",
    eventId: null,
    payloadId: null,
    payloadHash: null,
    chain: [],
  };
  const asked = { workflow, things: [thing], takenSince: takenSince(workflow.definition, now) };
  const facts = await factsOf(db, teamId, asked);
  const [judged] = judgeThings(workflow, facts, [thing], now);
  if (!judged?.standing) throw new Refusal("record_not_found");
  const values = await valuesOf(db, teamId, workflow.entity, entityId);
  const { name, steps } = await takenBack(act, () => carryThrough(act, workflow, judged));
  const filters = judged.filters.map(([filter, holds]) => ({
    filter,
    holds,
    value: values.get(filter) ?? null,
  }));
  return { entityId, name, code: judged.code, filters, steps };
}

async function takenBack<T>({ db }: Act, work: () => Promise<T>): Promise<T> {
  await db.run("savepoint trial");
  try {
    return await work();
  } finally {
    await db.run("rollback to savepoint trial");
  }
}

/** All actions, whatever the filters say: the waits between them are passed over. */
async function carryThrough(act: Act, workflow: JudgedBy, judged: Judged) {
  const { id, acting } = await asOwner(act, workflow);
  const begun = await begin(acting, workflow, judged, id);
  const { db, caller } = act;
  const extra: TriedStep[] = [];
  let row: WorkflowCandidateRow | null = begun;
  for (let n = 0; n < MOST_STEPS && row?.verdict === "waiting" && row.nextStep !== null; n++) {
    const step = await readStep(
      { db, teamId: caller.teamId },
      { workflowId: id, version: 1, nextStep: row.nextStep },
    );
    if (!step) break;
    const before: string = row.nextStep;
    if (asksTheNetwork(step.action)) extra.push(await passOver(acting, step, row));
    else await carryStep(acting, step, [row], new Map());
    row = await findCandidate(db, caller.teamId, begun.id);
    if (row?.verdict === "waiting" && row.nextStep === before) break;
  }
  const told = presentCandidate(row ?? begun, await aroundCandidates(act, [row ?? begun]));
  const done = told.results.map(({ step, type, outcome, code, sentence }): TriedStep => {
    return { step, type, outcome, code, sentence };
  });
  const held = heldOf(workflow, told);
  return { name: told.name, steps: [...done, ...extra, ...held].sort(inOrder) };
}

/** What asks another server is not done in a trial. */
async function passOver(
  { db, caller, now }: Act,
  { actions, step, action }: WorkflowStepRun,
  row: WorkflowCandidateRow,
) {
  const next = stepAfter(actions, step);
  const verdict = next === null ? "done" : "waiting";
  const moved = {
    id: row.id,
    code: null,
    heldUp: null,
    tries: 0,
    contactId: null,
    nextStep: next,
    verdict,
  } as const;
  await moveCandidatesOn(db, caller.teamId, [{ ...moved, dueAt: next === null ? null : now }], now);
  const sentence = say("A run asks another server here. A trial does not.");
  return { step, type: action?.is ?? "", outcome: "not_tried" as const, code: null, sentence };
}

/** The action that it would wait for, where something holds it up. */
function heldOf({ definition }: JudgedBy, told: ReturnType<typeof presentCandidate>): TriedStep[] {
  const { verdict, next_step: step, held_up: held } = told;
  if (verdict !== "waiting" || step === null) return [];
  const type = everyStep(definition.actions).find((one) => one.step === step)?.action.is ?? "";
  return [
    { step, type, outcome: "waiting", code: held?.code ?? null, sentence: held?.sentence ?? told.sentence },
  ];
}

const BY_PLACE = new Intl.Collator("en", { numeric: true });

function inOrder(one: TriedStep, other: TriedStep) {
  return BY_PLACE.compare(one.step, other.step);
}
