// Reads what came to the inboxes of a team, over IMAP and by the code that reads every mailbox.

import { noteNothingNew } from "../../features/mailboxes/mailboxes/reading-store.ts";
import { attend } from "../receiving/attend-mailbox.ts";
import type { Engine } from "../running/engine.ts";

/** Until each is caught up with. Answers how many there were. */
export async function readCaught(
  { app, id: engineId, stopping }: Engine,
  teamId: string,
  ids: readonly string[],
) {
  await Promise.all(
    ids.map((mailboxId) => {
      const leave = new AbortController();
      return attend(app, {
        teamId,
        mailboxId,
        engineId,
        stopping,
        leaving: leave.signal,
        onCaughtUp: () => leave.abort(),
      });
    }),
  );
  return ids.length;
}

/** Before emails go out: the inboxes in which nothing is new count as read. */
export function noteInboxesRead({ app }: Engine, teamId: string, but: readonly string[]) {
  return app.db.inTeam(teamId, (db) => noteNothingNew(db, teamId, { but, ageMs: app.config.inboxAgeMs }));
}
