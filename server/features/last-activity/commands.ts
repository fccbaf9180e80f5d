// When a contact and their company were last active follows from the history, a moment later: whoever sends a mail does not
// wait for it, and of a thousand mails to one company its row is written once.

import type { By } from "../events/store.ts";
import * as store from "./store.ts";

/** What passed between them and us. Writing a note about somebody, or moving them about, is none. */
const ACTIVITY = [
  "message.sent",
  "message.replied",
  "message.opened",
  "message.clicked",
  "call.logged",
  "task.completed",
] as const;

const AT_ONCE = 5_000;

/** Answers whether there is more to read. */
export async function followActivity({ db, teamId }: Pick<By, "db" | "teamId">) {
  const place = await store.lockPlace(db, teamId);
  if (!place) return false;
  const news = await store.readActivity(db, teamId, place, { types: ACTIVITY, limit: AT_ONCE });
  if (!news) return false;
  if (news.active.length > 0) await store.writeActivity(db, teamId, news.active);
  await store.movePlace(db, teamId, news.place);
  return news.isMore;
}
