import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { deletePeople } from "../people/commands.ts";
import { readPersonFilter } from "../people-filters/read.ts";
import { allPeopleFound } from "../people-search/search.ts";
import { addPeopleToContacts, type SaveOutcome } from "./commands.ts";

const MOST_ADDED = 5_000;

export const routes = [
  route(contract.prospecting.deletePeople, async ({ input, ...act }) => ({
    deleted_person_ids: await deletePeople(act, input.person_ids),
  })),

  route(contract.prospecting.addToContacts, async ({ input, ...act }) => {
    const { db, caller, isDryRun } = act;
    const { person_ids: named, person_filter: filter } = input;
    if (!named && !filter) throw new Refusal("parameter_missing", { name: "person_ids" });
    const found =
      named ?? (filter ? await allPeopleFound(db, caller.teamId, readPersonFilter(filter), MOST_ADDED) : []);
    const { added, people, notFound, leftOut, charged } = await addPeopleToContacts(act, {
      personIds: found.slice(0, MOST_ADDED),
      labelNames: input.label_names,
      contactStageId: input.contact_stage_id,
      ownerId: input.owner_id,
      onlyWhatFits: input.only_what_fits ?? false,
    });
    const counted = (outcome: SaveOutcome) => added.filter((one) => one.outcome === outcome).length;
    return {
      contacts: added.map(({ personId, contactId, outcome }) => ({
        person_id: personId,
        contact_id: contactId,
        outcome,
      })),
      not_found_person_ids: notFound,
      left_out_person_ids: leftOut,
      counts: {
        created: counted("created"),
        linked: counted("linked"),
        saved_already: counted("saved_already"),
        without_email: people.filter(({ email }) => email === null).length,
      },
      // What is in the store is known, so the price is too.
      credits: { least: charged, expected: charged, most: charged, charged: isDryRun ? 0 : charged },
      partial_results_only: found.length > MOST_ADDED,
    };
  }),
];
