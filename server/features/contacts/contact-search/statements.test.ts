// How many statements a page of contacts costs. Each one costs the database and the server time before it reads a row.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plantContact } from "../../../testing/planted.ts";
import { listening } from "../../../testing/statements.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import type { ContactFilter } from "../contact-filters/store.ts";
import { readContacts } from "../contacts/reading-store.ts";
import { readFormula } from "../scoring/formula.ts";
import { searchContacts } from "./search.ts";
import { type ContactPaging, NEWEST } from "./store.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam("Counted");
  for (let n = 0; n < 30; n++)
    await plantContact(opened, team, { title: n % 2 ? "VP Sales" : null, email: `c${n}@x.example` });
});

const FIRST: ContactPaging = { order: NEWEST, isAscending: false, after: null, offset: 0, limit: 25 };

function asked(work: (db: Parameters<typeof readContacts>[0]) => Promise<unknown>) {
  const statements: string[] = [];
  return world.running.app.db.inTeam(team.id, async (db) => {
    await work(listening(db, statements));
    return statements;
  });
}

const search = (filter: ContactFilter, place: ContactPaging) =>
  asked((db) => searchContacts(db, team.id, filter, place));

const OPEN = { min: null, max: null };
const ANYBODY: ContactFilter = {
  words: [],
  address: null,
  nameWords: [],
  companyWords: [],
  titleWords: [],
  placeWords: [],
  industryWords: [],
  companySizes: null,
  stageIds: null,
  ownerIds: null,
  labelIds: null,
  accountIds: null,
  contactIds: null,
  emails: null,
  domains: null,
  profiles: null,
  sequenceIds: null,
  inSequences: null,
  emailStatuses: null,
  doNotContact: null,
  hasPhone: null,
  hasProfile: null,
  unsubscribed: null,
  created: OPEN,
  updated: OPEN,
  lastActivity: OPEN,
  score: OPEN,
  fields: null,
};

test("25 contacts with everything on them take five statements, and no pattern is compared in the database", async () => {
  const statements = await asked(async (db) => {
    const formula = await readFormula(db, team.id);
    const ids = (await db.rows<{ id: string }>("select id from contacts limit 25")).map(({ id }) => id);
    assert.equal((await readContacts(db, team.id, ids, null, formula)).length, 25);
  });
  const [, , ...ofPage] = statements;
  assert.equal(ofPage.length, 5, ofPage.join("\n"));
  assert.ok(!ofPage.some((sql) => sql.includes(" ~ ")));
});

test("the first page of all contacts is read by one statement, whose plan the database keeps", async () => {
  const all = await search(ANYBODY, { ...FIRST, limit: 50 });
  assert.equal(all.length, 1, all.join("\n"));
  assert.match(all[0] ?? "", / limit 51$/);
  const [page, ...counting] = await search(ANYBODY, FIRST);
  assert.match(page ?? "", / limit 26$/);
  assert.equal(counting.length, 3); // settings, count, settings
});

test("a page of a filtered search is planned for its values", async () => {
  const [first] = await search({ ...ANYBODY, ownerIds: [team.owner.id] }, FIRST);
  assert.match(first ?? "", /plan_cache_mode/);
});
