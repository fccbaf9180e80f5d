import assert from "node:assert/strict";
import { test } from "node:test";
import { contract } from "@cadenza/contract";
import { plantPeople } from "../../../testing/people.ts";
import { useWorld } from "../../../testing/world.ts";

const world = useWorld();

const FUNDING = {
  id: "f1",
  date: "2024-01-01",
  news_url: null,
  type: "Seed",
  investors: null,
  currency: "SEK",
};

/** A company of the people database, with a person who works there. */
async function withKraft() {
  const team = await world.newTeam();
  const organization = {
    name: "Norrland Kraft AB",
    domain: "kraft.example",
    industry: "utilities",
    keywords: ["hydro", "grid"],
    estimatedNumEmployees: 420,
    foundedYear: 1951,
    city: "Umeå",
    country: "Sweden",
    phone: "+46 90 555 01 00",
    totalFunding: 12_400_000,
    technologies: [{ uid: "sap", name: "SAP", category: "ERP" }],
    fundingEvents: [{ ...FUNDING, amount: 2_000_000 }],
    departmentalHeadCount: { sales: 12 },
  };
  await plantPeople(world, team, [{ externalId: "p1", firstName: "Ines", organization }]);
  const { organizations } = await team.api.mixedCompanies.search({});
  return { team, organization_id: organizations[0]?.id ?? "" };
}

test("an account tells what the store knows of its company, and what the team says of it holds", async () => {
  const { team, organization_id } = await withKraft();
  const { account } = await team.api.accounts.create({
    name: "Kraft",
    organization_id,
    industry: "energy",
    phone: "+46 90 555 99 99",
  });
  const shown = (await team.api.accounts.get({ id: account.id })).account;
  assert.deepEqual(
    [shown.name, shown.industry, shown.industries, shown.keywords, shown.founded_year],
    ["Kraft", "energy", ["energy", "utilities"], ["hydro", "grid"], 1951],
  );
  assert.deepEqual(
    [shown.total_funding_printed, shown.technology_names, shown.departmental_head_count],
    ["12.4M", ["SAP"], { sales: 12 }],
  );
  assert.deepEqual(
    [shown.funding_events[0]?.amount, shown.estimated_num_employees, shown.city, shown.organization_city],
    ["2M", 420, "Umeå", "Umeå"],
  );
  assert.deepEqual(
    [shown.phone, shown.primary_phone, shown.website_url],
    [
      "+46 90 555 99 99",
      { number: "+46 90 555 99 99", source: "Account", sanitized_number: "+46905559999" },
      "https://kraft.example",
    ],
  );
});

test("an account is known by its domain too, and its own address is not mixed with another", async () => {
  const { team, organization_id } = await withKraft();
  const { account } = await team.api.accounts.create({
    name: "Kraft",
    domain: "www.kraft.example",
    raw_address: "Oslo, Norway",
  });
  assert.equal(account.organization_id, organization_id);
  const shown = (await team.api.accounts.get({ id: account.id })).account;
  assert.deepEqual(
    [shown.organization_id, shown.keywords, shown.city, shown.country],
    [organization_id, ["hydro", "grid"], "Oslo", "Norway"],
  );
  assert.deepEqual(
    [shown.phone, "number" in shown.primary_phone && shown.primary_phone.number],
    [null, "+46 90 555 01 00"],
  );
});

test("an unknown company has every key and no value, and another team's company is not shown", async () => {
  const { organization_id } = await withKraft();
  const stranger = await world.newTeam();
  const { account } = await stranger.api.accounts.create({
    name: "Kraft",
    domain: "kraft.example",
    organization_id,
  });
  const shown = (await stranger.api.accounts.get({ id: account.id })).account;
  assert.deepEqual(
    [shown.keywords, shown.funding_events, shown.num_languages, shown.industry_tag_hash, shown.industry],
    [[], [], 0, {}, null],
  );
  assert.deepEqual(
    Object.keys(contract.accounts.get.output.shape.account.shape).filter((key) => !(key in shown)),
    [],
  );
});
