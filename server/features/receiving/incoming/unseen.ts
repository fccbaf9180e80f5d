// By what a mail is known again, and which of some were not here before.

import { createHash } from "node:crypto";
import type { Db } from "../../../db/connect.ts";
import type { Arrival } from "./facts.ts";
import { knownKeys } from "./store.ts";

/** A Message-ID reveals a person's employer, and would outlast that person's deletion: a digest reveals nothing. */
export function keyOf({ mail }: { mail: Pick<Arrival["mail"], "contentKey"> }) {
  return createHash("sha256").update(mail.contentKey).digest("hex").slice(0, 40);
}

export async function unseen(db: Db, teamId: string, arrivals: readonly Arrival[]) {
  const byKey = new Map(arrivals.toReversed().map((arrival) => [keyOf(arrival), arrival])); // the first of twins
  const known = await knownKeys(db, teamId, [...byKey.keys()]);
  return arrivals.filter((arrival) => byKey.get(keyOf(arrival)) === arrival && !known.has(keyOf(arrival)));
}
