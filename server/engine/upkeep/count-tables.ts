// Tables that have grown are counted, so that what is planned once is planned for what is there; see the migration.

import { countGrownTable } from "../../features/gate/engines/store.ts";
import { type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 2_000;

export function startCounting(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "counting tables" }, () => countOnce(engine));
}

/** The one that has grown most. Answers how many it counted: none or one. */
export async function countOnce({ app }: Pick<Engine, "app">) {
  return (await app.db.inTransaction(countGrownTable)) === null ? 0 : 1;
}
