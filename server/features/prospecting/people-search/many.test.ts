// More people than pages reach: the total stops at 50,000, and cursors go on to the end.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const MANY = 50_230;

let team: Team;
useWorld({}, async (opened) => {
  team = await opened.newTeam();
  await asOwner(opened, async (client) => {
    await client.query(
      `insert into people (team_id, id, source, first_name, title, seniority, created_at, updated_at, last_refreshed_at)
       select $1::text, lpad(to_hex(n), 24, '0'), 'file', 'P' || n, case when n % 4 = 0 then 'Buyer' else 'Welder' end, 'entry', now(), now(), now()
         from generate_series(1, $2::int) as n`,
      [team.id, MANY],
    );
    await client.query("vacuum analyze people");
  });
});

const idOf = (n: number) => n.toString(16).padStart(24, "0");
const search = (input: Input<"mixedPeople", "search"> = {}) => team.api.mixedPeople.search(input);

test("the newest come first, page by page, up to the last page there is", async () => {
  const first = await search({ per_page: 100 });
  assert.deepEqual(
    [first.total_entries, first.people[0]?.id, first.people.length],
    [50_000, idOf(MANY), 100],
  );
  const last = await search({ per_page: 100, page: 500 });
  assert.deepEqual([last.people[0]?.id, last.people.at(-1)?.id], [idOf(MANY - 49_900), idOf(MANY - 49_999)]);
  assert.equal((await refused(search({ per_page: 100, page: 501 }))).code, "page_over_threshold");
  const whole = await team.api.mixedPeople.searchWhole({ per_page: 1 });
  assert.deepEqual([whole.partial_results_only, whole.pagination.total_entries], [true, 50_000]);
});

test("a cursor goes on where the pages end, and ends where the people do", async () => {
  let cursor = (await search({ per_page: 100, page: 500 })).next_cursor;
  const beyond: string[] = [];
  while (cursor !== null) {
    const answer: Awaited<ReturnType<typeof search>> = await search({ per_page: 100, cursor });
    beyond.push(...answer.people.map(({ id }) => id));
    cursor = answer.next_cursor;
  }
  assert.deepEqual(
    beyond,
    Array.from({ length: MANY - 50_000 }, (_, n) => idOf(MANY - 50_000 - n)),
  );
});

test("a filter that fits a quarter is counted to the end, the same when it is asked again", async () => {
  const asked = { person_titles: ["buyer"], per_page: 100 };
  const pages = [await search(asked), await search(asked)];
  assert.deepEqual(pages[0], pages[1]);
  assert.equal(pages[0]?.total_entries, Math.floor(MANY / 4));
  const last = Math.ceil(Math.floor(MANY / 4) / 100);
  const end = await search({ ...asked, page: last });
  assert.deepEqual(
    [end.people.length, end.people.at(-1)?.id, end.next_cursor],
    [Math.floor(MANY / 4) % 100, idOf(4), null],
  );
  assert.deepEqual((await search({ ...asked, page: last + 1 })).people, []);
});

test("facets of more than 50,000 say that they are not all", async () => {
  const { facets, total_entries, partial_results_only } = await team.api.mixedPeople.facets({});
  assert.deepEqual([total_entries, partial_results_only], [50_000, true]);
  assert.equal(facets.person_seniorities[0]?.value, "entry");
});

test("five thousand of them are saved at once, and no more", async () => {
  const answer = await team.api.prospecting.addToContacts({ person_filter: {} }, { dryRun: true });
  assert.deepEqual([answer.partial_results_only, answer.counts.created], [true, 5_000]);
  assert.equal(answer.contacts[0]?.person_id, idOf(MANY));
});
