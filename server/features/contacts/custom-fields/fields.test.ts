import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { actFor } from "../../../engine/running/act-for.ts";
import { bothAtOnce } from "../../../testing/held-open.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { changeFields } from "./commands.ts";
import { fieldValuesOf, writeFieldValues } from "./store.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

async function newField(at: Team, label: string, more: Partial<Input<"customFields", "create">> = {}) {
  const input = { label, modality: "account" as const, type: "string" as const, ...more };
  const { typed_custom_fields } = await at.api.customFields.create(input);
  assert.ok(typed_custom_fields[0]);
  return typed_custom_fields[0];
}

type More = Partial<Input<"customFields", "create">>;

const newPicklist = (at: Team, label: string, more: More, ...names: string[]) =>
  newField(at, label, {
    ...more,
    type: "multipicklist",
    meta: { picklist_values: names.map((name) => ({ name })) },
  });

async function optionsOf(at: Team, id: string) {
  const { typed_custom_fields } = await at.api.typedCustomFields.list();
  return typed_custom_fields.find((field) => field.id === id)?.picklist_values.map(({ name }) => name);
}

test("a field is added, listed in both lists, renamed and deleted", async () => {
  const mine = await world.newTeam("Fields");
  const field = await newField(mine, "Tariff", { modality: "contact", meta: { max_length: 120 } });
  assert.match(field.id, /^[0-9a-f]{24}$/);
  assert.deepEqual([field.name, field.modality, field.text_field_max_length], ["Tariff", "contact", 120]);

  const id = `contact.${field.id}`;
  const changed = await mine.api.customFields.update({
    fields: [{ id, label: "Rate", meta: { max_length: null } }],
  });
  assert.deepEqual(
    [
      changed.fields[0]?.id,
      changed.fields[0]?.label,
      changed.fields[0]?.source,
      changed.fields[0]?.meta.max_length,
    ],
    [id, "Rate", "custom", null],
  );
  assert.deepEqual(
    (await mine.api.typedCustomFields.list()).typed_custom_fields.map(({ name }) => name),
    ["Rate"],
  );
  assert.equal((await mine.api.customFields.delete({ id })).typed_custom_field.id, field.id);
  assert.deepEqual((await mine.api.typedCustomFields.list()).typed_custom_fields, []);
  assert.equal((await refused(mine.api.customFields.delete({ id }))).code, "fields_not_found");
});

test("fields are listed by where they come from", async () => {
  const mine = await world.newTeam("Sources");
  await newField(mine, "Only one");
  const { fields } = await mine.api.customFields.list();
  const system = (await mine.api.customFields.list({ source: "system" })).fields;
  const custom = (await mine.api.customFields.list({ source: "custom" })).fields;
  assert.deepEqual(
    custom.map(({ label }) => label),
    ["Only one"],
  );
  assert.equal(fields.length, system.length + 1);
  assert.deepEqual((await mine.api.customFields.list({ source: "crm_synced" })).fields, []);
  const ids = new Set(system.map(({ id }) => id));
  for (const id of ["contact.email", "account.domain", "opportunity.amount", "contact.city"])
    assert.ok(ids.has(id), id);
  assert.ok(system.every(({ parent }) => parent === null || ids.has(parent)));
});

test("every type can be added, and a picklist has its choices", async () => {
  const mine = await world.newTeam("Types");
  for (const type of ["string", "textarea", "number", "date", "datetime", "boolean"] as const)
    assert.equal((await newField(mine, `A ${type}`, { type, meta: { max_length: 10 } })).type, type);
  const picklist = await newPicklist(mine, "Sizes", {}, "S", "M");
  assert.deepEqual(
    picklist.picklist_values.map(({ name }) => name),
    ["S", "M"],
  );
  const { typed_custom_fields } = await mine.api.typedCustomFields.list();
  const bounded = typed_custom_fields.filter((field) => field.text_field_max_length !== null);
  assert.deepEqual(
    bounded.map(({ type }) => type),
    ["string", "textarea"],
    "only text has a length",
  );
});

