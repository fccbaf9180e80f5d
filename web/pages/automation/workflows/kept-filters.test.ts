import assert from "node:assert/strict";
import { test } from "node:test";
import type { FilterValues } from "../../../parts/filters/filter.ts";
import { searchOf as companySearchOf } from "../../contacts/companies/search.ts";
import { searchOf as contactSearchOf } from "../../contacts/contacts/search.ts";
import { searchOf as prospectSearchOf } from "../../contacts/prospects/filters.ts";
import { type Body, isEverybody, readBack, sayFilterName } from "./kept-filters.ts";
import type { Entity } from "./queries.ts";

const SEQUENCES = ["64f0aa0000000000000000b1", "64f0aa0000000000000000b2"];
const OWN = [{ id: "64f0aa0000000000000000c1" }, { id: "64f0aa0000000000000000c2" }];
const known = { sequenceIds: SEQUENCES, own: OWN } as unknown as Parameters<typeof contactSearchOf>[2];

const ASK: Record<Entity, (filter: FilterValues, q: string) => object> = {
  contact: (filter, q) => contactSearchOf(filter, q, known),
  person: prospectSearchOf,
  account: companySearchOf,
};
const asker = (entity: Entity) => (filter: FilterValues) =>
  ASK[entity](filter, typeof filter.q === "string" ? filter.q : "");

function again(entity: Entity, body: Body) {
  const ask = asker(entity);
  const { filter, rest } = readBack(entity, body, ask);
  return { said: JSON.parse(JSON.stringify({ ...rest, ...ask(filter) })) as Body, rest, filter };
}

const SPOKEN: [Entity, Body][] = [
  ["contact", { q_keywords: "boiler", q_title: "head", email_statuses: ["verified"], do_not_contact: false }],
  ["contact", { prospect_score_range: { min: 50, max: 80 } }],
  ["contact", { organization_num_employees_ranges: ["50,200"], q_industry: "steel" }],
  ["contact", { organization_num_employees_ranges: [",200"] }],
  ["account", { organization_num_employees_ranges: ["1000,"], q_industry: "steel" }],
  ["contact", { emailer_campaign_ids: [SEQUENCES[0]] }],
  ["contact", { contact_campaign_statuses_or_failure_reasons: SEQUENCES.map((id) => `${id}finished`) }],
  [
    "contact",
    {
      typed_custom_fields: [
        { id: OWN[0]?.id, values: ["a"] },
        { id: OWN[1]?.id, min: "3" },
      ],
    },
  ],
  [
    "person",
    { person_titles: ["vp sales", "ceo"], include_similar_titles: false, person_locations: ["Oslo, Norway"] },
  ],
  ["person", { prospected_by_current_team: ["no"], revenue_range: { min: 1000 } }],
  ["account", { q_organization_name: "kraft", q_organization_domains_list: ["a.example", "b.example"] }],
];

for (const [entity, body] of SPOKEN)
  test(`chips say ${Object.keys(body).join(", ")} of ${entity}s in the same words`, () => {
    const { said, rest } = again(entity, body);
    assert.deepEqual(said, body);
    assert.deepEqual(rest, {});
  });

test("days are whole days of the viewer, there and back", () => {
  const { said } = again("contact", {
    contact_created_at_range: { min: new Date("2026-03-01T00:00:00").toISOString() },
  });
  const { filter, rest } = again("contact", said);
  assert.deepEqual([filter.added, rest], [{ min: "2026-03-01" }, {}]);
});

test("what chips would say otherwise is kept as it is", () => {
  const body = {
    contact_created_at_range: { min: "2026-03-01T10:30:00.000Z" },
    label_names: ["Warm"],
    q_title: "head",
    contact_campaign_statuses_or_failure_reasons: [`${SEQUENCES[0]}finished`, `${SEQUENCES[1]}paused`],
  };
  const { said, rest, filter } = again("contact", body);
  assert.deepEqual(said, body);
  assert.deepEqual(Object.keys(rest).sort(), [
    "contact_campaign_statuses_or_failure_reasons",
    "contact_created_at_range",
    "label_names",
  ]);
  assert.deepEqual(filter, { title: "head" });
});

test("everybody is meant where nothing narrows", () => {
  assert.ok(isEverybody({}));
  assert.ok(isEverybody({ include_similar_titles: false, q_title: "", contact_stage_ids: [] }));
  assert.ok(!isEverybody({ do_not_contact: false }));
});

test("a filter is called as people would", () => {
  assert.deepEqual(
    ["q_title", "contact_stage_ids", "prospect_score_range", "label_names"].map(sayFilterName),
    ["Title", "Stage", "Prospect score", "Label names"],
  );
});
