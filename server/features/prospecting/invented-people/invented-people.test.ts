import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { plantPeople } from "../../../testing/people.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

async function plant(team: Team, wanted: { people: number; organizations: number }) {
  const { id } = (await team.api.inventedPeople.plant(wanted)).entity_progress_job;
  return over(team, id);
}

async function over(team: Team, id: string) {
  for (;;) {
    const { entity_progress_job: job } = await team.api.progress.get({ id });
    if (job.finished_at) return assert.equal(job.status, "done", JSON.stringify(job));
    await sleep(50);
  }
}

const factsOf = (team: Team) =>
  asOwner(world, async (client) => {
    const { rows } = await client.query(
      `select external_id, first_name, last_name, title, email, organization_name, country, seniority
         from people where team_id = $1 order by external_id::int`,
      [team.id],
    );
    return rows;
  });

test("the same people are made up for everybody, and asking again adds only who is missing", async () => {
  const [one, other] = [await world.newTeam(), await world.newTeam()];
  await plant(one, { people: 3_000, organizations: 300 });
  await plant(other, { people: 100, organizations: 300 });
  assert.deepEqual(await factsOf(other), (await factsOf(one)).slice(0, 100));
  await plant(other, { people: 3_000, organizations: 300 });
  assert.deepEqual(await factsOf(other), await factsOf(one));
  assert.deepEqual((await other.api.inventedPeople.count()).invented, { people: 3_000, organizations: 300 });
});

test("none of them is a real person", async () => {
  const team = await world.newTeam();
  await plant(team, { people: 500, organizations: 50 });
  const { rows } = await asOwner(world, (client) =>
    client.query(
      `select bool_and(p.email is null or p.email like '%.example') as addresses, bool_and(p.organization_name like '%(invented)') as companies,
              bool_and(o.domain like '%.example') as domains, bool_and(p.id like '00000000%') as ids, bool_and(p.linkedin_url is null) as profiles,
              bool_and(p.phones = '[]' or p.phones ->> 0 like '%+120255501%') as numbers
         from people p join organizations o on o.team_id = p.team_id and o.id = p.organization_id where p.team_id = $1`,
      [team.id],
    ),
  );
  assert.deepEqual(rows, [
    { addresses: true, companies: true, domains: true, ids: true, profiles: true, numbers: true },
  ]);
});

test("they are found like other people, and are gone again after one call", async () => {
  const team = await world.newTeam();
  await plant(team, { people: 2_000, organizations: 200 });
  const found = await team.api.mixedPeople.search({
    person_titles: ["manager"],
    person_locations: ["Sweden", "United States"],
    organization_num_employees_ranges: ["51,500"],
  });
  assert.ok(found.total_entries > 10, String(found.total_entries));
  const { facets } = await team.api.mixedPeople.facets({});
  assert.ok(facets.person_seniorities.length > 8 && facets.organization_industry_tag_ids.length > 10);
  const jobs = await team.api.mixedCompanies.search({ organization_num_jobs_range: { min: 2 }, per_page: 1 });
  const company = jobs.organizations[0];
  assert.equal(
    (await team.api.organizations.jobPostings({ id: company?.id ?? "" })).organization_job_postings.length,
    company?.num_jobs,
  );
  const { removed, entity_progress_job: job } = await team.api.inventedPeople.remove();
  assert.deepEqual(removed, { people: 2_000, organizations: 200 });
  await over(team, job?.id ?? "");
  assert.equal((await team.api.mixedPeople.search({})).total_entries, 0);
});

/** Saves a person to the contacts, one call after the other, until the work is over. Answers how many calls ended before it. */
async function savedDuring(team: Team, id: string, personId: string) {
  for (let saved = 0; ; saved++) {
    const { entity_progress_job: job } = await team.api.progress.get({ id });
    if (job.finished_at) return saved;
    await team.api.prospecting.addToContacts({ person_ids: [personId] });
  }
}

test("people are saved while many are invented, and while they are removed", async () => {
  const team = await world.newTeam();
  const [person = ""] = await plantPeople(world, team, [{ externalId: "own", firstName: "Own" }]);
  const { entity_progress_job: planting } = await team.api.inventedPeople.plant({
    people: 6_000,
    organizations: 500,
  });
  assert.ok((await savedDuring(team, planting.id, person)) > 1, "while they are invented");
  const { entity_progress_job: removing } = await team.api.inventedPeople.remove();
  assert.ok((await savedDuring(team, removing?.id ?? "", person)) > 1, "while they are removed");
  assert.deepEqual((await team.api.inventedPeople.count()).invented, { people: 0, organizations: 0 });
  const few = { people: 100, organizations: 10 };
  await plant(team, few);
  assert.deepEqual(await team.api.inventedPeople.remove(), { removed: few, entity_progress_job: null });
});
