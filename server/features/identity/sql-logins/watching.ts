// Sessions of database logins that hold a lock or never end. A login can lift the limits that its role was given, so they are
// kept from outside: the engine looks, and ends the session.

import type { App } from "../../../app.ts";
import { record } from "../../events/events/store.ts";
import * as store from "./store.ts";

const ENGINE = { cause: "engine", address: null, requestId: null } as const;
const LONGEST = "5 minutes";

/** Answers how many sessions were ended. Each is told in the history of the login's team. */
export async function endUnruly({ db, now }: Pick<App, "db" | "now">, longest = LONGEST) {
  const ended = await db.inTransaction((tx) => store.endUnrulySessions(tx, longest));
  for (const { teamId, id, why } of ended) {
    await db.inTeam(teamId, (tx) =>
      record(
        { db: tx, teamId, now: now(), origin: ENGINE, userId: null, apiKeyId: null },
        { type: "sql_login.stopped", subject: { type: "sql_login", id }, data: { why } },
      ),
    );
  }
  return ended.length;
}
