// Runs one step for many candidates at once, with the commands that callers use, as the workflow's owner. What the
// owner may not do is refused, and kept as a result. Deleted candidates are skipped before anything else is checked.

import {
  type Entity,
  lotOf,
  pathFor,
  stepAfter,
  stepInto,
  type WorkflowAction,
} from "../../../domain/automation/workflow-steps.ts";
import { callOf } from "../automation-rights/calls.ts";
import { mayHaveDone } from "../automation-rights/rights.ts";
import type { WorkflowCandidateRow } from "./candidates-store.ts";
import { saveContacts } from "./contact-saving.ts";
import { enrich } from "./enriching.ts";
import { fittingAmong, matchedRecordsOf } from "./finding.ts";
import {
  type ActionOutcome,
  CannotBeDone,
  type Doing,
  type Outcomes,
  type RecordOfCandidate,
} from "./outcomes.ts";
import { changeLists, giveOwner, setFields, setStage } from "./record-actions.ts";
import { addToSequence, removeFromSequence } from "./sequence-actions.ts";
import { createDeals, createTaskEach, notify } from "./work-actions.ts";

export type Performed = {
  outcomes: Outcomes;
  /** Where each goes on; null: nowhere. */
  nextStep(row: WorkflowCandidateRow): string | null;
  waitsMinutes: number;
};

export async function performAction(doing: Doing): Promise<Performed> {
  const { act, actions, step, action, rows, workflow } = doing;
  if (!(await mayPerform(act, workflow, action)))
    throw new CannotBeDone("right_missing", { action: action.is });
  const onward = stepAfter(actions, step);
  const straight = { nextStep: () => onward, waitsMinutes: 0 };
  if (action.is === "wait")
    return {
      ...straight,
      outcomes: allDone(rows, { minutes: action.minutes }),
      waitsMinutes: action.minutes,
    };
  if (action.is === "split") {
    const { paths } = action;
    const of = (row: WorkflowCandidateRow) => pathFor(paths, lotOf(row.id));
    return {
      outcomes: new Map(rows.map((row) => [row.id, done({ path: of(row) })])),
      nextStep: (row) => stepInto(actions, step, `paths.${of(row)}`),
      waitsMinutes: 0,
    };
  }
  if (action.is === "branch") {
    const { db, caller } = doing.act;
    const ids = [...new Set(rows.map(({ entityId }) => entityId))];
    const fitting = await fittingAmong(db, caller.teamId, doing.workflow, action.filters, ids);
    const way = (row: WorkflowCandidateRow) => (fitting.has(row.entityId) ? "yes" : "no");
    return {
      outcomes: new Map(rows.map((row) => [row.id, done({ way: way(row) })])),
      nextStep: (row) => stepInto(actions, step, way(row)),
      waitsMinutes: 0,
    };
  }
  return { ...straight, outcomes: await actOn(doing) };
}

/** Whether whom the workflow acts for may have it done, with the key or application it was saved with. */
export async function mayPerform(
  asking: Pick<Doing["act"], "db" | "caller">,
  workflow: Doing["workflow"],
  action: WorkflowAction,
) {
  const call = callOf(action, workflow.entity);
  return call === null || mayHaveDone(asking, workflow, [call]);
}

const done = (data: Record<string, unknown> = {}): ActionOutcome => ({ outcome: "done", code: null, data });

function allDone(rows: readonly WorkflowCandidateRow[], data: Record<string, unknown>): Outcomes {
  return new Map(rows.map((row) => [row.id, done(data)]));
}

/** With those left out who are not there, or are no contacts where it is about contacts. */
async function actOn(doing: Doing): Promise<Outcomes> {
  const { action, rows, workflow } = doing;
  const isOfContacts =
    workflow.entity === "contact" || (workflow.entity === "person" && isAboutContacts(action));
  const kind: Entity = isOfContacts ? "contact" : workflow.entity;
  const idOf = (row: WorkflowCandidateRow) => (isOfContacts ? row.contactId : row.entityId);
  const { db, caller } = doing.act;
  const ids = [...new Set(rows.flatMap((row) => idOf(row) ?? []))];
  const there = await matchedRecordsOf(db, caller.teamId, kind, ids);
  const left: Outcomes = new Map();
  for (const row of rows) {
    const id = idOf(row);
    if (id === null) left.set(row.id, { outcome: "skipped", code: "not_a_contact" });
    else if (!there.has(id))
      left.set(row.id, { outcome: "skipped", code: isOfContacts ? "contact_not_found" : "not_found" });
  }
  const present = rows.filter((row) => !left.has(row.id));
  if (present.length === 0) return left;
  const kept = { ...doing, rows: present };
  return new Map([...left, ...(await carryOut(kept, { kind, recordOf: (row) => idOf(row) ?? "" }))]);
}

/** What is done to people of the store themselves, contacts or not. */
function isAboutContacts({ is }: WorkflowAction) {
  return !["enrich", "save_as_contact", "notify", "call_webhook"].includes(is);
}

function carryOut(doing: Doing, about: RecordOfCandidate): Promise<Outcomes> {
  const { action } = doing;
  switch (action.is) {
    case "add_to_sequence":
      return addToSequence({ ...doing, action }, about);
    case "remove_from_sequence":
      return removeFromSequence({ ...doing, action }, about);
    case "add_to_list":
    case "remove_from_list":
      return changeLists({ ...doing, action }, about);
    case "set_stage":
      return setStage({ ...doing, action }, about);
    case "set_field":
      return setFields({ ...doing, action }, about);
    case "set_owner":
      return giveOwner({ ...doing, action }, about);
    case "create_task":
      return createTaskEach({ ...doing, action }, about);
    case "create_deal":
      return createDeals({ ...doing, action }, about);
    case "notify":
      return notify({ ...doing, action });
    case "save_as_contact":
      return saveContacts({ ...doing, action });
    case "enrich":
      return enrich({ ...doing, action }, about);
    default:
      return Promise.resolve(
        new Map(doing.rows.map((row) => [row.id, doing.prepared.get(row.id) as ActionOutcome])),
      );
  }
}
