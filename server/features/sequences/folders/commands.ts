import type { Act } from "../../../app.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../../events/events/store.ts";
import * as store from "./store.ts";

export async function createFolder(
  act: Act,
  wish: { kind: store.FolderKind; name: string; parentId: string | null },
) {
  const { db, now, caller } = act;
  if (wish.parentId !== null && !(await store.holdFolder(db, caller.teamId, wish.kind, wish.parentId)))
    throw new Refusal("folder_not_found", { id: wish.parentId });
  const folder = await store.insertFolder(db, caller.teamId, { ...wish, id: newId() }, now);
  if (!folder) throw new Refusal("internal");
  await tell(act, "folder.created", folder);
  return folder;
}

export async function updateFolder(
  act: Act,
  id: string,
  wish: { name: string | undefined; parentId: string | null | undefined },
) {
  const { db, caller } = act;
  const all = await store.lockFolders(db, caller.teamId);
  const known = all.find((folder) => folder.id === id);
  if (!known) throw new Refusal("record_not_found");
  const parentId = wish.parentId === undefined ? known.parentId : wish.parentId;
  refuseLoop(all, known, parentId);
  const folder = await store.updateFolder(db, caller.teamId, id, { name: wish.name ?? known.name, parentId });
  if (!folder) throw new Refusal("record_not_found");
  await tell(act, "folder.changed", folder);
  return folder;
}

export async function deleteFolder(act: Act, id: string) {
  const { db, caller } = act;
  const folder = (await store.lockFolders(db, caller.teamId)).find((folder) => folder.id === id);
  if (!folder) throw new Refusal("record_not_found");
  await store.deleteFolder(db, caller.teamId, folder);
  await tell(act, "folder.deleted", folder);
}

function refuseLoop(all: readonly store.FolderRow[], folder: store.FolderRow, parentId: string | null) {
  for (let at = parentId; at !== null; ) {
    if (at === folder.id) throw new Refusal("folder_in_itself");
    const parent = all.find(({ id, kind }) => id === at && kind === folder.kind);
    if (!parent) throw new Refusal("folder_not_found", { id: at });
    at = parent.parentId;
  }
}

function tell(
  act: Act,
  type: "folder.created" | "folder.changed" | "folder.deleted",
  { id, name, kind }: store.FolderRow,
) {
  return record(byCaller(act), { type, subject: { type: "folder", id }, data: { name, kind } });
}
