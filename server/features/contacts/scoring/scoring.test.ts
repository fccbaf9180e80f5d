// Scores follow what they are made of, and what goes out follows them.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input, shapes } from "@cadenza/sdk";
import { planOnce } from "../../../engine/planning/plan-steps.ts";
import { followScoresOnce } from "../../../engine/upkeep/follow-scores.ts";
import { plant } from "../../../testing/planted.ts";
import { alwaysOpen } from "../../../testing/sending.ts";
import { newContact, newContacts, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld();

async function settle() {
  while ((await followScoresOnce(world.running)) > 0);
}

/** As it is stored: what lists are narrowed and sending is ordered by. */
async function storedScore(id: string) {
  const { rows } = await asOwner(world, (client) =>
    client.query<{ score: number }>("select prospect_score as score from contacts where id = $1", [id]),
  );
  return rows[0]?.score;
}

async function scoredBy(
  signals: shapes.Signal[],
  rest: Partial<Input<"scoreFormula", "replace">> = {},
): Promise<Team> {
  const team = await world.newTeam();
  await team.api.scoreFormula.replace({ out_of: 100, ...rest, signals });
  return team;
}

async function follows(team: Team, id: string, change: () => Promise<unknown>, from: number, to: number) {
  await settle();
  assert.equal(await storedScore(id), from);
  await change();
  await settle();
  const { contact } = await team.api.contacts.get({ id });
  assert.deepEqual([await storedScore(id), contact.prospect_score], [to, to]);
}

test("a new contact is scored by the statement that writes it", async () => {
  const team = await scoredBy([
    { field: "title", operator: "has_any_of", value: ["plant manager"], weight: 40 },
  ]);
  const id = await newContact(team, { title: "Plant Manager" });
  assert.equal(await storedScore(id), 40);
});

test("the first formula follows opens and suppressed contacts", async () => {
  const team = await world.newTeam();
  const id = await newContact(team);
  const opened = () =>
    asOwner(world, (client) =>
      client.query("update contacts set email_last_opened_at = now() where id = $1", [id]),
    );
  await follows(team, id, opened, 25, 30);
  await follows(team, id, () => team.api.contacts.update({ id, do_not_contact: true }), 30, 0);
  const { contact } = await team.api.contacts.get({ id });
  assert.deepEqual(contact.prospect_score_parts, [
    { code: "not_to_be_contacted", signal: null, points: 0, says: "Must not be contacted", seen: null },
  ]);
});

test("a company that changes changes all its contacts", async () => {
  const team = await scoredBy([{ field: "head_count", operator: "at_least", value: 200, weight: 50 }]);
  const { account } = await team.api.accounts.create({ name: "Norrland Kraft" });
  const ids = await newContacts(team, 3, { account_id: account.id });
  await settle();
  await team.api.accounts.update({ id: account.id, estimated_num_employees: 800 });
  await asOwner(world, (client) =>
    client.query("update accounts set estimated_num_employees = 800 where id = $1", [account.id]),
  );
  await settle();
  for (const id of ids) assert.equal(await storedScore(id), 50);
});

test("lists, own fields and answers are followed", async () => {
  const team = await world.newTeam();
  const { label } = await team.api.labels.create({ name: "Fair", modality: "contacts" });
  const made = await team.api.customFields.create({ modality: "contact", label: "Plants", type: "number" });
  const fieldId = made.typed_custom_fields[0]?.id ?? "";
  await team.api.scoreFormula.replace({
    out_of: 100,
    signals: [
      { field: "lists", operator: "has_any_of", value: [label.id], weight: 10 },
      { field: "contact_field", custom_field_id: fieldId, operator: "at_least", value: 3, weight: 20 },
      { field: "replied", operator: "is_known", weight: 40 },
    ],
  });
  const id = await newContact(team);
  const onList = () =>
    team.api.labels.addEntityIds({ modality: "contacts", entity_ids: [id], label_names: ["Fair"] });
  await follows(team, id, onList, 0, 10);
  const field = () => team.api.contacts.update({ id, typed_custom_fields: { [fieldId]: 4 } });
  await follows(team, id, field, 10, 30);
  const answer = async () =>
    plant(world, team, "incoming_mails", {
      mailbox_id: (await newMailbox(team)).id,
      content_key: "k",
      folder: "INBOX",
      uid: 1,
      kind: "reply",
      certainty: "sure",
      contact_id: id,
      counts: true,
      reply_class: "interested",
      received_at: new Date().toISOString(),
      processed_at: new Date().toISOString(),
    });
  await follows(team, id, answer, 30, 70);
  const { contact } = await team.api.contacts.get({ id });
  assert.deepEqual(
    contact.prospect_score_parts.map(({ code, points, seen }) => [code, points, seen]),
    [
      ["lists", 10, label.id],
      ["contact_field", 20, "4"],
      ["replied", 40, "today"],
    ],
  );
});

test("what is counted in days is followed as they pass", async () => {
  const team = await scoredBy([
    { field: "created", operator: "within_days", value: 7, weight: 60 },
    { field: "created", operator: "not_within_days", value: 30, weight: 10 },
  ]);
  const id = await newContact(team);
  await follows(team, id, async () => world.advance({ hours: 6 * 24 }), 60, 60);
  await follows(team, id, async () => world.advance({ hours: 2 * 24 }), 60, 0);
  await follows(team, id, async () => world.advance({ hours: 30 * 24 }), 0, 10);
});

test("a mark is crossed once each way, and the feed tells", async () => {
  const signals: shapes.Signal[] = [{ field: "phone", operator: "is_known", weight: 60 }];
  const team = await scoredBy(signals, { marks: [50] });
  const id = await newContact(team);
  const crossings = async () => {
    await settle();
    const { audit_log } = await team.api.auditLog.list({ subject_id: id });
    return audit_log.filter(({ type }) => type === "contact.score_crossed").map(({ data }) => data);
  };
  assert.deepEqual(await crossings(), []);
  await team.api.contacts.update({ id, direct_phone: "+46 8 123 456 78" });
  const up = { mark: 50, direction: "up", from: 0, to: 60 };
  assert.deepEqual(await crossings(), [up]);
  await team.api.contacts.update({ id, title: "Buyer" });
  assert.deepEqual(await crossings(), [up], "nothing was crossed again");
  await team.api.contacts.update({ id, do_not_contact: true });
  assert.deepEqual(await crossings(), [{ mark: 50, direction: "down", from: 60, to: 0 }, up]);
  const begun = await newContact(team, { direct_phone: "+46 8 123 456 79" });
  const { audit_log } = await team.api.auditLog.list({ subject_id: begun });
  assert.deepEqual(
    audit_log.filter(({ type }) => type === "contact.score_crossed").map(({ data }) => data),
    [{ mark: 50, direction: "up", from: null, to: 60 }],
    "whoever begins above it has come to it",
  );
});

for (const [policy, first] of [
  ["score", "later"],
  ["followups_first", "later"],
  ["fifo", "earlier"],
] as const) {
  test(`with ${policy}, whose score rises while their mail waits: the ${first} one goes first`, async () => {
    const team = await scoredBy([{ field: "title", operator: "has_any_of", value: ["ceo"], weight: 100 }]);
    const sequence = await newSequence(team, {
      priority_policy: policy,
      emailer_schedule_id: await alwaysOpen(team), // the clock may stand at a weekend
    });
    const mailbox = (await newMailbox(team)).id;
    const [earlier = "", later = ""] = await newContacts(team, 2);
    for (const id of [earlier, later]) {
      await team.api.joining.addContacts({
        id: sequence.id,
        contact_ids: [id],
        send_email_from_email_account_id: mailbox,
      });
      world.advance({ minutes: 5 });
    }
    while ((await planOnce(world.running)) > 0);
    const queue = async () => {
      const { rows } = await asOwner(world, (client) =>
        client.query<{ contact_id: string }>(
          "select contact_id from messages where sequence_id = $1 and delivery = 'planned' order by rank, enrollment_id, id",
          [sequence.id],
        ),
      );
      return rows.map(({ contact_id }) => (contact_id === later ? "later" : "earlier"));
    };
    assert.deepEqual(await queue(), ["earlier", "later"]);
    await team.api.contacts.update({ id: later as string, title: "CEO" });
    await settle();
    assert.equal((await queue())[0], first);
  });
}
