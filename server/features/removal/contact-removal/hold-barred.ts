// Every gate of the team waits while the list of suppressions is held. Deleting or merging a thousand people takes seconds, so
// the list is held only where something bars one of them: then what bars them changes its place.

import { canonicalAddress } from "../../../domain/contacts/suppression.ts";
import { digestsAmong } from "../../contacts/suppressions/barring.ts";
import { holdSuppressions } from "../../contacts/suppressions/store.ts";
import type { By } from "../../events/events/store.ts";
import * as store from "./erasing-store.ts";

/** Before the contacts are locked, as everywhere; and once more after, for what came in between. A deadlock is tried again. */
export async function holdListIfBarred({ db, teamId }: Pick<By, "db" | "teamId">, ids: readonly string[]) {
  const emails = await store.emailsOf(db, teamId, ids);
  const isBarred = await store.isAnyBarred(db, teamId, {
    ids,
    digests: digestsAmong(db, teamId, emails),
    values: emails.flatMap((email) => canonicalAddress(email) ?? []),
  });
  if (isBarred) await holdSuppressions(db, teamId);
}
