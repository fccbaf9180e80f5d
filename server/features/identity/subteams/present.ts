import { stored } from "../../../kernel/moments.ts";
import type { SubteamRow } from "./store.ts";

export function presentSubteam({ id, name, userIds, createdAt }: SubteamRow) {
  return { id, name, user_ids: userIds, created_at: stored(createdAt) };
}
