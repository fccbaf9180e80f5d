import { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Caller } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { route, routeAlsoCsv } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { readContacts } from "../contacts/reading-store.ts";
import { readFormula } from "../scoring/formula.ts";
import { presentMatches } from "../searching/matches.ts";
import { isSortValue } from "../searching/orders-store.ts";
import { ALWAYS_COUNTED } from "../searching/store.ts";
import { presentSearched } from "./companies.ts";
import { contactsFile } from "./file.ts";
import { contactsInGroups } from "./grouped.ts";
import { readOrder } from "./orders.ts";
import { contactSearchIds, presentContactCrumbs, presentSearchCursor, readSearchCursor } from "./present.ts";
import { allContactsFound, searchContacts } from "./search.ts";
import { type ContactSearchInput, readContactSearch, withAliases } from "./search-input.ts";
import { keptOf, namesOf } from "./store.ts";

type Input = z.output<typeof contract.contacts.search.input>;

const MOST_NAMED = 10_000;

export const routes = [
  routeAlsoCsv(
    contract.contacts.search,
    async ({ db, caller, input: given }) => {
      const { teamId } = caller;
      const input = withAliases(given);
      const filter = await readContactSearch({ db, caller }, input);
      const place = await readPlace(db, caller, given);
      // The formula costs no round trip of its own where it is asked for with the page; after it, it would be planned anew.
      const [formula, found] = await Promise.all([
        readFormula(db, teamId),
        given.group_by
          ? contactsInGroups(db, teamId, filter, { place, group: given.group_by })
          : searchContacts(db, teamId, filter, place),
      ]);
      const [contacts, names] = await Promise.all([
        readContacts(db, teamId, found.ids, viewerIn(caller), formula),
        findNames(db, caller, input),
      ]);
      const next =
        found.last &&
        presentSearchCursor(given.sort_by_field?.trim() ?? "", given.sort_ascending ?? null, found.last);
      return {
        contacts: await presentSearched({ db, caller }, contacts),
        breadcrumbs: presentContactCrumbs(input, names),
        ...presentMatches(given, { total: found.total, partialFrom: ALWAYS_COUNTED, next }),
        num_fetch_result: null,
        ...(found.groups && { groups: found.groups }),
      };
    },
    async ({ db, caller, input }) =>
      contactsFile(db, caller.teamId, await readContactSearch({ db, caller }, withAliases(input)), {
        from: await readPlace(db, caller, input),
        columns: input.csv_columns,
      }),
  ),

  route(contract.contacts.matching, async ({ db, caller, input }) => {
    const filter = await readContactSearch({ db, caller }, withAliases(input));
    const found = await allContactsFound(db, caller.teamId, filter, MOST_NAMED);
    const kept = await keptOf(db, caller.teamId, found.slice(0, MOST_NAMED));
    return {
      contacts: kept.map(({ id, stageId, ownerId }) => ({
        id,
        contact_stage_id: stageId,
        owner_id: ownerId,
      })),
      partial_results_only: found.length > MOST_NAMED,
    };
  }),
];

async function findNames(db: Db, caller: Caller, input: ContactSearchInput) {
  const ids = contactSearchIds(input);
  return ids.length > 0 ? namesOf(db, caller.teamId, ids, viewerIn(caller)) : [];
}

async function readPlace(db: Db, caller: Caller, input: Input) {
  const field = input.sort_by_field?.trim() ?? "";
  const { order, isAscending } = await readOrder(db, caller.teamId, input, viewerIn(caller));
  const after = input.cursor ? readSearchCursor(input.cursor, field, input.sort_ascending ?? null) : null;
  if (input.cursor && !(after && isSortValue(order, after.value))) throw new Refusal("invalid_cursor");
  return { order, isAscending, after, offset: (input.page - 1) * input.per_page, limit: input.per_page };
}
