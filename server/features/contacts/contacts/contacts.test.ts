import assert from "node:assert/strict";
import { test } from "node:test";
import { unchecked } from "../../../testing/unchecked.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const NEVER = "64f0aa0000000000000000ff";
let team: Team;
let stage: string;
let otherStage: string;
let unique = 0;

const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  [stage, otherStage] = (await stagesOf(team)) as [string, string];
});

/** What the team's first two stages are called by; made here where a team begins without. */
async function stagesOf({ id }: Team) {
  return asOwner(world, async (client) => {
    const known = await client.query("select id from contact_stages where team_id = $1 order by position", [
      id,
    ]);
    if (known.rows.length > 1) return known.rows.map((row) => row.id as string);
    const made = await client.query(
      `insert into contact_stages (team_id, id, name, position) select $1, new_ident(), name, n
         from unnest(array['New', 'Approaching']) with ordinality as s (name, n) returning id`,
      [id],
    );
    return made.rows.map((row) => row.id as string);
  });
}

async function newAccount(at: Team, values: { name?: string; domain?: string; organization_id?: string }) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query(
      `insert into accounts (team_id, id, name, domain, organization_id, source, original_source, created_at, updated_at)
       values ($1, new_ident(), $2, $3, $4, 'api', 'api', now(), now()) returning id`,
      [at.id, values.name ?? null, values.domain ?? null, values.organization_id ?? null],
    );
    return rows[0].id as string;
  });
}

async function newField(at: Team, name: string, type: string, options: string[] = []) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query(
      `with f as (insert into custom_fields (team_id, id, modality, name, type, created_at, updated_at)
                  values ($1, new_ident(), 'contact', $2, $3, now(), now()) returning team_id, id),
            o as (insert into custom_field_options (team_id, id, field_id, name, position)
                  select f.team_id, new_ident(), f.id, name, n from f, unnest($4::text[]) with ordinality as u (name, n) returning id)
       select f.id, array (select id::text from o) as options from f`,
      [at.id, name, type, options],
    );
    return rows[0] as { id: string; options: string[] };
  });
}

async function changed(input: Parameters<Team["api"]["contacts"]["bulkUpdate"]>[0], at = team) {
  const answer = await at.api.contacts.bulkUpdate(input);
  assert.ok("contacts" in answer);
  return answer;
}

const address = () => `person${++unique}@norrland-${unique}.example`;

test("a contact made with everything prints everything", async () => {
  const mine = await world.newTeam("Everything");
  const [first] = await stagesOf(mine);
  const accountId = await newAccount(mine, {
    name: "Norrland Kraft",
    domain: "norrland.example",
    organization_id: NEVER,
  });
  const field = await newField(mine, "Plant", "string");
  const choice = await newField(mine, "Color", "picklist", ["Red", "Blue"]);
  const { contact, labels } = await mine.api.contacts.create({
    first_name: "Ines",
    last_name: "Okafor",
    email: "ines.okafor@norrland.example",
    contact_emails: [{ email: "ines@home.example", position: 1 }],
    title: "Plant Manager",
    present_raw_address: "Umea, Sweden",
    direct_phone: "090 555 01 01",
    mobile_phone: "+46705550101",
    linkedin_url: "https://linkedin.example/ines",
    label_names: ["Q3 plants", " q3 PLANTS "],
    typed_custom_fields: { [field.id]: "B2", [choice.id]: "blue", nothing: "x" },
    job_change_event: { organization_name: "Old Kraft", detected_at: "2026-02-01" },
  });
  assert.equal(contact.name, "Ines Okafor");
  assert.deepEqual(
    [contact.city, contact.country, contact.time_zone],
    ["Umea", "Sweden", "Europe/Stockholm"],
  );
  assert.deepEqual(
    [contact.email_status, contact.email_true_status, contact.free_domain],
    ["verified", "User Managed", false],
  );
  assert.equal(contact.account_id, accountId, "the account is found by the domain of the address");
  assert.deepEqual([contact.organization_name, contact.organization_id], ["Norrland Kraft", NEVER]);
  assert.deepEqual(
    [contact.owner_id, contact.creator_id, contact.contact_stage_id],
    [mine.owner.id, mine.owner.id, first],
  );
  assert.equal(contact.sanitized_phone, "+46905550101");
  assert.deepEqual(
    contact.phone_numbers.map((phone) => [phone.type, phone.sanitized_number, phone.position]),
    [
      ["work_direct", "+46905550101", 0],
      ["mobile", "+46705550101", 1],
    ],
  );
  assert.deepEqual(
    contact.contact_emails.map((one) => [
      one.email,
      one.position,
      one.email_md5.length,
      one.email_sha256.length,
    ]),
    [
      ["ines.okafor@norrland.example", 0, 32, 64],
      ["ines@home.example", 1, 32, 64],
    ],
  );
  assert.deepEqual(contact.typed_custom_fields, { [field.id]: "B2", [choice.id]: choice.options[1] });
  assert.deepEqual(contact.custom_field_errors, { nothing: "This custom field does not exist" });
  assert.deepEqual(
    labels.map((label) => label.name),
    ["Q3 plants"],
  );
  assert.deepEqual(
    contact.label_ids,
    labels.map((label) => label.id),
  );
  assert.deepEqual(contact.contact_job_change_event, {
    organization_name: "Old Kraft",
    title: null,
    detected_at: "2026-02-01T00:00:00.000Z",
  });
  assert.equal(
    contact.prospect_score,
    contact.prospect_score_parts.reduce((sum, part) => sum + part.points, 0),
  );
  assert.deepEqual([contact.source, contact.source_display_name], ["api", "Created from API"]);
  assert.deepEqual(await mine.api.contacts.get({ id: contact.id }), {
    contact: { ...contact, custom_field_errors: {} },
    labels,
  });
});

