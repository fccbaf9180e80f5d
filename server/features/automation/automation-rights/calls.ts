// The call of the contract behind each action of a workflow. A user who may not make the call may not use the action.

import { contract, type Endpoint } from "@cadenza/contract";
import type { Entity, Trigger } from "../../../domain/automation/workflow.ts";
import { everyStep, type WorkflowAction } from "../../../domain/automation/workflow-steps.ts";

const { contacts, accounts, people, labels, joining, enrollments } = contract;

/** Null: the action only affects the workflow itself, so every user who may save workflows may use it. */
const CALL_OF: Record<WorkflowAction["is"], Endpoint | Record<Entity, Endpoint> | null> = {
  enrich: { contact: contacts.enrich, account: accounts.enrich, person: people.bulkMatch },
  save_as_contact: contract.prospecting.addToContacts,
  add_to_sequence: joining.addContacts,
  remove_from_sequence: enrollments.removeOrStop,
  add_to_list: labels.addEntityIds,
  remove_from_list: labels.removeEntityIds,
  set_stage: { contact: contacts.updateStages, account: accounts.bulkUpdate, person: contacts.updateStages },
  set_field: { contact: contacts.bulkUpdate, account: accounts.bulkUpdate, person: contacts.bulkUpdate },
  set_owner: {
    contact: contacts.updateOwners,
    account: accounts.updateOwners,
    person: contacts.updateOwners,
  },
  create_task: contract.tasks.bulkCreate,
  create_deal: contract.opportunities.create,
  call_webhook: contract.webhookSubscriptions.create,
  notify: null,
  wait: null,
  branch: null,
  split: null,
};

export function callOf({ is }: WorkflowAction, entity: Entity): Endpoint | null {
  const call = CALL_OF[is];
  return call !== null && !("path" in call)
    ? (call as Record<Entity, Endpoint>)[entity]
    : (call as Endpoint | null);
}

/** Of everything that a workflow can do, in whatever branch. */
export function callsOf(
  entity: Entity,
  { trigger, actions }: { trigger: Trigger; actions: readonly WorkflowAction[] },
): Endpoint[] {
  const makesContacts = trigger.is === "webhook" && trigger.createsContacts;
  return [
    ...(makesContacts ? [contacts.create] : []),
    ...everyStep(actions).flatMap(({ action }) => callOf(action, entity) ?? []),
  ];
}

/** What a copilot does to those who are approved. */
export const JOINING: readonly Endpoint[] = [joining.addContacts];
/** What a workflow does to those who come by webhook and are new. */
export const MAKING: readonly Endpoint[] = [contacts.create];
