import { stored } from "../../../kernel/moments.ts";
import type { FolderRow } from "./store.ts";

export function presentFolder(folder: FolderRow) {
  return {
    id: folder.id,
    kind: folder.kind,
    name: folder.name,
    parent_id: folder.parentId,
    created_at: stored(folder.createdAt),
  };
}
