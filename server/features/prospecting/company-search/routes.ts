import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { presentOrganization } from "../../contacts/organizations/present.ts";
import { readOrganizations } from "../../contacts/organizations/store.ts";
import { payForPage } from "../paid-searches/commands.ts";
import { readCompanyFilter } from "../people-filters/read.ts";
import { presentFurniture, readPlace } from "../people-search/paging.ts";
import { searchCompanies } from "../people-search/search.ts";

export const routes = [
  route(contract.mixedCompanies.search, async ({ input, ...act }) => {
    const { db, caller } = act;
    const found = await searchCompanies(db, caller.teamId, readCompanyFilter(input), readPlace(input));
    const companies = (await readOrganizations(db, caller.teamId, found.ids)).map(presentOrganization);
    await payForPage(act, "organization_search_page", { shown: companies.length, perPage: 100 });
    return {
      ...presentFurniture(input, found),
      accounts: companies.filter(({ account_id }) => account_id !== null),
      organizations: companies.filter(({ account_id }) => account_id === null),
      derived_params: null,
    };
  }),
];
