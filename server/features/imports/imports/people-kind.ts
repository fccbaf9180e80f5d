// A row becomes a person in the people database: a new one, or the one found by the source's id, a profile, an
// address, or a name at the same company. An unknown company is created.

import { PERSON_TARGETS } from "../../../domain/imports/import-store-fields.ts";
import type { PersonWish } from "../../../domain/prospecting/person.ts";
import { usedPeople } from "../../prospecting/import-rows/records-store.ts";
import { savePeople } from "../../prospecting/people/commands.ts";
import { deletePeople, personFacts, restorePeople } from "../../prospecting/people/store.ts";
import { kindOfStore } from "./people-import.ts";

export const people = kindOfStore<PersonWish>({
  name: "people",
  jobType: "people_import",
  targets: PERSON_TARGETS,
  knownBy: ["email", "linkedin_url", "name", "first_name", "last_name", "external_id"],
  save: savePeople,
  used: ({ db, caller }, ids) => usedPeople(db, caller.teamId, ids),
  facts: ({ db, caller }, ids) => personFacts(db, caller.teamId, ids),
  restore: ({ db, now, caller }, rows) => restorePeople(db, caller.teamId, rows, now),
  remove: ({ db, caller }, ids) => deletePeople(db, caller.teamId, ids),
});
