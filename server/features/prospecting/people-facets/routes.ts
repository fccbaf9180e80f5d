import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { MOST_SHOWN } from "../../contacts/searching/store.ts";
import { readPersonFilter } from "../people-filters/read.ts";
import { peopleQuestion } from "../people-search/search.ts";
import { presentPeopleFacets } from "./present.ts";
import { countFacets } from "./store.ts";

export const routes = [
  route(contract.mixedPeople.facets, async ({ db, caller, input }) => {
    const rows = await countFacets(db, peopleQuestion(caller.teamId, readPersonFilter(input)));
    const total = rows.find(({ kind }) => kind === "total")?.count ?? 0;
    return {
      facets: presentPeopleFacets(rows),
      total_entries: Math.min(total, MOST_SHOWN),
      partial_results_only: total > MOST_SHOWN,
    };
  }),
];
