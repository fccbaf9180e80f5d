import type { Act } from "../../../app.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import * as store from "./store.ts";

export async function createSubteam(act: Act, wish: { name: string; userIds: readonly string[] }) {
  const { db, now, caller } = act;
  await refuseUnknownPeople(act, wish.userIds);
  const id = newId();
  if (!(await store.insertSubteam(db, caller.teamId, { id, name: wish.name }, now)))
    throw nameTaken(wish.name);
  await store.writeMembers(db, caller.teamId, id, wish.userIds);
  return told(act, "subteam.created", id);
}

export async function changeSubteam(
  act: Act,
  id: string,
  change: { name: string | undefined; userIds: readonly string[] | undefined },
) {
  const { db, caller } = act;
  if (!(await store.lockSubteam(db, caller.teamId, id))) throw new Refusal("record_not_found");
  if (change.name !== undefined && !(await store.renameSubteam(db, caller.teamId, id, change.name)))
    throw nameTaken(change.name);
  if (change.userIds !== undefined) {
    await refuseUnknownPeople(act, change.userIds);
    await store.writeMembers(db, caller.teamId, id, change.userIds);
  }
  return told(act, "subteam.updated", id);
}

export async function deleteSubteam(act: Act, id: string) {
  const subteam = await store.lockSubteam(act.db, act.caller.teamId, id);
  if (!subteam) throw new Refusal("record_not_found");
  await told(act, "subteam.deleted", id);
  await store.deleteSubteam(act.db, act.caller.teamId, id);
  return subteam;
}

async function refuseUnknownPeople({ db, caller }: Act, userIds: readonly string[]) {
  const unknown = await store.unknownUser(db, caller.teamId, userIds);
  if (unknown !== null) throw new Refusal("subteam_member_unknown", { id: unknown });
}

async function told(act: Act, type: EventType, id: string) {
  const subteam = await store.findSubteam(act.db, act.caller.teamId, id);
  if (!subteam) throw new Refusal("record_not_found");
  const data = { name: subteam.name, count: subteam.userIds.length };
  await record(byCaller(act), { type, subject: { type: "subteam", id }, data });
  return subteam;
}

function nameTaken(name: string) {
  return new Refusal("subteam_exists", { name });
}
