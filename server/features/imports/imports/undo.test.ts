// An import is undone: what it created is deleted, what it changed is as before, what was used since stays.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bringIn, csvOf, overOf, undo } from "../../../testing/imported.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { useWorld } from "../../../testing/world.ts";

const world = useWorld();

test("what it made is gone, and what it changed is as it was", async () => {
  const team = await world.newTeam();
  const known = await newContact(team, {
    email: "ines@x.example",
    first_name: "Ines",
    title: "Buyer",
    direct_phone: "+47 22 33 44 55",
  });
  await bringIn(team, "Email,Size\nines@x.example,1\n", {
    mapping: { Size: "typed_custom_fields.new.number" },
  });
  const before = (await team.api.contacts.get({ id: known })).contact;
  assert.deepEqual(Object.values(before.typed_custom_fields), [1]);
  const text =
    "Email,First Name,Title,Phone,Size\nines@x.example,Agnes,CEO,+47 99 88 77 66,5\nines@x.example,,CTO,,6\nnew@x.example,New,,,\n";
  const { found } = await bringIn(team, text, { overwrite: "replace", label_names: ["Fair"] });
  assert.deepEqual([found.created, found.updated], [1, 2]);
  const changed = (await team.api.contacts.get({ id: known })).contact;
  assert.deepEqual([changed.first_name, changed.title, changed.label_ids.length], ["Agnes", "CTO", 1]);

  const back = await undo(team, found.id);
  assert.deepEqual([back.found.status, back.job.counts], ["undone", { undone: 2, lists_undone: 1 }]);
  assert.deepEqual(
    back.rows.map(({ undone }) => undone),
    ["undone", "undone", "undone"],
  );
  const after = (await team.api.contacts.get({ id: known })).contact;
  const told = ({
    first_name,
    title,
    email_status,
    phone_numbers,
    label_ids,
    typed_custom_fields,
  }: typeof after) => ({
    first_name,
    title,
    email_status,
    label_ids,
    typed_custom_fields,
    phones: phone_numbers.map(({ raw_number }) => raw_number),
  });
  assert.deepEqual(told(after), told(before));
  assert.equal((await team.api.contacts.search({})).pagination.total_entries, 1);
  await assert.rejects(team.api.imports.undo({ id: found.id }), { code: "import_undone_already" });
});

test("an address that is given back brings the pause that holds under it by now", async () => {
  const team = await world.newTeam();
  const id = await newContact(team, { email: "old@x.example" });
  const { found } = await bringIn(team, `Contact Id,Email\n${id},new@x.example\n`, { overwrite: "replace" });
  const twin = await newContact(team, { email: "old@x.example" });
  await team.api.contacts.update({ id: twin, paused_until: "2031-05-01T10:00:00Z" });
  const shown = async () => {
    const { email, paused_until } = (await team.api.contacts.get({ id })).contact;
    return [email, paused_until];
  };
  assert.deepEqual(await shown(), ["new@x.example", null]);
  await undo(team, found.id);
  assert.deepEqual(await shown(), ["old@x.example", "2031-05-01T10:00:00.000Z"]);
  const { audit_log: told } = await team.api.auditLog.list({ subject_id: id });
  assert.ok(told.some(({ type }) => type === "contact.paused"));
});

test("whatever was changed or used since is left alone, and its row says why", async () => {
  const team = await world.newTeam();
  const known = await newContact(team, { email: "known@x.example", title: null });
  const { found, rows } = await bringIn(team, `${csvOf(4)}Known,One,known@x.example,CEO\n`);
  const [untouched, renamed, noted, enrolled] = rows.map(({ contact_id }) => contact_id ?? "");
  await team.api.contacts.update({ id: renamed ?? "", title: "Head" });
  await team.api.notes.create({ contact_id: noted, content: "Called" });
  const mailbox = await newMailbox(team);
  const sequence = await newSequence(team);
  await team.api.joining.addContacts({
    id: sequence.id,
    contact_ids: [enrolled ?? ""],
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
  });
  await team.api.contacts.update({ id: known, title: "Chair" });
  const back = await undo(team, found.id);
  assert.deepEqual(
    back.rows.map(({ undone }) => undone),
    ["undone", "changed_since", "has_notes", "in_sequence", "changed_since"],
  );
  const { contacts } = await team.api.contacts.search({});
  assert.equal(
    contacts.some(({ id }) => id === untouched),
    false,
  );
  assert.equal(contacts.length, 4);
});

test("whom it put into a sequence is taken out again", async () => {
  const team = await world.newTeam();
  const known = await newContact(team, { email: "known@x.example" });
  const mailbox = await newMailbox(team);
  const sequence = await newSequence(team);
  const { found } = await bringIn(team, "Email\nknown@x.example\nnew@y.example\n", {
    add_to_sequence: {
      id: sequence.id,
      send_email_from_email_account_id: [mailbox.id],
      sequence_unverified_email: true,
    },
  });
  assert.deepEqual([found.enrolled, found.not_enrolled], [2, 0]);
  await undo(team, found.id);
  const { contact } = await team.api.contacts.get({ id: known });
  assert.deepEqual(contact.contact_campaign_statuses, []);
  assert.equal((await team.api.contacts.search({})).pagination.total_entries, 1);
});

test("a company that contacts have come to stays", async () => {
  const team = await world.newTeam();
  const { found } = await bringIn(team, "Name,Domain\nNorrland,norrland.example\nSund,sund.example\n", {
    kind: "accounts",
  });
  await newContact(team, { email: "ines@norrland.example" });
  const back = await undo(team, found.id);
  assert.deepEqual(
    back.rows.map(({ undone }) => undone),
    ["has_contacts", "undone"],
  );
});

test("only who imported it, or an admin, takes it back, and not after a month", async () => {
  const team = await world.newTeam();
  const { found } = await bringIn(team, csvOf(1));
  world.advance({ hours: 31 * 24 });
  await assert.rejects(team.api.imports.undo({ id: found.id }), { code: "import_too_old" });
});

test("what was recorded about a deleted person is erased", async () => {
  const team = await world.newTeam();
  const known = await newContact(team, { email: "known@x.example", title: "Old title" });
  const { found } = await bringIn(team, "Email,Title\nknown@x.example,New title\n", { overwrite: "replace" });
  await team.api.contacts.delete({ id: known });
  const { rows } = await team.api.imports.rows({ id: found.id });
  assert.deepEqual(
    [rows[0]?.verdict, rows[0]?.name, rows[0]?.before, rows[0]?.after],
    ["updated", null, null, null],
  );
});

test("of several who take it back at once one does, and every row says that it is undone", async () => {
  for (let round = 0; round < 5; round++) {
    const team = await world.newTeam();
    const { found } = await bringIn(team, csvOf(3));
    const tries = await Promise.allSettled(
      Array.from({ length: 4 }, () => team.api.imports.undo({ id: found.id })),
    );
    const [started, ...more] = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    assert.equal(more.length, 0);
    const refusals = tries.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));
    assert.deepEqual(new Set(refusals), new Set(["import_undone_already"]));
    const { rows } = await overOf(team, found.id, started?.entity_progress_job.id ?? "");
    assert.deepEqual(
      rows.map(({ undone }) => undone),
      ["undone", "undone", "undone"],
    );
  }
});
