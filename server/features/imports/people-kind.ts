// A row becomes a person of the store: a new one, or the one that is meant by the source's id, a profile, an address, or a
// name at the same company, which is made where nobody knows it.

import { PERSON_TARGETS } from "../../domain/import-store-fields.ts";
import { personFrom } from "../../domain/import-store-rows.ts";
import type { PersonWish } from "../../domain/person.ts";
import { savePeople } from "../people/commands.ts";
import { deletePeople, personFacts, restorePeople } from "../people/store.ts";
import { usedPeople } from "./records-store.ts";
import { kindOfStore } from "./store-kind.ts";

export const people = kindOfStore<PersonWish>({
  name: "people",
  jobType: "people_import",
  targets: PERSON_TARGETS,
  knownBy: ["email", "linkedin_url", "name", "first_name", "last_name", "external_id"],
  read: personFrom,
  save: savePeople,
  used: ({ db, caller }, ids) => usedPeople(db, caller.teamId, ids),
  facts: ({ db, caller }, ids) => personFacts(db, caller.teamId, ids),
  restore: ({ db, now, caller }, rows) => restorePeople(db, caller.teamId, rows, now),
  remove: ({ db, caller }, ids) => deletePeople(db, caller.teamId, ids),
});
