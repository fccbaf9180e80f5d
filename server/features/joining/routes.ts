// Contacts joining sequences. A route only translates: wire words in, one command, wire words out.

import { contract } from "@cadenza/contract";
import type { Act } from "../../app.ts";
import { route } from "../../http/route.ts";
import { readSearch, withAliases } from "../contact-search/search-input.ts";
import { readContacts, readSummaries } from "../contacts/store.ts";
import { presentProgress } from "../progress/present.ts";
import { hideSequences, viewerIn } from "../sharing/hiding.ts";
import { listTouches } from "../touches/store.ts";
import { addContacts, checkDeployability } from "./commands.ts";
import { readWish } from "./joining-input.ts";
import { nameOf, presentDeployability, presentJoined, presentRehearsed, SAMPLE } from "./present.ts";
import type { Joined } from "./store.ts";

export const routes = [
  route(contract.joining.addContacts, async ({ input, ...act }) => {
    const search = input.contact_filter && withAliases(input.contact_filter);
    const filter = search ? await readSearch(act, search) : null;
    const wish = { ...readWish(input, filter, act.now), promiseId: input.promise_id ?? null };
    const { joined, progress, rehearsed } = await addContacts(act, wish);
    if (!joined)
      return {
        ...presentProgress(progress),
        request_id: progress.id,
        ...(rehearsed && presentRehearsed(await shownTo(act, rehearsed))),
      };
    const { db, caller } = act;
    const added = joined.enrollments.map(({ contactId }) => contactId);
    const [contacts, touches] = await Promise.all([
      readContacts(db, caller.teamId, added, viewerIn(caller)),
      listTouches(db, caller.teamId, joined.sequence.id),
    ]);
    const skipped = await hideSequences(act, joined.skipped);
    return presentJoined({ ...joined, skipped }, { contacts, touches }, caller);
  }),

  route(contract.joining.checkDeployability, async ({ input, ...act }) => {
    const found = await checkDeployability(act, input.emailer_campaign_id, input.contact_ids);
    const samples = [...found.byReason.values()].flatMap((ids) => ids.slice(0, SAMPLE));
    const names = new Map(
      (await readSummaries(act.db, act.caller.teamId, samples)).map((row) => [row.id, row]),
    );
    return presentDeployability(found, (id) => nameOf(names.get(id)));
  }),
];

type Rehearsed = { batches: readonly Joined[]; isWhole: boolean };

async function shownTo(
  asking: Pick<Act, "db" | "caller">,
  { batches, isWhole }: Rehearsed,
): Promise<Rehearsed> {
  const shown = batches.map(async (batch) => ({
    ...batch,
    skipped: await hideSequences(asking, batch.skipped),
  }));
  return { batches: await Promise.all(shown), isWhole };
}
