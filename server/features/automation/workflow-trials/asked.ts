// Which workflow a trial is about: a saved one, one from the form that is not saved, or a saved one with changes that are not.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Act } from "../../../app.ts";
import { mayChangeWorkflow } from "../../../domain/identity/permissions.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { getWorkflow } from "../workflows/commands.ts";
import type { JudgedBy } from "../workflows/judging.ts";
import { refuseMissing, refuseUndated } from "../workflows/named.ts";
import { settingOf } from "../workflows/setting.ts";
import { readDefinition, readWorkflowChange } from "../workflows/workflow-input.ts";

type Asked = z.output<typeof contract.workflowTrials.lookBack.input> & {
  actions?: z.output<typeof contract.workflowTrials.tryOut.input>["actions"];
};

/** A saved workflow sees what its owner sees, so only a user who may change it tries other filters with it. */
export async function workflowAsked(act: Act, { id, entity, ...said }: Asked): Promise<JudgedBy> {
  const setting = await settingOf(act);
  if (id !== undefined) return changedBy(act, id, said);
  const { trigger, filters = {}, net_new = false, reentry = "once", caps = {}, actions = [] } = said;
  if (!trigger) throw new Refusal("required_parameter_missing", { name: "trigger" });
  const definition = readDefinition({ entity, trigger, filters, net_new, reentry, caps, actions }, setting);
  await refuseUndated(act, entity, definition);
  await refuseMissing(act, entity, definition);
  return { id: null, entity, userId: act.caller.userId, definition };
}

async function changedBy(act: Act, id: string, said: Omit<Asked, "id" | "entity">): Promise<JudgedBy> {
  const workflow = await getWorkflow(act, id);
  if (Object.values(said).every((part) => part === undefined)) return workflow;
  refuseOfAnother(act, workflow);
  const change = readWorkflowChange(said, workflow.entity, await settingOf(act));
  const definition = { ...workflow.definition, ...change };
  await refuseUndated(act, workflow.entity, definition);
  if (said.actions) await refuseMissing(act, workflow.entity, definition);
  return { ...workflow, definition };
}

/** Who tries it acts as its owner, if only in a trial. */
export function refuseOfAnother({ caller }: Pick<Act, "caller">, { userId }: JudgedBy) {
  if (!mayChangeWorkflow({ userId: caller.userId, isAdmin: caller.role === "admin" }, userId))
    throw new Refusal("workflow_of_another");
}