test("what is wrong is said in Apollo's words", async () => {
  const mine = await world.newTeam("Refusals");
  const field = await newField(mine, "First");
  await newField(mine, "Second");
  const list = await newPicklist(mine, "List", {}, "A");
  const { api } = mine;
  const create = (more: object) =>
    api.customFields.create({ label: "New", modality: "account", type: "string", ...more });
  const update = (id: string, more: object) => api.customFields.update({ fields: [{ id, ...more }] });
  const cases: [call: () => Promise<unknown>, status: number, sentence: string][] = [
    [() => create({ type: "picklist" }), 422, "Picklist fields must have at least one option"],
    [
      () => update(list.id, { meta: { picklist_values: [] } }),
      422,
      "Picklist fields must have at least one option",
    ],
    [() => update(field.id, { type: "number" }), 422, "Cannot change field type after creation"],
    [() => update("contact.city", { label: "Town" }), 422, "Child fields cannot be updated directly"],
    [() => update("contact.email", { label: "Mail" }), 422, "System fields cannot be changed"],
    [() => update("contact.64f0aa00000000000000beef", {}), 422, "Some fields could not be found"],
    [() => update("no such field", {}), 422, "Some fields could not be found"],
    [
      () => create({ label: "PowerUp_x" }),
      422,
      "Field name with prefix 'powerup_' is not allowed. Please use another name.",
    ],
    [
      () => update(field.id, { label: "powerup_x" }),
      422,
      "Field name with prefix 'powerup_' is not allowed. Please use another name.",
    ],
    [() => create({ mapped_crm_field: "Rate__c" }), 403, "CRM Mapping cannot be configured using API Call"],
    [
      () => update(list.id, { meta: { picklist_values: [{ name: "A", mapped_crm_id: "x" }] } }),
      403,
      "CRM Mapping cannot be configured using API Call",
    ],
    [() => create({ label: "FIRST" }), 422, "A field with the name FIRST already exists."],
    [() => update(field.id, { label: "second" }), 422, "A field with the name second already exists."],
    [
      () => update(list.id, { meta: { picklist_values: [{ id: field.id, name: "A" }] } }),
      422,
      "Some picklist options could not be found",
    ],
  ];
  for (const [attempt, status, sentence] of cases) {
    const refusal = await refused(attempt());
    assert.deepEqual([refusal.status, refusal.message], [status, sentence]);
  }
  assert.equal((await refused(update(field.id, { type: "number", label: "Half" }))).status, 422);
  const names = (await api.typedCustomFields.list()).typed_custom_fields.map(({ name }) => name);
  assert.deepEqual(names, ["First", "Second", "List"], "nothing of a refused call stays");
  assert.equal(
    (await newField(mine, "First", { modality: "contact" })).name,
    "First",
    "another kind, another field",
  );
});

test("choices are renamed, reordered, dropped and taken over, and records follow", async () => {
  const mine = await world.newTeam("Choices");
  const field = await newPicklist(mine, "Plants", {}, "Wind", "Water", "Coal", "Oil");
  const [wind, water, coal, oil] = field.picklist_values.map(({ id }) => id) as [
    string,
    string,
    string,
    string,
  ];
  const accounts = await asOwner(world, async (db) => {
    const { rows } = await db.query<{ id: string }>(
      `insert into accounts (team_id, id, source, original_source, created_at, updated_at)
       select $1, new_ident(), 'api', 'api', now(), now() from generate_series(1, 3) returning id`,
      [mine.id],
    );
    return rows.map(({ id }) => id);
  });
  const [first = "", second = "", third = ""] = accounts;
  const values = (optionIds: string[]) => [{ fieldId: field.id, optionIds }];
  await world.running.app.db.inTeam(mine.id, (db) =>
    writeFieldValues(db, mine.id, "account", [
      { id: first, values: values([coal, wind]) },
      { id: second, values: values([oil]) },
      { id: third, values: values([wind, coal, water]) },
    ]),
  );
  await mine.api.customFields.update({
    fields: [
      {
        id: `account.${field.id}`,
        meta: {
          picklist_values: [
            { id: water, name: "Hydro", reassign_from: [coal] },
            { name: "Sun" },
            { id: wind, name: "Wind" },
          ],
        },
      },
    ],
  });
  assert.deepEqual(await optionsOf(mine, field.id), ["Hydro", "Sun", "Wind"]);
  const after = await world.running.app.db.inTeam(mine.id, (db) =>
    fieldValuesOf(db, mine.id, "account", accounts),
  );
  assert.deepEqual(after.get(first), { [field.id]: [water, wind] });
  assert.equal(after.get(second), undefined, "a record whose only choice is gone has none");
  assert.deepEqual(after.get(third), { [field.id]: [wind, water] }, "nothing is chosen twice");
});