test("an empty contact is a contact, and a bad address is ignored", async () => {
  const { contact } = await team.api.contacts.create({ email: "not an address" });
  assert.deepEqual(
    [contact.name, contact.email, contact.email_status, contact.updated_email_true_status],
    [null, null, null, false],
  );
  assert.equal((await team.api.contacts.create({ name: "Anna Lisa Berg" })).contact.first_name, "Anna Lisa");
});

test("references that are not the team's are refused, and nothing is made", async () => {
  const theirs = await world.newTeam("Theirs");
  const [theirStage] = await stagesOf(theirs);
  const theirAccount = await newAccount(theirs, { name: "X" });
  const cases = {
    contact_stage_id: theirStage as string,
    account_id: theirAccount,
    owner_id: theirs.owner.id,
  };
  const before = (await team.api.contacts.search()).pagination.total_entries;
  for (const [key, value] of Object.entries(cases)) {
    const refusal = await refused(team.api.contacts.create({ first_name: "X", [key]: value }));
    assert.deepEqual(
      [refusal.status, refusal.message],
      [
        422,
        `There is no ${key === "owner_id" ? "user" : key.replace("_id", "").replace("_", " ")} ${value}.`,
      ],
    );
  }
  const refusal = await refused(team.api.contacts.create({ owner_id: "nobody" }));
  assert.equal(refusal.message, "Parameters misconfigured. nobody is not a valid ID");
  assert.equal((await team.api.contacts.search()).pagination.total_entries, before);
});

test("a change keeps what is not sent, clears what is empty, and replaces the lists", async () => {
  const { contact } = await team.api.contacts.create({
    first_name: "Ole",
    title: "Buyer",
    email: address(),
    mobile_phone: "+46705550102",
    label_names: ["One", "Two"],
  });
  const changed = await team.api.contacts.update({
    id: contact.id,
    title: "",
    last_name: "Dahl",
    label_names: ["Three"],
    home_phone: "+46905550103",
  });
  assert.deepEqual(
    [changed.contact.first_name, changed.contact.last_name, changed.contact.title],
    ["Ole", "Dahl", null],
  );
  assert.deepEqual(
    changed.labels.map((label) => label.name),
    ["Three"],
  );
  assert.deepEqual(
    changed.contact.phone_numbers.map((phone) => phone.type),
    ["mobile", "home"],
  );
  assert.equal(changed.contact.email, contact.email);
  const cleared = await team.api.contacts.update({
    id: contact.id,
    email: null,
    mobile_phone: "",
    label_names: [],
  });
  assert.deepEqual([cleared.contact.email, cleared.contact.email_status, cleared.labels], [null, null, []]);
  assert.deepEqual(
    cleared.contact.phone_numbers.map((phone) => phone.type),
    ["home"],
  );
});

