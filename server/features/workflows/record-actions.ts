// What is changed of contacts and accounts: lists, stage, fields, owner.

import { checkFieldValues } from "../../domain/custom-fields.ts";
import { type Action, lotOf } from "../../domain/workflow-steps.ts";
import { changeAccounts } from "../accounts/commands.ts";
import { changeContacts } from "../contact-writing/commands.ts";
import { giveToOwner, moveToStage } from "../contacts/commands.ts";
import { listFields } from "../custom-fields/store.ts";
import { addToLabels, removeFromLabels } from "../labels/commands.ts";
import { findStages } from "../stages/store.ts";
import { findUser } from "../users/store.ts";
import { type About, CannotBeDone, type Doing, type Outcome, type Outcomes } from "./outcomes.ts";

type Of<Is extends Action["is"]> = Extract<Action, { is: Is }>;

function kindOf({ kind }: About) {
  return kind === "account" ? "account" : "contact";
}

function recordsOf({ rows }: Doing, { recordOf }: About) {
  return [...new Set(rows.map(recordOf))];
}

function allDone({ rows }: Doing, data: Record<string, unknown> = {}): Outcomes {
  return new Map(rows.map((row): [string, Outcome] => [row.id, { outcome: "done", code: null, data }]));
}

/** A list that is gone is made again for whoever is put on it; nobody can be taken off it. */
export async function changeLists(doing: Doing<Of<"add_to_list" | "remove_from_list">>, about: About) {
  const { act, action } = doing;
  const wish = {
    modality: kindOf(about) === "account" ? ("accounts" as const) : ("contacts" as const),
    recordIds: recordsOf(doing, about),
    labelNames: action.labelNames,
  };
  const changed = await (action.is === "add_to_list" ? addToLabels : removeFromLabels)(act, wish);
  if (changed) return allDone(doing, { label_ids: changed.map(({ id }) => id) });
  return new Map(
    doing.rows.map((row): [string, Outcome] => [row.id, { outcome: "skipped", code: "nothing_changed" }]),
  );
}

export async function setStage(doing: Doing<Of<"set_stage">>, about: About) {
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

export async function setFields(doing: Doing<Of<"set_field">>, about: About) {
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
export async function giveOwner(doing: Doing<Of<"set_owner">>, about: About) {
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
    rows.map((row): [string, Outcome] => {
      const data = { owner_id: ownerOf.get(about.recordOf(row)) };
      return [row.id, { outcome: "done", code: null, data }];
    }),
  );
}

/** Whoever has left the team gets nothing more. */
export async function usersAmong({ act }: Doing, ids: readonly string[]) {
  const here: string[] = [];
  for (const id of ids) {
    const user = await findUser(act.db, act.caller.teamId, id);
    if (user && !user.deactivatedAt) here.push(id);
  }
  if (here.length === 0) throw new CannotBeDone("user_missing", { user_ids: ids });
  return here;
}
