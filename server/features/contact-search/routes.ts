import { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Caller } from "../../app.ts";
import type { Db } from "../../db/connect.ts";
import { route, routeAlsoCsv } from "../../http/route.ts";
import { Refusal } from "../../refusal.ts";
import { presentFoundContact } from "../contacts/present.ts";
import { readContacts } from "../contacts/reading-store.ts";
import { readFormula } from "../scoring/formula.ts";
import { ALWAYS_COUNTED, MOST_SHOWN } from "../searching/store.ts";
import { viewerIn } from "../sharing/hiding.ts";
import { contactsFile } from "./file.ts";
import { idsIn, isInstant, presentCrumbs, presentCursor, readCursor } from "./present.ts";
import { everybodyFound, searchContacts } from "./search.ts";
import { readSearch, type Search, withAliases } from "./search-input.ts";
import { keptOf, namesOf, type Order } from "./store.ts";

type Input = z.output<typeof contract.contacts.search.input>;

const MOST_NAMED = 10_000;

export const routes = [
  routeAlsoCsv(
    contract.contacts.search,
    async ({ db, caller, input: given }) => {
      const { teamId } = caller;
      const input = withAliases(given);
      const filter = await readSearch({ db, caller }, input);
      // The formula costs no round trip of its own where it is asked for with the page; after it, it would be planned anew.
      const [formula, found] = await Promise.all([
        readFormula(db, teamId),
        searchContacts(db, teamId, filter, readPlace(given)),
      ]);
      const [contacts, names] = await Promise.all([
        readContacts(db, teamId, found.ids, viewerIn(caller), formula),
        findNames(db, caller, input),
      ]);
      const total = Math.min(found.total, MOST_SHOWN);
      return {
        contacts: contacts.map(presentFoundContact),
        breadcrumbs: presentCrumbs(input, names),
        partial_results_only: found.total > ALWAYS_COUNTED,
        has_join: false,
        disable_eu_prospecting: false,
        partial_results_limit: ALWAYS_COUNTED,
        pagination: {
          page: given.page,
          per_page: given.per_page,
          total_entries: total,
          total_pages: Math.ceil(total / given.per_page),
          next_cursor:
            found.last &&
            presentCursor(given.sort_by_field?.trim() ?? "", given.sort_ascending ?? null, found.last),
        },
        num_fetch_result: null,
      };
    },
    async ({ db, caller, input }) =>
      contactsFile(db, caller.teamId, await readSearch({ db, caller }, withAliases(input)), readPlace(input)),
  ),

  route(contract.contacts.matching, async ({ db, caller, input }) => {
    const filter = await readSearch({ db, caller }, withAliases(input));
    const found = await everybodyFound(db, caller.teamId, filter, MOST_NAMED);
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

async function findNames(db: Db, caller: Caller, input: Search) {
  const ids = idsIn(input);
  return ids.length > 0 ? namesOf(db, caller.teamId, ids, viewerIn(caller)) : [];
}

const ORDERS: Record<string, Order> = {
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
  const after = input.cursor ? readCursor(input.cursor, field, input.sort_ascending ?? null) : null;
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
