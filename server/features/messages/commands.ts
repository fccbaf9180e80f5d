// Every way to a mail leads through here. A mail of a sequence is there for whoever sees the sequence; one that somebody
// wrote by hand, for them and for admins.

import { Refusal } from "../../refusal.ts";
import type { Asking } from "../explaining/around.ts";
import { findVisible } from "../sharing/commands.ts";
import { visibleAmong } from "../sharing/store.ts";
import { type MessageRow, readMessages } from "./store.ts";
import { wholeMessages } from "./whole.ts";

/** The mail, or null where it is not there for whoever asks. */
export async function findMessage(asking: Asking, id: string): Promise<MessageRow | null> {
  const [row] = await readMessages(asking.db, asking.caller.teamId, [id]);
  return row && (await isVisible(asking, row)) ? row : null;
}

async function isVisible(asking: Asking, { sequenceId, userId }: MessageRow) {
  if (sequenceId) return (await findVisible(asking, sequenceId)) !== null;
  return asking.caller.role === "admin" || userId === asking.caller.userId;
}

export async function getWhole(asking: Asking, id: string) {
  const found = await findMessage(asking, id);
  const [whole] = found ? await wholeMessages(asking, [id]) : [];
  if (!whole) throw new Refusal("record_not_found");
  return whole;
}

/** Those of the mails that are there for whoever asks, in the order asked for. */
export async function findMessages(asking: Asking, ids: readonly string[]) {
  const { db, caller } = asking;
  const rows = await readMessages(db, caller.teamId, ids);
  if (caller.role === "admin") return rows;
  const sequenceIds = [...new Set(rows.flatMap(({ sequenceId }) => sequenceId ?? []))];
  const visible = await visibleAmong(db, caller.teamId, sequenceIds, caller.userId);
  return rows.filter(({ sequenceId, userId }) =>
    sequenceId ? visible.has(sequenceId) : userId === caller.userId,
  );
}
