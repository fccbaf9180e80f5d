// A user imports a file that asks for more than they may do. An import is undone after others changed its records.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bringIn, type ImportInput, undo } from "../../../testing/imported.ts";
import { plantPeople } from "../../../testing/people.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();
const NOBODY = "0".repeat(24);
let members = 0;

async function newMember(team: Team) {
  const { user } = await team.api.users.invite({ email: `member${++members}@example.no` });
  const { api_key } = await team.api.apiKeys.create({ name: "member", master: true, user_id: user.id });
  return { id: user.id, api: world.client({ apiKey: api_key.key }) };
}

const contactsOf = async ({ api }: Pick<Team, "api">) =>
  (await api.contacts.search({})).pagination.total_entries;

test("what is another team's is refused in the very words for what is not there, and nothing is begun", async () => {
  const [ours, theirs] = [await world.newTeam(), await world.newTeam()];
  const { typed_custom_fields } = await theirs.api.customFields.create({
    label: "Secret size",
    type: "string",
    modality: "contact",
  });
  const [stage] = (await theirs.api.contactStages.list()).contact_stages;
  const sequence = await newSequence(theirs);
  const box = await newMailbox(theirs);
  const own = { sequence: await newSequence(ours), box: await newMailbox(ours) };
  const joining = (id: string, mailbox: string): ImportInput => ({
    add_to_sequence: { id, send_email_from_email_account_id: [mailbox], sequence_unverified_email: true },
  });
  const cases: [string, (id: string) => ImportInput][] = [
    [typed_custom_fields[0]?.id ?? "", (id) => ({ mapping: { Size: `typed_custom_fields.${id}` } })],
    [theirs.owner.id, (id) => ({ owner_id: id })],
    [stage?.id ?? "", (id) => ({ contact_stage_id: id })],
    [sequence.id, (id) => joining(id, own.box.id)],
    [box.id, (id) => joining(own.sequence.id, id)],
  ];
  const text = "Email,Size\nines@x.example,5\n";
  for (const [id, wish] of cases)
    for (const dryRun of [false, true]) {
      const asked = async (one: string) => {
        const { code, message } = await refused(ours.api.imports.create({ ...wish(one), text }, { dryRun }));
        return [code, message.replaceAll(one, "<id>")];
      };
      assert.deepEqual(await asked(id), await asked(NOBODY));
    }
  assert.equal(await contactsOf(ours), 0);
  assert.equal((await ours.api.imports.list()).pagination.total_entries, 0);
});

test("a row that names another team's contact by its id changes no contact and reveals nothing about it", async () => {
  const [ours, theirs] = [await world.newTeam(), await world.newTeam()];
  const id = await newContact(theirs, { title: "Chair" });
  const { rows } = await bringIn(ours, `Contact Id,Title\n${id},CEO\n${NOBODY},CEO\n`, {
    overwrite: "replace",
  });
  assert.deepEqual(
    [rows[0]?.verdict, rows[0]?.code, rows[0]?.contact_id],
    [rows[1]?.verdict, rows[1]?.code, rows[1]?.contact_id],
  );
  assert.equal((await theirs.api.contacts.get({ id })).contact.title, "Chair");
});

test("a member's file cannot see a hidden sequence, nor enroll contacts in one the member may only view", async () => {
  const team = await world.newTeam();
  const member = await newMember(team);
  const box = await newMailbox(team);
  const share = async (
    visibility: "restricted" | "everyone",
    access_type: "can_edit" | "can_view" | null,
  ) => {
    const { id } = await newSequence(team);
    await team.api.sequences.update({
      id,
      sharing_permission: { visibility, ...(access_type && { access_type }) },
    });
    return id;
  };
  const text = "Email\nines@x.example\n";
  const attempt = (id: string, dryRun = false) =>
    refused(
      member.api.imports.create(
        {
          text,
          add_to_sequence: { id, send_email_from_email_account_id: [box.id] },
        },
        { dryRun },
      ),
    );
  const hidden = await share("restricted", null);
  for (const dryRun of [false, true]) {
    const [first, second] = [await attempt(hidden, dryRun), await attempt(NOBODY, dryRun)];
    assert.deepEqual([first.code, first.message], [second.code, second.message]);
  }
  const shown = await share("everyone", "can_view");
  for (const dryRun of [false, true])
    assert.equal((await attempt(shown, dryRun)).code, "sequence_not_permitted");
  assert.equal(await contactsOf(team), 0);
});

test("only the user who imported a file, or an admin, can undo it", async () => {
  const team = await world.newTeam();
  const member = await newMember(team);
  const { found } = await bringIn(team, "Email\nines@x.example\n");
  assert.equal((await refused(member.api.imports.undo({ id: found.id }))).code, "import_of_another");
  assert.equal(await contactsOf(team), 1);
});

