// What people say that answers were becomes the team's own examples, and shows how the reader would have done.

import assert from "node:assert/strict";
import { test } from "node:test";
import { mailed, replyTo, taken } from "../../../testing/incoming.ts";
import { newContact } from "../../../testing/sequenced.ts";
import { refused, useWorld } from "../../../testing/world.ts";

const world = useWorld({ role: "api" });

test("a correction becomes an example of that team, and the last word counts", async () => {
  const team = await world.newTeam("Teachers");
  const one = await mailed(world, team);
  const id = await taken(world, team, one, replyTo(one, "We have what we need, thank you."));
  await team.api.incomingMails.overrule({ id, kind: "reply", reply_class: "not_interested" });
  await team.api.incomingMails.settle({ id, kind: "out_of_office", returns_on: "2027-01-04" });
  const { reply_examples: kept } = await team.api.replies.examples({ contact_id: one.contactId });
  assert.deepEqual(
    kept.map(({ incoming_mail_id, kind, returns_on, decided_by_user_id }) => [
      ...[incoming_mail_id, kind, returns_on, decided_by_user_id],
    ]),
    [[id, "out_of_office", "2027-01-04", team.owner.id]],
  );
  assert.deepEqual(
    [kept[0]?.was.kind, kept[0]?.body_text?.trim()],
    ["reply", "We have what we need, thank you."],
  );
  const other = await world.newTeam("Others");
  assert.deepEqual((await other.api.replies.examples()).reply_examples, []);
});

test("examples go to the winner of a merge, are deleted with the contact, and one by one", async () => {
  const team = await world.newTeam("Erasers");
  const [one, two] = [await mailed(world, team), await mailed(world, team)];
  for (const each of [one, two]) {
    const id = await taken(world, team, each, replyTo(each, "Write to me in spring."));
    await team.api.incomingMails.settle({ id, kind: "reply", reply_class: "not_interested" });
  }
  const winner = await newContact(team, { email: `winner.${one.email}` });
  await team.api.contacts.merge({ winner_id: winner, loser_ids: [one.contactId] });
  assert.equal((await team.api.replies.examples({ contact_id: winner })).pagination.total_entries, 1);
  await team.api.contacts.delete({ id: winner });
  const [last, ...none] = (await team.api.replies.examples()).reply_examples;
  assert.deepEqual([last?.contact_id, none], [two.contactId, []]);
  await team.api.replies.deleteExample({ id: last?.id ?? "" });
  assert.equal((await refused(team.api.replies.deleteExample({ id: last?.id ?? "" }))).status, 404);
});

test("the evaluation compares what the reader says today with what people decided, and changes nothing", async () => {
  const team = await world.newTeam("Measured");
  const one = await mailed(world, team);
  const agreed = await taken(world, team, one, replyTo(one, "Please remove me from your list."));
  await team.api.incomingMails.overrule({ id: agreed, kind: "unsubscribe" });
  const two = await mailed(world, team);
  const differed = await taken(world, team, two, replyTo(two, "Please remove me from your list, thank you."));
  await team.api.incomingMails.overrule({ id: differed, kind: "reply", reply_class: "follow_up_question" });
  const three = await mailed(world, team);
  await taken(world, team, three, replyTo(three, "Nobody has decided on this one."));
  const { evaluation } = await team.api.replies.evaluate({ days: 30 });
  assert.deepEqual(
    [evaluation.num_decided, evaluation.num_agreed, evaluation.num_held, evaluation.num_differed],
    [2, 1, 0, 1],
  );
  assert.deepEqual(
    evaluation.differing.map(({ incoming_mail_id, decided, read }) => [incoming_mail_id, decided, read]),
    [[differed, "follow_up_question", "unsubscribe"]],
  );
  assert.equal((await team.api.incomingMails.get({ id: differed })).incoming_mail.kind, "reply");
});

test("a machine's header that was kept as evidence is read again with the words", async () => {
  const team = await world.newTeam("Headers");
  const one = await mailed(world, team);
  const raw = replyTo(one, "I am out of the office until 20 December.", ["Auto-Submitted: auto-replied"]);
  const id = await taken(world, team, one, raw);
  await team.api.incomingMails.settle({ id, kind: "out_of_office" });
  const { evaluation } = await team.api.replies.evaluate();
  assert.deepEqual(evaluation.table, [
    { decided: "out_of_office", read: "out_of_office", outcome: "agreed", count: 1 },
  ]);
});