test("a contact is never left with a choice that is taken away while they are written", async () => {
  const mine = await world.newTeam("Choices at once");
  const field = await newPicklist(mine, "Plants", { modality: "contact" }, "Wind", "Coal");
  const [wind = "", coal = ""] = field.picklist_values.map(({ id }) => id);
  const { contact } = await mine.api.contacts.create({ first_name: "Ines" });
  const whose = { teamId: mine.id, userId: mine.owner.id, cause: "engine" };
  const kept = [{ id: wind, name: "Wind", reassignFrom: [coal] }];
  await bothAtOnce(
    world,
    (beforeCommit) =>
      actFor(world.running.app, whose, async (act) => {
        const blank = { name: undefined, type: undefined, textMaxLength: undefined };
        await changeFields(act, [{ ...blank, id: field.id, options: kept }]);
        await beforeCommit();
      }),
    () =>
      mine.api.contacts
        .update({ id: contact.id, typed_custom_fields: { [field.id]: [coal] } })
        .catch(() => {}),
  );
  const values = await world.running.app.db.inTeam(mine.id, (db) =>
    fieldValuesOf(db, mine.id, "contact", [contact.id]),
  );
  assert.equal(values.get(contact.id), undefined);
});

test("strangers see and change no field", async () => {
  const stranger = await world.newTeam("Field strangers");
  const field = await newField(team, "Private");
  assert.deepEqual((await stranger.api.customFields.list({ source: "custom" })).fields, []);
  const update = stranger.api.customFields.update({ fields: [{ id: field.id, label: "Theirs" }] });
  assert.equal((await refused(update)).message, "Some fields could not be found");
  assert.equal((await refused(stranger.api.customFields.delete({ id: field.id }))).code, "fields_not_found");
});

test("several fields at once change together or not at all", async () => {
  const mine = await world.newTeam("Together");
  const one = await newField(mine, "One");
  const two = await newField(mine, "Two");
  const names = async () =>
    (await mine.api.typedCustomFields.list()).typed_custom_fields.map(({ name }) => name);
  await refused(
    mine.api.customFields.update({
      fields: [
        { id: one.id, label: "Uno" },
        { id: two.id, type: "date" },
      ],
    }),
  );
  assert.deepEqual(await names(), ["One", "Two"]);
  await mine.api.customFields.update({
    fields: [
      { id: one.id, label: "Uno" },
      { id: two.id, label: "Due" },
    ],
  });
  assert.deepEqual(await names(), ["Uno", "Due"]);
});

test("fifty who add the same field at once add one", async () => {
  const mine = await world.newTeam("Field crowd");
  const answers = await Promise.all(
    Array.from({ length: 50 }, () =>
      call(`${world.url}/api/v1/fields`, {
        method: "POST",
        key: mine.key,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ label: "Rush", modality: "contact", type: "number" }),
      }),
    ),
  );
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200, 422]));
  assert.equal((await mine.api.typedCustomFields.list()).typed_custom_fields.length, 1);
});
