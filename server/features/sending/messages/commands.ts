// Every way to a mail leads through here. Who sees which is written in access/sharing/sight-store.ts.

import { Refusal } from "../../../kernel/refusal.ts";
import { sightOf } from "../../access/sharing/sight.ts";
import type { ReadContext } from "../../gate/facts/around.ts";
import { type MessageRow, readMessages } from "./store.ts";
import { wholeMessages } from "./whole.ts";

/** The mail, or null where the caller may not see it. */
export async function findMessage(asking: ReadContext, id: string): Promise<MessageRow | null> {
  const [row] = await findMessages(asking, [id]);
  return row ?? null;
}

export async function getWhole(asking: ReadContext, id: string) {
  const found = await findMessage(asking, id);
  const [whole] = found ? await wholeMessages(asking, [id]) : [];
  if (!whole) throw new Refusal("record_not_found");
  return whole;
}

/** The mails that the caller may see, in the order asked for. */
export async function findMessages(asking: ReadContext, ids: readonly string[]) {
  const rows = await readMessages(asking.db, asking.caller.teamId, ids);
  const unseen = await sightOf(
    asking,
    rows.map(({ id }) => ({ type: "message", id })),
  );
  return rows.filter(({ id }) => !unseen.has(`message ${id}`));
}
