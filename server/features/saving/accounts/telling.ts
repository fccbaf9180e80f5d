// What has become of accounts, as the feed tells it.

import type { Act } from "../../../app.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";

export function recordAccountEvents(
  act: Act,
  type: EventType,
  ids: readonly string[],
  data: Record<string, unknown> = {},
) {
  return tellEach(
    act,
    type,
    ids.map((id) => ({ id, data })),
  );
}

export async function tellEach(
  act: Act,
  type: EventType,
  told: readonly { id: string; data: Record<string, unknown> }[],
) {
  if (told.length === 0) return;
  const happenings = told.map(({ id, data }) => ({ type, subject: { type: "account", id } as const, data }));
  await record(byCaller(act), ...happenings);
}
