import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { createFolder, deleteFolder, updateFolder } from "./commands.ts";
import { presentFolder } from "./present.ts";
import { listFolders } from "./store.ts";

export const routes = [
  route(contract.folders.list, async ({ db, caller, input }) => ({
    folders: (await listFolders(db, caller.teamId, input.kind ?? null)).map(presentFolder),
  })),

  route(contract.folders.create, async ({ input, ...act }) => ({
    folder: presentFolder(
      await createFolder(act, { kind: input.kind, name: input.name, parentId: input.parent_id ?? null }),
    ),
  })),

  route(contract.folders.update, async ({ input, ...act }) => ({
    folder: presentFolder(await updateFolder(act, input.id, { name: input.name, parentId: input.parent_id })),
  })),

  route(contract.folders.remove, async ({ input, ...act }) => {
    await deleteFolder(act, input.id);
    return { folder: { id: input.id, deleted: true as const } };
  }),
];
