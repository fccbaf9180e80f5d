// Contacts joining sequences. A route only translates: wire words in, one command, wire words out.

import { contract } from "@cadenza/contract";
import type { Act } from "../../../app.ts";
import { route } from "../../../http/route.ts";
import { hideSequences, viewerIn } from "../../access/sharing/hiding.ts";
import { readSummaries } from "../../contacts/contact-rows/store.ts";
import { readContactSearch, withAliases } from "../../contacts/contact-search/search-input.ts";
import { readContacts } from "../../contacts/contacts/reading-store.ts";
import { presentProgress } from "../../events/progress/present.ts";
import { listTouches } from "../../sequences/touches/store.ts";
import { addContacts, checkDeployability } from "./commands.ts";
import { readWish } from "./enrolling-input.ts";
import { nameOf, presentDeployability, presentJoined, presentRehearsed, SAMPLE } from "./present.ts";
import type { Joined } from "./store.ts";
import { presentSurges } from "./surges.ts";

export const routes = [
  route(contract.joining.addContacts, async ({ input, ...act }) => {
    const search = input.contact_filter && withAliases(input.contact_filter);
    const filter = search ? await readContactSearch(act, search) : null;
    const wish = { ...readWish(input, filter, act.now), promiseId: input.promise_id ?? null };
    const { joined, progress, rehearsed } = await addContacts(act, wish);
    if (!joined)
      return {
        ...presentProgress(progress),
        request_id: progress.id,
        ...(rehearsed && (await presentTried(act, rehearsed))),
        ...(await surgesOfDryRun(act, progress.id)),
      };
    const { db, caller } = act;
    const added = joined.enrollments.map(({ contactId }) => contactId);
    const [contacts, touches, nameFor] = await Promise.all([
      readContacts(db, caller.teamId, added, viewerIn(caller)),
      listTouches(db, caller.teamId, joined.sequence.id),
      namesOf(act, joined.warnings),
    ]);
    const skipped = await hideSequences(act, joined.skipped);
    return {
      ...presentJoined({ ...joined, skipped }, { contacts, touches, nameFor }, caller),
      ...(await surgesOfDryRun(act, joined.requestId)),
    };
  }),

  route(contract.joining.checkDeployability, async ({ input, ...act }) => {
    const found = await checkDeployability(act, input.emailer_campaign_id, input.contact_ids);
    const samples = [...found.byReason.values()].flatMap((ids) => ids.slice(0, SAMPLE));
    return presentDeployability(found, await nameForAll(act, samples));
  }),
];

async function surgesOfDryRun(act: Pick<Act, "db" | "caller" | "now" | "isDryRun">, requestId: string) {
  return act.isDryRun ? { first_email_surges: await presentSurges(act, requestId) } : {};
}

function namesOf(asking: Pick<Act, "db" | "caller">, warnings: Joined["warnings"]) {
  return nameForAll(asking, [...new Set(warnings.map(({ contactId }) => contactId))]);
}

async function nameForAll({ db, caller }: Pick<Act, "db" | "caller">, ids: readonly string[]) {
  const rows = ids.length === 0 ? [] : await readSummaries(db, caller.teamId, ids);
  const names = new Map(rows.map((row) => [row.id, row]));
  return (id: string) => nameOf(names.get(id));
}

async function presentTried(asking: Pick<Act, "db" | "caller">, rehearsed: Rehearsed) {
  const warnings = rehearsed.batches.flatMap((batch) => batch.warnings);
  return presentRehearsed(await shownTo(asking, rehearsed), await namesOf(asking, warnings));
}

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