test("a new first address starts afresh; the same one keeps what is known of it", async () => {
  const email = address();
  const { contact } = await team.api.contacts.create({ email, email_status: "unverified" });
  assert.deepEqual([contact.email_status, contact.email_true_status], ["unverified", "User Managed"]);
  const same = await team.api.contacts.update({ id: contact.id, email: email.toUpperCase() });
  assert.equal(same.contact.email_status, "unverified");
  const other = await team.api.contacts.update({ id: contact.id, email: address() });
  assert.equal(other.contact.email_status, "verified");
});

test("consent is kept, dated and told", async () => {
  const { contact } = await team.api.contacts.create({ first_name: "Ada", email: address() });
  const out = await team.api.contacts.update({
    id: contact.id,
    email_unsubscribed: true,
    do_not_contact: true,
  });
  assert.deepEqual(
    [out.contact.email_unsubscribed, out.contact.do_not_contact, out.contact.prospect_score],
    [true, true, 0],
  );
  const told = await team.api.auditLog.list({ subject_id: contact.id });
  assert.deepEqual(told.audit_log.map((entry) => entry.type).sort(), [
    "contact.created",
    "contact.unsubscribed",
    "contact.updated",
  ]);
  const back = await team.api.contacts.update({
    id: contact.id,
    email_unsubscribed: false,
    do_not_contact: false,
  });
  assert.deepEqual([back.contact.email_unsubscribed, back.contact.do_not_contact], [null, false]);
});

test("a change that changes nothing is not told", async () => {
  const { contact } = await team.api.contacts.create({ first_name: "Ada", email: address() });
  const same = await team.api.contacts.update({ id: contact.id, first_name: " Ada " });
  assert.equal(same.contact.updated_at, contact.updated_at);
  assert.equal((await team.api.auditLog.list({ subject_id: contact.id })).audit_log.length, 1);
});

const DEDUPE: [string, string, (known: Known) => object, boolean][] = [
  ["its id", "id_match", (known) => ({ id: known.id }), true],
  ["a Salesforce lead", "crm_id_match", (known) => ({ salesforce_lead_id: known.lead }), true],
  ["a HubSpot id", "crm_id_match", (known) => ({ hubspot_vid: known.hubspot }), true],
  ["a person", "person_id_match", (known) => ({ person_id: known.person }), true],
  [
    "the first address, however written",
    "email_match",
    (known) => ({ email: known.email.toUpperCase() }),
    true,
  ],
  ["a further address", "email_match", (known) => ({ email: known.extra }), true],
  [
    "name and company",
    "name_and_company_match",
    () => ({ first_name: "ines", last_name: "OKAFOR", organization_name: "norrland kraft" }),
    true,
  ],
  [
    "full name and the company's domain",
    "name_and_company_match",
    (known) => ({ name: "Ines  Okafor", email: `x@${known.email.split("@")[1]}` }),
    true,
  ],
  ["a name alone", "", () => ({ name: "Ines Okafor" }), false],
  ["a name at another company", "", () => ({ name: "Ines Okafor", organization_name: "Sydkraft" }), false],
  ["another address", "", () => ({ email: address() }), false],
];

type Known = { id: string; email: string; extra: string; person: string; lead: string; hubspot: string };

for (const [how, reason, wishFrom, isFound] of DEDUPE) {
  test(`run_dedupe ${isFound ? "finds" : "does not find"} a contact by ${how}`, async () => {
    const mine = await world.newTeam("Dedupe");
    const email = "ines.okafor@norrland.example";
    const person = "64f0aa0000000000000000a1";
    const { contact } = await mine.api.contacts.create({
      first_name: "Ines",
      last_name: "Okafor",
      title: "Buyer",
      organization_name: "Norrland Kraft",
      email,
      contact_emails: [email, "ines@home.example"],
      person_id: person,
      salesforce_lead_id: "L1",
      hubspot_vid: "H1",
      label_names: ["Old"],
    });
    const wish = wishFrom({
      id: contact.id,
      email,
      extra: "ines@home.example",
      person,
      lead: "L1",
      hubspot: "H1",
    });
    const again = await mine.api.contacts.create({
      ...wish,
      title: "Director",
      label_names: ["New"],
      run_dedupe: true,
    });
    assert.deepEqual(again.dedupe_result, {
      found_existing: isFound,
      match_reason: isFound ? reason : null,
      existing_contact_id: isFound ? contact.id : null,
    });
    assert.equal(again.contact.id === contact.id, isFound);
    assert.equal(again.contact.title, "Director");
    if (isFound) {
      assert.equal(again.contact.hubspot_vid, "H1", "what is not sent stays");
      assert.deepEqual(
        again.labels.map((label) => label.name),
        ["New", "Old"],
      );
    }
    assert.equal((await mine.api.contacts.search()).pagination.total_entries, isFound ? 1 : 2);
  });
}

