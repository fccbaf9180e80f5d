import { contract } from "@cadenza/contract";
import type { Db } from "../../../db/connect.ts";
import { route } from "../../../http/route.ts";
import { readOrganizations } from "../../contacts/organizations/store.ts";
import { MOST_SHOWN } from "../../contacts/searching/store.ts";
import { readPeople } from "../people/store.ts";
import { readPersonFilter } from "../people-filters/read.ts";
import { presentFurniture, readPlace } from "./paging.ts";
import { presentFoundPerson, presentWholePerson } from "./present.ts";
import { searchPeople } from "./search.ts";
import { readFound } from "./store.ts";

const { mixedPeople } = contract;

export const routes = [
  route(mixedPeople.search, async ({ db, caller, input }) => {
    const found = await searchPeople(db, caller.teamId, readPersonFilter(input), readPlace(input));
    const people = await readFound(db, caller.teamId, found.ids);
    return {
      total_entries: Math.min(found.total, MOST_SHOWN),
      people: people.map(presentFoundPerson),
      next_cursor: found.next,
    };
  }),

  route(mixedPeople.searchWhole, async ({ db, caller, input }) => {
    const found = await searchPeople(db, caller.teamId, readPersonFilter(input), readPlace(input));
    const people = await readWhole(db, caller.teamId, found.ids);
    return {
      ...presentFurniture(input, found),
      contacts: people.filter(({ contact_id }) => contact_id !== null),
      people: people.filter(({ contact_id }) => contact_id === null),
    };
  }),
];

async function readWhole(db: Db, teamId: string, ids: readonly string[]) {
  const people = await readPeople(db, teamId, ids);
  const companies = [...new Set(people.flatMap(({ organizationId }) => organizationId ?? []))];
  const byId = new Map((await readOrganizations(db, teamId, companies)).map((one) => [one.id, one]));
  return people.map((person) => presentWholePerson(person, byId.get(person.organizationId ?? "")));
}
