// Keeps an eye on sessions of database logins, as what they do for too long would hold up mail.

import { endUnruly } from "../../features/identity/sql-logins/watching.ts";
import { type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 1_000;

export function startWatchingLogins(engine: Engine) {
  const { app } = engine;
  return goRound(engine, { everyMs: EVERY_MS, what: "watching database logins" }, async () => {
    const ended = await endUnruly(app);
    if (ended > 0) app.log.warn({ ended }, "sessions of database logins were ended");
    return 0;
  });
}