test("the first clue that finds a contact wins, and write-once ids stay", async () => {
  const mine = await world.newTeam("Order");
  const lead = await mine.api.contacts.create({ salesforce_lead_id: "L9", email: "a@b.example" });
  const other = await mine.api.contacts.create({ email: "c@d.example" });
  const hit = await mine.api.contacts.create({
    email: "c@d.example",
    salesforce_lead_id: "L9",
    run_dedupe: true,
  });
  assert.equal(hit.contact.id, lead.contact.id);
  const kept = await mine.api.contacts.create({
    email: "c@d.example",
    salesforce_lead_id: "L10",
    run_dedupe: true,
  });
  assert.equal(kept.contact.id, lead.contact.id, "it has that address now, and is the older one");
  assert.equal(kept.contact.salesforce_lead_id, "L9");
  assert.notEqual(other.contact.id, lead.contact.id);
});

test("two at once by the same address are one contact", async () => {
  const mine = await world.newTeam("Race");
  const made = await Promise.all(
    Array.from({ length: 6 }, () =>
      mine.api.contacts.create({ email: "one@race.example", run_dedupe: true }),
    ),
  );
  assert.equal(new Set(made.map(({ contact }) => contact.id)).size, 1);
});

test("without run_dedupe every call makes a contact", async () => {
  const email = address();
  const first = await team.api.contacts.create({ email });
  const second = await team.api.contacts.create({ email });
  assert.notEqual(first.contact.id, second.contact.id);
  assert.equal(first.dedupe_result, undefined);
});

