// Every way to a mail leads through here. A sequence's mail is for users who see the sequence; a mail written by hand
// is for its author and admins.

import { Refusal } from "../../../kernel/refusal.ts";
import { visibleAmong } from "../../access/sharing/store.ts";
import type { ReadContext } from "../../gate/facts/around.ts";
import { findVisible } from "../../sequences/sequences/finding.ts";
import { type MessageRow, readMessages } from "./store.ts";
import { wholeMessages } from "./whole.ts";

/** The mail, or null where the caller may not see it. */
export async function findMessage(asking: ReadContext, id: string): Promise<MessageRow | null> {
  const [row] = await readMessages(asking.db, asking.caller.teamId, [id]);
  return row && (await isVisible(asking, row)) ? row : null;
}

async function isVisible(asking: ReadContext, { sequenceId, userId }: MessageRow) {
  if (sequenceId) return (await findVisible(asking, sequenceId)) !== null;
  return asking.caller.role === "admin" || userId === asking.caller.userId;
}

export async function getWhole(asking: ReadContext, id: string) {
  const found = await findMessage(asking, id);
  const [whole] = found ? await wholeMessages(asking, [id]) : [];
  if (!whole) throw new Refusal("record_not_found");
  return whole;
}

/** The mails that the caller may see, in the order asked for. */
export async function findMessages(asking: ReadContext, ids: readonly string[]) {
  const { db, caller } = asking;
  const rows = await readMessages(db, caller.teamId, ids);
  if (caller.role === "admin") return rows;
  const sequenceIds = [...new Set(rows.flatMap(({ sequenceId }) => sequenceId ?? []))];
  const visible = await visibleAmong(db, caller.teamId, sequenceIds, caller.userId);
  return rows.filter(({ sequenceId, userId }) =>
    sequenceId ? visible.has(sequenceId) : userId === caller.userId,
  );
}
