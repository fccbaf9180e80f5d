// What is changed of contacts and accounts: lists, stage, fields, owner.

import { lotOf } from "../../../domain/automation/workflow-steps.ts";
import { checkFieldValues } from "../../../domain/contacts/custom-fields.ts";
import { listFields } from "../../contacts/custom-fields/store.ts";
import { addToLabels, removeFromLabels } from "../../contacts/labels/commands.ts";
import { findStages } from "../../contacts/stages/store.ts";
import { giveToOwner, moveToStage } from "../../desk/contacts/commands.ts";
import { findUser } from "../../identity/users/store.ts";
import { changeAccounts } from "../../saving/accounts/commands.ts";
import { changeContacts } from "../../saving/contact-writing/commands.ts";
import {
  type ActionOutcome,
  CannotBeDone,
  type Doing,
  type DoingOf,
  type Outcomes,
  type RecordOfCandidate,
} from "./outcomes.ts";

function kindOf({ kind }: RecordOfCandidate) {
  return kind === "account" ? "account" : "contact";
}

function recordsOf({ rows }: Doing, { recordOf }: RecordOfCandidate) {
  return [...new Set(rows.map(recordOf))];
}

function allDone({ rows }: Doing, data: Record<string, unknown> = {}): Outcomes {
  return new Map(rows.map((row): [string, ActionOutcome] => [row.id, { outcome: "done", code: null, data }]));
}

/** Adding to a deleted list creates it again; removing from it does nothing. */
export async function changeLists(
  doing: DoingOf<"add_to_list" | "remove_from_list">,
  about: RecordOfCandidate,
) {
  const { act, action } = doing;
  const wish = {
    modality: kindOf(about) === "account" ? ("accounts" as const) : ("contacts" as const),
    recordIds: recordsOf(doing, about),
    labelNames: action.labelNames,
  };
  const changed = await (action.is === "add_to_list" ? addToLabels : removeFromLabels)(act, wish);
  if (changed) return allDone(doing, { label_ids: changed.map(({ id }) => id) });
  return new Map(
    doing.rows.map((row): [string, ActionOutcome] => [
      row.id,
      { outcome: "skipped", code: "nothing_changed" },
    ]),
  );
}

export async function setStage(doing: DoingOf<"set_stage">, about: RecordOfCandidate) {
  const { act, action } = doing;
  const { db, caller } = act;
  const { stageId } = action;
  const [stage] = await findStages(db, caller.teamId, kindOf(about), [stageId]);
  if (!stage) throw new CannotBeDone("stage_missing", { stage_id: stageId });
  const ids = recordsOf(doing, about);
  if (kindOf(about) === "contact") await moveToStage(act, ids, { id: stageId });
  else
    await changeAccounts(
      act,
      ids.map((id) => ({ id, asked: { accountStageId: stageId } })),
    );
  return allDone(doing);
}

export async function setFields(doing: DoingOf<"set_field">, about: RecordOfCandidate) {
  const { act, action } = doing;
  const { db, caller } = act;
  const { errors } = checkFieldValues(await listFields(db, caller.teamId, kindOf(about)), action.values);
  if (Object.keys(errors).length > 0) throw new CannotBeDone("field_missing", { errors });
  const ids = recordsOf(doing, about);
  if (kindOf(about) === "contact")
    await changeContacts(
      act,
      ids.map((id) => ({ id, wish: { fields: action.values } })),
      "add",
    );
  else
    await changeAccounts(
      act,
      ids.map((id) => ({ id, asked: { fields: action.values } })),
    );
  return allDone(doing);
}

/** Several take turns, beginning with any of them. */
export async function giveOwner(doing: DoingOf<"set_owner">, about: RecordOfCandidate) {
  const { act, action, rows } = doing;
  const owners = await usersAmong(doing, action.ownerIds);
  const [first] = rows;
  const start = first ? lotOf(first.id) : 0;
  const ids = recordsOf(doing, about);
  const ownerOf = new Map(ids.map((id, place) => [id, owners[(start + place) % owners.length] as string]));
  for (const [ownerId, own] of Map.groupBy(ids, (id) => ownerOf.get(id) as string)) {
    if (kindOf(about) === "contact") await giveToOwner(act, own, ownerId);
    else
      await changeAccounts(
        act,
        own.map((id) => ({ id, asked: { ownerId } })),
      );
  }
  return new Map(
    rows.map((row): [string, ActionOutcome] => {
      const data = { owner_id: ownerOf.get(about.recordOf(row)) };
      return [row.id, { outcome: "done", code: null, data }];
    }),
  );
}

/** Users who have left the team get no notifications or tasks. */
export async function usersAmong({ act }: Doing, ids: readonly string[]) {
  const here: string[] = [];
  for (const id of ids) {
    const user = await findUser(act.db, act.caller.teamId, id);
    if (user && !user.deactivatedAt) here.push(id);
  }
  if (here.length === 0) throw new CannotBeDone("user_missing", { user_ids: ids });
  return here;
}