test("a hundred are made at once, in order, on the lists they share", async () => {
  const mine = await world.newTeam("Bulk");
  const contacts = Array.from({ length: 100 }, (_, i) => ({
    first_name: `N${i}`,
    email: `n${i}@bulk.example`,
  }));
  const { created_contacts } = await mine.api.contacts.bulkCreate({ contacts, append_label_names: ["All"] });
  assert.deepEqual(
    created_contacts.map((one) => one.first_name),
    contacts.map((one) => one.first_name),
  );
  assert.match(created_contacts[0]?.created_at ?? "", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.equal((await mine.api.labels.list())[0]?.cached_count, 100);

  const rows = [
    { email: "N3@bulk.example", title: "Changed" },
    { email: "new@bulk.example", primary_title: "Wins", title: "Loses" },
    { email: "NEW@bulk.example" },
  ];
  const again = await mine.api.contacts.bulkCreate({ contacts: rows, run_dedupe: true });
  assert.deepEqual(
    again.created_contacts.map((one) => one.title),
    ["Wins"],
  );
  assert.deepEqual(
    again.existing_contacts.map((one) => one.email),
    ["n3@bulk.example", "new@bulk.example"],
  );
  assert.equal(again.existing_contacts[0]?.title, null, "who is there is left alone");
});

test("a bulk call is refused whole", async () => {
  const mine = await world.newTeam("Whole");
  const cases: [object, string][] = [
    [{}, 'Please provide an array of contact attributes in the "contact_attributes" parameter.'],
    [
      { contacts: [] },
      'Please provide an array of contact attributes in the "contact_attributes" parameter.',
    ],
    [
      { contacts: Array.from({ length: 101 }, () => ({})) },
      "Please limit your array to 100 contacts or fewer.",
    ],
    [{ contacts: [{ first_name: "A" }, { owner_id: NEVER }] }, `There is no user ${NEVER}.`],
  ];
  for (const [input, sentence] of cases) {
    const refusal = await refused(mine.api.contacts.bulkCreate(input));
    assert.deepEqual([refusal.status, refusal.message], [422, sentence]);
  }
  assert.equal((await mine.api.contacts.search()).pagination.total_entries, 0);
});

test("n8n's names are understood: contacts_with_labels, contacts, contact_stage_name", async () => {
  const send = (path: string, body: object) =>
    call(`${world.url}/api/v1${path}`, {
      method: "POST",
      key: team.key,
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
  const made = (await send("/contacts/bulk_create", {
    contacts_with_labels: [{ first_name: "N8n", label_names: ["Flow"] }],
  })) as unknown as {
    body: { created_contacts: { id: string }[] };
  };
  const id = made.body.created_contacts[0]?.id ?? "";
  await send("/contacts/bulk_update", { contacts: [{ id, title: "Via n8n" }] });
  await send("/contacts/update_stages", { contact_ids: [id], contact_stage_name: otherStage });
  const { contact, labels } = await team.api.contacts.get({ id });
  assert.deepEqual(
    [contact.title, contact.contact_stage_id, labels[0]?.name],
    ["Via n8n", otherStage, "Flow"],
  );
});

test("many are changed alike or each in its own way, all or none", async () => {
  const made = await Promise.all(
    [1, 2, 3].map(() => team.api.contacts.create({ first_name: "Before", email: address() })),
  );
  const ids = made.map(({ contact }) => contact.id) as [string, string, string];
  const alike = await changed({ contact_ids: [...ids, NEVER], title: "Alike" });
  assert.deepEqual(
    alike.contacts.map((one) => [one.id, one.title]),
    ids.map((id) => [id, "Alike"]),
  );
  const each = await changed({
    contact_attributes: [
      { id: ids[0], title: "First" },
      { id: ids[1], title: "Second" },
    ],
    visible_entity_ids: [ids[1]],
  });
  assert.deepEqual(
    each.contacts.map((one) => one.title),
    ["Second"],
  );
  const objectForm = await changed({
    contact_ids: [ids[2]],
    contact_attributes: { title: "Object" },
  });
  assert.equal(objectForm.contacts[0]?.title, "Object");

  const refusal = await refused(
    team.api.contacts.bulkUpdate({
      contact_attributes: [
        { id: ids[0], title: "Lost" },
        { id: ids[1], email: "no" },
      ],
    }),
  );
  assert.deepEqual(refusal.body, {
    error: "Validation failed",
    code: "contact_validation_failed",
    error_details: { contact_id: ids[1], field: "email", message: "Invalid email format" },
  });
  assert.equal((await team.api.contacts.get({ id: ids[0] })).contact.title, "First");
  assert.equal(
    (await refused(team.api.contacts.bulkUpdate({}))).message,
    "Please provide either contact_ids or contact_attributes",
  );
  const many = Array.from({ length: 1001 }, () => NEVER);
  assert.equal(
    (await refused(team.api.contacts.bulkUpdate({ contact_ids: many }))).message,
    "Please limit your array to fewer than 1000.",
  );
});

test("stages and owners are changed for many, and told once each", async () => {
  const made = await Promise.all([1, 2].map(() => team.api.contacts.create({ first_name: "Mover" })));
  const ids = made.map(({ contact }) => contact.id);
  const { user } = await team.api.users.invite({ email: `seller${++unique}@example.no` });
  const moved = await team.api.contacts.updateStages({ contact_ids: ids, contact_stage_id: otherStage });
  assert.deepEqual(
    moved.contacts.map((one) => one.contact_stage_id),
    [otherStage, otherStage],
  );
  const byName = await team.api.contacts.updateStages({ contact_ids: ids, contact_stage_name: "new" });
  assert.equal(byName.contacts[0]?.contact_stage_id, stage);
  const given = await team.api.contacts.updateOwners({ contact_ids: [...ids, NEVER], owner_id: user.id });
  assert.deepEqual(
    given.contacts,
    ids.map((id) => ({ id, owner_id: user.id, crm_owner_id: null })),
  );
  const types = (await team.api.auditLog.list({ subject_id: ids[0] as string })).audit_log.map(
    (entry) => entry.type,
  );
  assert.deepEqual(types, [
    "contact.updated",
    "contact.stage_changed",
    "contact.stage_changed",
    "contact.created",
  ]);
  const missing = [
    [
      () => team.api.contacts.updateOwners(unchecked({ owner_id: user.id })),
      "Required parameter 'contact_ids' missing",
    ],
    [
      () => team.api.contacts.updateOwners(unchecked({ contact_ids: ids })),
      "Required parameter 'owner_id' missing",
    ],
    [
      () => team.api.contacts.updateStages({ contact_ids: ids }),
      "Required parameter 'contact_stage_id' missing",
    ],
    [
      () => team.api.contacts.updateStages({ contact_ids: ids, contact_stage_id: NEVER }),
      `There is no contact stage ${NEVER}.`,
    ],
    [
      () => team.api.contacts.updateOwners({ contact_ids: ids, owner_id: NEVER }),
      `There is no user ${NEVER}.`,
    ],
  ] as const;
  for (const [ask, sentence] of missing) assert.equal((await refused(ask())).message, sentence);
});

test("a deleted contact says so afterwards, and what hung on it is gone", async () => {
  const { contact } = await team.api.contacts.create({
    first_name: "Gone",
    email: address(),
    contact_emails: [address()],
    label_names: ["Graves"],
    mobile_phone: "+46705550104",
  });
  assert.deepEqual((await team.api.contacts.delete({ id: contact.id })).contact, {
    id: contact.id,
    deleted: true,
  });
  assert.equal(
    (await refused(team.api.contacts.get({ id: contact.id }))).message,
    "This contact has been deleted.",
  );
  assert.equal(
    (await refused(team.api.contacts.delete({ id: contact.id }))).message,
    "This contact has been deleted.",
  );
  const refusal = await refused(team.api.contacts.update({ id: contact.id, title: "x" }));
  assert.deepEqual(refusal.body, {
    error: "Cannot update contact as it is deleted.",
    code: "contact_deleted_cannot_update",
    deleted_contact_ids: [contact.id],
  });
  for (const table of ["contact_emails", "contact_phones", "contact_labels"])
    await asOwner(world, async (client) => {
      const { rows } = await client.query(`select count(*)::int as n from ${table} where contact_id = $1`, [
        contact.id,
      ]);
      assert.equal(rows[0].n, 0, table);
    });
  const [one, two] = await Promise.all([1, 2].map(() => team.api.contacts.create({})));
  const ids = [one?.contact.id as string, two?.contact.id as string].sort();
  assert.deepEqual(
    (await team.api.contacts.bulkDelete({ contact_ids: [...ids, contact.id, NEVER] })).deleted_contact_ids,
    ids,
  );
});

test("strangers meet a contact that does not exist", async () => {
  const theirs = await world.newTeam("Strangers");
  const { contact } = await team.api.contacts.create({ first_name: "Mine" });
  const sentence = "Oops! This contact does not exist in Apollo.";
  for (const id of [contact.id, NEVER]) {
    assert.equal((await refused(theirs.api.contacts.get({ id }))).message, sentence);
    assert.equal((await refused(theirs.api.contacts.update({ id, title: "x" }))).message, sentence);
    assert.equal((await refused(theirs.api.contacts.delete({ id }))).message, sentence);
    assert.deepEqual((await changed({ contact_ids: [id], title: "x" }, theirs)).contacts, []);
    assert.deepEqual((await theirs.api.contacts.bulkDelete({ contact_ids: [id] })).deleted_contact_ids, []);
    assert.deepEqual(
      (await theirs.api.contacts.updateOwners({ contact_ids: [id], owner_id: theirs.owner.id })).contacts,
      [],
    );
    assert.equal(
      (await refused(theirs.api.contacts.merge({ winner_id: id, loser_ids: [contact.id] }))).status,
      422,
    );
  }
  assert.equal((await team.api.contacts.get({ id: contact.id })).contact.title, null);
});

test("merging keeps the winner, fills its gaps and moves what hung on the losers", async () => {
  const mine = await world.newTeam("Merge");
  const winner = await mine.api.contacts.create({
    first_name: "Ines",
    email: "ines@a.example",
    label_names: ["A"],
  });
  const loser = await mine.api.contacts.create({
    first_name: "I.",
    last_name: "Okafor",
    email: "ines@b.example",
    contact_emails: ["ines@b.example", "INES@a.example", "ines@c.example"],
    mobile_phone: "+46705550105",
    hubspot_vid: "H7",
    do_not_contact: true,
    label_names: ["A", "B"],
  });
  const { contact, labels } = await mine.api.contacts.merge({
    winner_id: winner.contact.id,
    loser_ids: [loser.contact.id],
  });
  assert.deepEqual(
    [contact.id, contact.first_name, contact.last_name],
    [winner.contact.id, "Ines", "Okafor"],
  );
  assert.deepEqual(
    contact.contact_emails.map((one) => one.email),
    ["ines@a.example", "ines@b.example", "ines@c.example"],
  );
  assert.equal(contact.phone_numbers.length, 1);
  assert.deepEqual(
    labels.map((label) => label.name),
    ["A", "B"],
  );
  assert.equal(contact.do_not_contact, true, "a bar is never lost");
  assert.equal(
    (await refused(mine.api.contacts.get({ id: loser.contact.id }))).message,
    "This contact has been deleted.",
  );
  const again = await mine.api.contacts.create({ email: "ines@c.example", run_dedupe: true });
  assert.equal(again.contact.id, contact.id);
  const told = (await mine.api.auditLog.list({ subject_id: contact.id })).audit_log.filter(
    (entry) => entry.type === "contact.merged",
  );
  assert.deepEqual(
    told.map((entry) => entry.data.loser_ids),
    [[loser.contact.id]],
  );
  assert.equal(
    (await refused(mine.api.contacts.merge({ winner_id: contact.id, loser_ids: [contact.id] }))).code,
    "contact_merge_with_itself",
  );
});

test("a dry run of a bulk call shows which contacts it would create, and creates none", async () => {
  const mine = await world.newTeam("Dry");
  const tried = await mine.api.contacts.bulkCreate({ contacts: [{ first_name: "Dry" }] }, { dryRun: true });
  assert.equal(tried.created_contacts[0]?.first_name, "Dry");
  assert.equal((await mine.api.contacts.search()).pagination.total_entries, 0);
});

for (const [why, count, isAsync] of [
  ["more than a hundred", 101, false],
  ["one, where the caller asks for it", 1, true],
] as const) {
  test(`a change of ${why} is put off, and done by the engine`, async () => {
    const mine = await world.newTeam("Later");
    const rows = Array.from({ length: count }, (_, i) => ({ first_name: `N${i}` }));
    const ids: string[] = [];
    for (let i = 0; i < rows.length; i += 100) {
      const { created_contacts } = await mine.api.contacts.bulkCreate({ contacts: rows.slice(i, i + 100) });
      ids.push(...created_contacts.map(({ id }) => id));
    }
    const answer = await mine.api.contacts.bulkUpdate({
      contact_ids: [...ids, NEVER],
      title: "Later",
      async: isAsync,
    });
    assert.ok("entity_progress_job" in answer);
    const { id, job_type } = answer.entity_progress_job;
    assert.equal(job_type, "contact_bulk_update");
    for (;;) {
      const { entity_progress_job: job } = await mine.api.progress.get({ id });
      if (job.finished_at === null) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        continue;
      }
      assert.deepEqual([job.status, job.counts], ["done", { updated: count, skipped: 1 }]);
      break;
    }
    const { contacts } = await mine.api.contacts.search({ q_keywords: "later", per_page: 1 });
    assert.equal(contacts[0]?.title, "Later");
    assert.equal((await mine.api.contacts.search({ q_keywords: "later" })).pagination.total_entries, count);
  });
}

test("what is put off is refused at once where it cannot be done", async () => {
  const refusal = await refused(
    team.api.contacts.bulkUpdate({ contact_ids: [NEVER], owner_id: NEVER, async: true }),
  );
  assert.equal(refusal.code, "contact_reference_unknown");
});

test("enrollments, tasks, notes and mails of the losers come to the winner; in one sequence the winner's own stays", async () => {
  const mine = await world.newTeam("Moves");
  const [winner, loser] = await Promise.all([
    mine.api.contacts.create({ name: "W" }),
    mine.api.contacts.create({ name: "L" }),
  ]);
  const ids = [winner.contact.id, loser.contact.id] as const;
  const [both, only] = await asOwner(world, async (client) => {
    const made = await client.query(
      `insert into sequences (team_id, id, name, owner_id, created_at, updated_at)
       select $1, new_ident(), name, $2, now(), now() from unnest(array['Both', 'Only']) as s (name) returning id`,
      [mine.id, mine.owner.id],
    );
    const sequences = made.rows.map((row) => row.id as string);
    for (const [sequence, contact, state] of [
      [sequences[0], ids[0], "finished"],
      [sequences[0], ids[1], "active"],
      [sequences[1], ids[1], "active"],
    ])
      await client.query(
        `insert into enrollments (team_id, id, sequence_id, contact_id, state, added_at, updated_at)
         values ($1, new_ident(), $2, $3, $4, now(), now())`,
        [mine.id, sequence, contact, state],
      );
    await client.query(
      `insert into tasks (team_id, id, user_id, contact_id, type, status, due_at, created_at, updated_at)
       values ($1, new_ident(), $2, $3, 'call', 'scheduled', now(), now(), now())`,
      [mine.id, mine.owner.id, ids[1]],
    );
    await client.query(
      `insert into messages (team_id, id, contact_id, type, delivery, created_at, updated_at)
       values ($1, new_ident(), $2, 'outreach_manual_email', 'sent', now(), now())`,
      [mine.id, ids[1]],
    );
    await client.query(
      `with n as (insert into notes (team_id, id, content, created_at, updated_at) values ($1, new_ident(), 'x', now(), now()) returning id)
       insert into note_contacts (team_id, note_id, contact_id) select $1, id, unnest($2::text[]) from n`,
      [mine.id, ids],
    );
    return sequences;
  });
  const { contact } = await mine.api.contacts.merge({ winner_id: ids[0], loser_ids: [ids[1]] });
  const statuses = new Map(
    contact.contact_campaign_statuses.map((one) => [one.emailer_campaign_id, one.status]),
  );
  assert.deepEqual(
    [statuses.size, statuses.get(both ?? ""), statuses.get(only ?? "")],
    [2, "finished", "active"],
  );
  const { timeline } = await mine.api.contacts.timeline({ id: ids[0] });
  for (const kind of ["message", "task", "note"])
    assert.equal(timeline.filter((one) => one.kind === kind).length, 1, kind);
});

test("every kind of custom field is printed as what it is, changed and cleared", async () => {
  const mine = await world.newTeam("Fields");
  const values: [string, unknown, unknown][] = [
    ["string", "B2", "B2"],
    ["textarea", "a\nb", "a\nb"],
    ["number", "12.5", 12.5],
    ["date", "2026-03-31", "2026-03-31"],
    ["datetime", "2026-03-31T09:30:00.250+02:00", "2026-03-31T07:30:00.250+00:00"],
    ["boolean", "false", false],
  ];
  const given: Record<string, unknown> = {};
  const printed: Record<string, unknown> = {};
  for (const [type, value, expected] of values) {
    const { id } = await newField(mine, type, type);
    given[id] = value;
    printed[id] = expected;
  }
  const many = await newField(mine, "many", "multipicklist", ["One", "Two", "Three"]);
  given[many.id] = ["two", "One"];
  printed[many.id] = [many.options[1], many.options[0]];
  const { contact } = await mine.api.contacts.create({ typed_custom_fields: given });
  assert.deepEqual([contact.typed_custom_fields, contact.custom_field_errors], [printed, {}]);

  const [first = "", second = ""] = Object.keys(given);
  const changed = await mine.api.contacts.update({
    id: contact.id,
    typed_custom_fields: { [first]: null, [second]: "c" },
  });
  const { [first]: _, ...rest } = printed;
  assert.deepEqual(changed.contact.typed_custom_fields, { ...rest, [second]: "c" });
  const told = (await mine.api.auditLog.list({ subject_id: contact.id })).audit_log[0];
  assert.deepEqual(told?.data.changed, ["typedCustomFields"]);
});

test("a contact who may be emailed again is no longer stopped", async () => {
  const { contact } = await team.api.contacts.create({ first_name: "Ines", email: "stopped@kraft.example" });
  const { id } = contact;
  const stoppedAt = () =>
    asOwner(world, async (client) => {
      const { rows } = await client.query("select stopped_at from contacts where id = $1", [id]);
      return rows[0].stopped_at as Date | null;
    });
  await team.api.contacts.update({ id, do_not_contact: true });
  await team.api.contacts.update({ id, email_unsubscribed: true });
  assert.ok(await stoppedAt());
  await team.api.contacts.update({ id, do_not_contact: false });
  assert.ok(await stoppedAt(), "one of two is left");
  await team.api.contacts.update({ id, email_unsubscribed: false });
  assert.equal(await stoppedAt(), null);
});

test("an address with invisible or full-width characters is the plain one: found again, and barred", async () => {
  const team = await world.newTeam();
  await team.api.suppressions.create({ value: "ada@plain.example" });
  const odd = "\uff41da\u200b@plain.example";
  const { contact } = await team.api.contacts.create({ first_name: "Ada", email: odd });
  assert.equal(contact.email, "ada@plain.example");
  const again = await team.api.contacts.create({
    first_name: "Ada",
    email: "ada\u00ad@plain.example",
    run_dedupe: true,
  });
  assert.equal(again.contact.id, contact.id);
  const { explain } = await team.api.explain.contact({ id: contact.id });
  assert.match(JSON.stringify(explain), /suppressed|do not contact list/i);
});
