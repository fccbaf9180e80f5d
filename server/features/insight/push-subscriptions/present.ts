import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { DeviceRow } from "./store.ts";

export function presentDevice(one: DeviceRow) {
  return {
    id: one.id,
    endpoint: one.endpoint,
    device: one.device,
    language: one.language,
    wants_replies: one.wantsReplies,
    wants_tasks: one.wantsTasks,
    wants_mentions: one.wantsMentions,
    shows_names: one.showsNames,
    created_at: stored(one.createdAt),
    last_delivered_at: storedOrNull(one.lastDeliveredAt),
    failures: one.failures,
  };
}
