// What a workflow's actions name: it must be there when it is written down, and may be gone by the time it is needed.

import type { Act } from "../../app.ts";
import { type Definition, type Entity, isUnfiltered } from "../../domain/workflow.ts";
import { type Action, everyStep } from "../../domain/workflow-steps.ts";
import { Refusal } from "../../refusal.ts";
import { inactiveSequences } from "./candidates-store.ts";
import { findMissing, type WorkflowRow } from "./store.ts";

type Asking = Pick<Act, "db" | "caller">;

function namedIn(entity: Entity, actions: readonly Action[]) {
  const all = everyStep(actions).map(({ action }) => action);
  const ids = (read: (action: Action) => readonly (string | null)[]) => [
    ...new Set(all.flatMap(read).flatMap((id) => id ?? [])),
  ];
  const stages = ids((one) =>
    one.is === "set_stage" ? [one.stageId] : one.is === "save_as_contact" ? [one.stageId] : [],
  );
  return {
    users: ids((one) => {
      if (one.is === "set_owner") return one.ownerIds;
      if (one.is === "notify") return one.userIds;
      if (one.is === "create_task") return [one.userId];
      if (one.is === "create_deal" || one.is === "save_as_contact") return [one.ownerId];
      return one.is === "add_to_sequence" ? [one.terms.adderId] : [];
    }),
    sequences: ids((one) => {
      if (one.is === "add_to_sequence") return [one.terms.sequenceId];
      return one.is === "remove_from_sequence" ? one.sequenceIds : [];
    }),
    contactStages: entity === "account" ? [] : stages,
    accountStages: entity === "account" ? stages : [],
    dealStages: ids((one) => (one.is === "create_deal" ? [one.stageId] : [])),
    fields: ids((one) => (one.is === "set_field" ? Object.keys(one.values) : [])),
    mailboxes: ids((one) => (one.is === "add_to_sequence" ? one.terms.mailboxIds : [])),
  };
}

export async function refuseMissing({ db, caller }: Asking, entity: Entity, { actions }: Definition) {
  const [missing] = await findMissing(db, caller.teamId, namedIn(entity, actions));
  if (missing) throw new Refusal("workflow_names_missing", missing);
}

/** What should be known before it is switched on, or while it is. */
export async function warningsOf(
  { db, caller }: Asking,
  { entity, definition }: WorkflowRow,
): Promise<string[]> {
  const { actions, trigger, filters } = definition;
  const named = namedIn(entity, actions);
  const [missing, inactive] = await Promise.all([
    findMissing(db, caller.teamId, named),
    inactiveSequences(
      db,
      caller.teamId,
      everyStep(actions).flatMap(({ action }) =>
        action.is === "add_to_sequence" ? [action.terms.sequenceId] : [],
      ),
    ),
  ]);
  return [
    ...(isUnfiltered(filters) && trigger.is === "schedule" ? ["matches_everybody"] : []),
    ...new Set(missing.map(({ kind }) => `${kind}_missing`)),
    ...(inactive.length > 0 ? ["sequence_inactive"] : []),
    ...(trigger.is === "event" && mayEcho(trigger.event, actions) ? ["sets_itself_off"] : []),
  ];
}

const ECHOES: Partial<Record<Action["is"], readonly string[]>> = {
  set_stage: ["contact.stage_changed", "account.updated", "account.stage_changed"],
  set_field: ["contact.updated", "account.updated"],
  set_owner: ["contact.updated", "account.updated"],
  add_to_list: ["label.records_added"],
  remove_from_list: ["label.records_removed"],
  add_to_sequence: ["enrollment.added", "enrollment.skipped"],
  remove_from_sequence: ["enrollment.finished", "enrollment.removed"],
  create_task: ["task.created"],
  create_deal: ["deal.created"],
  save_as_contact: ["contact.created"],
  enrich: ["contact.updated", "person.matched"],
};

function mayEcho(event: string, actions: readonly Action[]) {
  const [noun, verb] = event.split(".");
  const caused = everyStep(actions).flatMap(({ action }) => ECHOES[action.is] ?? []);
  return caused.some((type) => type === event || (verb === "*" && type.startsWith(`${noun}.`)));
}
