// What came new into the indexes of words is sorted in while it is little, so that searches read no long lists; see the migration.

import { putWordsInOrder } from "../../features/gate/engines/store.ts";
import { type Engine, goRound } from "../running/engine.ts";

// A handful of rows costs a few milliseconds each time, a hundred costs thirty, a thousand not even a hundred.
const EVERY_MS = 5_000;

export function startOrdering(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "putting words in order" }, () => orderOnce(engine));
}

/** Answers that there is nothing more to do: whatever comes meanwhile waits for the others. */
async function orderOnce({ app }: Engine) {
  await app.db.inTransaction(putWordsInOrder);
  return 0;
}
