// What a workflow's actions name: it must be there when it is written down, and may be gone by the time it is needed.

import type { Act } from "../../../app.ts";
import { isDealDate } from "../../../domain/automation/date-trigger.ts";
import { type Definition, type Entity, isUnfiltered } from "../../../domain/automation/workflow.ts";
import { everyStep, type WorkflowAction } from "../../../domain/automation/workflow-steps.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { namesHidden, viewerIn } from "../../access/sharing/hiding.ts";
import { seenAmong } from "../../access/sharing/store.ts";
import { inactiveSequences } from "./candidates-log-store.ts";
import { fieldsAmong, findMissing, type WorkflowRow } from "./store.ts";

type Asking = Pick<Act, "db" | "caller">;

function namedIn(entity: Entity, { actions, trigger }: Pick<Definition, "actions" | "trigger">) {
  const all = everyStep(actions).map(({ action }) => action);
  const ids = (read: (action: WorkflowAction) => readonly (string | null)[]) => [
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
    fields: [
      ...ids((one) => (one.is === "set_field" ? Object.keys(one.values) : [])),
      ...(trigger.is === "date_field" && !isDealDate(trigger.field) ? [trigger.field] : []),
    ],
    mailboxes: ids((one) => (one.is === "add_to_sequence" ? one.terms.mailboxIds : [])),
  };
}

/** A sequence that is hidden from the caller is refused in the same words as one that does not exist. */
export async function refuseMissing({ db, caller }: Asking, entity: Entity, definition: Definition) {
  const named = namedIn(entity, definition);
  const seen = await seenAmong(db, caller.teamId, named.sequences, viewerIn(caller));
  const hidden = named.sequences.filter((id) => !seen.has(id)).map((id) => ({ kind: "sequence", id }));
  const all = [...hidden, ...(await findMissing(db, caller.teamId, named))];
  const missing = all.find(({ kind }) => kind === "user") ?? all[0];
  if (missing) throw new Refusal("workflow_names_missing", missing);
}

const KINDS_OF: Record<Entity, readonly string[]> = {
  contact: ["contact", "opportunity"],
  account: ["account", "opportunity"],
  person: [],
};

/** The field of a date trigger has dates, of the workflow's records or of deals. */
export async function refuseUndated(
  { db, caller }: Asking,
  entity: Entity,
  { trigger }: Pick<Definition, "trigger">,
) {
  if (trigger.is !== "date_field" || isDealDate(trigger.field)) return;
  const [field] = await fieldsAmong(db, caller.teamId, [trigger.field]);
  if (!field) throw new Refusal("workflow_names_missing", { kind: "field", id: trigger.field });
  const isDated = field.type === "date" || field.type === "datetime";
  if (!isDated || !KINDS_OF[entity].includes(field.modality))
    throw new Refusal("parameter_invalid", {
      name: "trigger[field]",
      why: say("must be a date field of {entity, select, account {accounts} other {contacts}} or deals", {
        entity,
      }),
    });
}

function joinedBy(actions: readonly WorkflowAction[]) {
  return everyStep(actions).flatMap(({ action }) =>
    action.is === "add_to_sequence" ? [action.terms.sequenceId] : [],
  );
}

/** The given workflows that add to a sequence which is hidden from the caller. */
export async function hidingAmong(
  { db, caller }: Asking,
  workflows: readonly Pick<WorkflowRow, "id" | "definition">[],
): Promise<ReadonlySet<string>> {
  const joined = workflows.map(({ id, definition }) => ({ id, sequences: joinedBy(definition.actions) }));
  const all = joined.flatMap(({ sequences }) => sequences);
  const seen = await seenAmong(db, caller.teamId, all, viewerIn(caller));
  return new Set(joined.flatMap(({ id, sequences }) => (sequences.every((one) => seen.has(one)) ? [] : id)));
}

/** Warnings about a workflow that is switched on, or will be; only about sequences that the caller may see. */
export async function warningsOf(
  { db, caller }: Asking,
  { entity, definition }: WorkflowRow,
): Promise<string[]> {
  const { actions, trigger, filters, said } = definition;
  const named = namedIn(entity, { actions, trigger });
  const seen = await seenAmong(db, caller.teamId, joinedBy(actions), viewerIn(caller));
  const [missing, inactive, isHiding] = await Promise.all([
    findMissing(db, caller.teamId, named),
    inactiveSequences(db, caller.teamId, [...seen]),
    namesHidden({ db, caller }, [said, filters]),
  ]);
  return [
    ...(isHiding ? ["sequence_hidden"] : []),
    ...(isUnfiltered(filters) && trigger.is === "schedule" ? ["matches_everybody"] : []),
    ...new Set(missing.map(({ kind }) => `${kind}_missing`)),
    ...(inactive.length > 0 ? ["sequence_inactive"] : []),
    ...(trigger.is === "event" && mayEcho(trigger.event, actions) ? ["sets_itself_off"] : []),
  ];
}

const ECHOES: Partial<Record<WorkflowAction["is"], readonly string[]>> = {
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

/** What the engine does later for contacts who can be enrolled again and again. */
const ECHOES_LATER = [
  "message.scheduled",
  "message.sent",
  "message.bounced",
  "message.failed",
  "enrollment.finished",
];

function echoesOf(action: WorkflowAction) {
  const later = action.is === "add_to_sequence" && action.terms.reEnrolls ? ECHOES_LATER : [];
  return [...(ECHOES[action.is] ?? []), ...later];
}

function mayEcho(event: string, actions: readonly WorkflowAction[]) {
  const [noun, verb] = event.split(".");
  const caused = everyStep(actions).flatMap(({ action }) => echoesOf(action));
  return caused.some((type) => type === event || (verb === "*" && type.startsWith(`${noun}.`)));
}