test("a contact that others were merged into since stays, also where the merge gave it no new value", async () => {
  const team = await world.newTeam();
  const twin = await newContact(team, { first_name: "Ines", email: null });
  const { found, rows } = await bringIn(team, "First Name,Email\nInes,ines@x.example\n");
  const winner = rows[0]?.contact_id ?? "";
  await team.api.contacts.merge({ winner_id: winner, loser_ids: [twin] });
  const back = await undo(team, found.id);
  assert.deepEqual(
    back.rows.map(({ undone }) => undone),
    ["changed_since"],
  );
  assert.equal(await contactsOf(team), 1, "who was there before the file is there still");
});

test("a contact that was merged into another since is gone already, and its values stay", async () => {
  const team = await world.newTeam();
  const before = await newContact(team, { first_name: "Ines", title: null });
  const { found, rows } = await bringIn(team, "First Name,Email,Title\nInes,ines@x.example,CEO\n");
  await team.api.contacts.merge({ winner_id: before, loser_ids: [rows[0]?.contact_id ?? ""] });
  const back = await undo(team, found.id);
  assert.deepEqual([back.job.status, back.rows.map(({ undone }) => undone)], ["done", ["gone_already"]]);
  assert.equal((await team.api.contacts.get({ id: before })).contact.title, "CEO");
});

test("a contact that was put on a list by hand or set to do-not-contact since the import stays", async () => {
  const team = await world.newTeam();
  const { found, rows } = await bringIn(team, "Email\nlisted@x.example\nbarred@x.example\nfree@x.example\n");
  const [listed, barred] = rows.map(({ contact_id }) => contact_id ?? "");
  await team.api.labels.addEntityIds({
    entity_ids: [listed ?? ""],
    label_names: ["By hand"],
    modality: "contacts",
  });
  await team.api.contacts.update({ id: barred ?? "", do_not_contact: true });
  const back = await undo(team, found.id);
  assert.deepEqual(
    back.rows.map(({ undone }) => undone),
    ["changed_since", "changed_since", "undone"],
  );
});

test("a file that is cancelled before it begins makes no contacts, and one that is over stays as it is", async () => {
  const team = await world.newTeam();
  const rows = Array.from({ length: 4_000 }, (_, at) => `p${at}@x.example`);
  const started = await team.api.imports.create({ text: `Email\n${rows.join("\n")}\n` });
  await team.api.progress.cancel({ id: started.entity_progress_job.id });
  const { import: found } = await team.api.imports.get({ id: started.import.id });
  assert.equal(found.status, "cancelled");
  assert.equal(await contactsOf(team), found.created);
  const back = await undo(team, found.id);
  assert.equal(back.found.status, "undone");
  assert.equal(await contactsOf(team), 0);
  const over = await bringIn(team, "Email\nines@x.example\n");
  await team.api.progress.cancel({ id: over.job.id });
  assert.equal((await team.api.imports.get({ id: over.found.id })).import.status, "done");
});

test("an API key that may import files but not add to sequences enrolls no contact through a file", async () => {
  const team = await world.newTeam();
  const [sequence, box] = [await newSequence(team), await newMailbox(team)];
  const { api_key } = await team.api.apiKeys.create({
    name: "files alone",
    scopes: ["api/v1/imports/create"],
  });
  const api = world.client({ apiKey: api_key.key });
  const add_to_sequence = { id: sequence.id, send_email_from_email_account_id: [box.id] };
  const wish = { text: "Email\nines@x.example\n", add_to_sequence };
  for (const dryRun of [false, true])
    assert.equal((await refused(api.imports.create(wish, { dryRun }))).code, "scope_missing");
  assert.equal(await contactsOf(team), 0);
  assert.ok((await api.imports.create({ text: wish.text })).import.id);
});

test("a deactivated user cannot own imported records, by a column or by an option, nor people saved as contacts", async () => {
  const team = await world.newTeam();
  const { user } = await team.api.users.invite({ email: "gone@left.example", role: "member" });
  await team.api.users.deactivate({ id: user.id });
  const { rows } = await bringIn(team, "Email,Owner email\na@x.example,gone@left.example\n");
  assert.deepEqual(rows[0]?.left_out, { owner_email: "is not an active user of your team" });
  const text = "Email,Company\nb@x.example,X\n";
  for (const kind of ["contacts", "accounts"] as const) {
    const wish = { text, kind, owner_id: user.id, mapping: { Company: kind === "contacts" ? null : "name" } };
    assert.equal((await refused(team.api.imports.create(wish))).code, "owner_has_left");
  }
  const [person = ""] = await plantPeople(world, team, [{ firstName: "Ada", email: "c@x.example" }]);
  const saving = team.api.prospecting.addToContacts({ person_ids: [person], owner_id: user.id });
  assert.equal((await refused(saving)).code, "owner_has_left");
});

test("what is wrong with a field of the team's own is told by its name, in the file of rows too", async () => {
  const team = await world.newTeam();
  const mapping = { Size: "typed_custom_fields.new.number" };
  const { found } = await bringIn(team, "Email,Size\na@x.example,large\n", { mapping });
  const told = await fetch(`${world.url}/api/v1/imports/${found.id}/rows`, {
    headers: { "x-api-key": team.key, accept: "text/csv" },
  });
  assert.match(await told.text(), /,Size must be a number,/);
});
