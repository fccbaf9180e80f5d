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
import { ALWAYS_COUNTED } from "../searching/store.ts";
import { presentSearched } from "./companies.ts";
import { contactsFile } from "./file.ts";
import {
  contactSearchIds,
  isInstant,
  presentContactCrumbs,
  presentSearchCursor,
  readSearchCursor,
} from "./present.ts";
import { allContactsFound, searchContacts } from "./search.ts";
import { type ContactSearchInput, readContactSearch, withAliases } from "./search-input.ts";
import { type ContactOrder, keptOf, namesOf } from "./store.ts";

type Input = z.output<typeof contract.contacts.search.input>;

const MOST_NAMED = 10_000;

export const routes = [
  routeAlsoCsv(
    contract.contacts.search,
    async ({ db, caller, input: given }) => {
      const { teamId } = caller;
      const input = withAliases(given);
      const filter = await readContactSearch({ db, caller }, input);
      // The formula costs no round trip of its own where it is asked for with the page; after it, it would be planned anew.
      const [formula, found] = await Promise.all([
        readFormula(db, teamId),
        searchContacts(db, teamId, filter, readPlace(given)),
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
      };
    },
    async ({ db, caller, input }) =>
      contactsFile(
        db,
        caller.teamId,
        await readContactSearch({ db, caller }, withAliases(input)),
        readPlace(input),
      ),
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

const ORDERS: Record<string, ContactOrder> = {
  "": "created",
  contact_created_at: "created",
  contact_updated_at: "updated",
  contact_last_activity_date: "lastActivity",
  contact_email_last_opened_at: "lastOpened",
  contact_email_last_clicked_at: "lastClicked",
  contact_name: "name",
  name: "name",
};

function readPlace(input: Input) {
  const field = input.sort_by_field?.trim() ?? "";
  const order = Object.hasOwn(ORDERS, field) ? ORDERS[field] : undefined;
  if (!order) throw new Refusal("sort_invalid", {}, { skip_alert_dialog: true });
  const after = input.cursor ? readSearchCursor(input.cursor, field, input.sort_ascending ?? null) : null;
  if (input.cursor && (!after || (order !== "name" && !isInstant(after.value))))
    throw new Refusal("invalid_cursor");
  return {
    order,
    // Which way is said only together with what to sort by.
    isAscending: field !== "" && (input.sort_ascending ?? order === "name"),
    after,
    offset: (input.page - 1) * input.per_page,
    limit: input.per_page,
  };
}
