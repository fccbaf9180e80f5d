// What came in, as the timelines of whom it came from and of their company tell it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plant, plantContact, plantMessage } from "../../../testing/planted.ts";
import { newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
let mailbox_id: string;
let account_id: string;
let contact_id: string;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  mailbox_id = (await newMailbox(team)).id;
  account_id = (await team.api.accounts.create({ name: "Norrland Kraft" })).account.id;
  contact_id = await plantContact(opened, team, {
    first_name: "Ines",
    last_name: "Okafor",
    email: "ines@kraft.no",
    account_id,
  });
});

let made = 0;

function came(row: Record<string, unknown>) {
  const at = new Date(Date.UTC(2026, 1, 3, 9, 0, ++made)).toISOString();
  return plant(world, team, "incoming_mails", {
    mailbox_id,
    contact_id,
    content_key: `what came ${made}`,
    folder: "INBOX",
    uid: made,
    certainty: "sure",
    received_at: at,
    processed_at: at,
    ...row,
  });
}

const WORDS: [says: string, row: Record<string, unknown>][] = [
  ["The contact replied and is interested", { kind: "reply", reply_class: "willing_to_meet" }],
  ["The contact replied with a question", { kind: "reply", reply_class: "follow_up_question" }],
  ["The contact replied: not interested", { kind: "reply", reply_class: "not_interested" }],
  ["The contact replied", { kind: "reply", reply_class: "none_of_the_above" }],
  ["The contact replied (not certain)", { kind: "reply", certainty: "probable" }],
  ["The contact unsubscribed", { kind: "unsubscribe", reply_class: "unsubscribe" }],
  [
    "The contact is out of office until 25 November 2026",
    { kind: "out_of_office", returns_on: "2026-11-25" },
  ],
  ["The contact is out of office", { kind: "out_of_office" }],
  ["An email hard bounced: the address does not exist", { kind: "bounce", bounce_class: "hard" }],
  ["An email soft bounced", { kind: "bounce", bounce_class: "soft" }],
  ["The contact reported an email as spam", { kind: "complaint" }],
];

test("each kind of answer is told in words, to a contact's and to a company's", async () => {
  for (const [, row] of WORDS) await came(row);
  await came({ kind: "list" }); // a newsletter is no answer
  const wish = { kinds: ["incoming_mail"], limit: 100 } as const;
  for (const { timeline } of [
    await team.api.contacts.timeline({ id: contact_id, ...wish, kinds: [...wish.kinds] }),
    await team.api.accounts.timeline({ id: account_id, ...wish, kinds: [...wish.kinds] }),
  ]) {
    assert.deepEqual(
      timeline.map(({ sentence }) => sentence),
      WORDS.map(([says]) => says).reverse(),
    );
    assert.ok(timeline.every((line) => line.contact_id === contact_id && line.user_id === null));
  }
});

test("answers stand among everything else, page by page", async () => {
  const told: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await team.api.contacts.timeline({ id: contact_id, limit: 3, ...(cursor && { cursor }) });
    told.push(...page.timeline.map(({ id }) => id));
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  const { timeline } = await team.api.contacts.timeline({ id: contact_id, limit: 100 });
  assert.deepEqual(
    told,
    timeline.map(({ id }) => id),
  );
  assert.equal(timeline.filter(({ kind }) => kind === "incoming_mail").length, WORDS.length);
});

test("a reply to a mail of a hidden sequence is not shown to users who may not see it", async () => {
  const { user, invitation_url } = await team.api.users.invite({ email: "mia@example.no", role: "member" });
  const password = "a long sentence is a good password";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia", password });
  const { api } = await world.signIn("mia@example.no", password);
  assert.equal(user.role, "member");
  const sequence = await newSequence(team, { name: "Acquisition" });
  const message_id = await plantMessage(world, team, sequence.id, { contact_id });
  const id = await came({ kind: "reply", message_id, subject: "Re: Acquisition" });
  const ids = async (by: Team["api"]) =>
    (await by.contacts.timeline({ id: contact_id, limit: 100 })).timeline.map((line) => line.id);
  assert.ok((await ids(team.api)).includes(id));
  assert.ok(!(await ids(api)).includes(id));
});

test("joining a sequence stands in the timeline, with the sequence and the person's name, and so does what follows", async () => {
  const { id, name } = await newSequence(team);
  const person = (
    await team.api.contacts.create({ first_name: "Ada", last_name: "Berg", email: "ada@berg.no" })
  ).contact.id;
  const wish = {
    id,
    contact_ids: [person],
    send_email_from_email_account_id: [mailbox_id],
    sequence_unverified_email: true,
  };
  await team.api.joining.addContacts(wish);
  await team.api.joining.addContacts(wish);
  const { timeline } = await team.api.contacts.timeline({ id: person, kinds: ["event"] });
  const said = timeline.map(({ sentence, contact_id: whose }) => [sentence, whose]);
  const added = said.find(([sentence]) => sentence?.endsWith(`added Ada Berg to ${name}`));
  assert.equal(added?.[1], person, JSON.stringify(said));
  assert.ok(said.some(([sentence]) => sentence?.includes(`could not add Ada Berg to ${name}: `)));
});

test("the lists a contact was put on stand in the timeline, of the contact and of the company, page by page", async () => {
  const label_names = ["Plants", "Fair 2026"];
  const { id } = (await team.api.contacts.create({ first_name: "Liv", account_id, label_names })).contact;
  for (const read of [
    (cursor?: string) =>
      team.api.contacts.timeline({ id, kinds: ["event"], limit: 1, ...(cursor && { cursor }) }),
    (cursor?: string) =>
      team.api.accounts.timeline({ id: account_id, kinds: ["event"], limit: 1, ...(cursor && { cursor }) }),
  ]) {
    const said: string[] = [];
    for (let page = await read(); ; page = await read(page.next_cursor ?? "")) {
      said.push(...page.timeline.map(({ sentence }) => sentence));
      if (!page.next_cursor) break;
    }
    const onLists = said.filter((sentence) => sentence.includes(" to the list "));
    assert.deepEqual(onLists.sort(), [
      "Ole Dahl added Liv to the list Fair 2026",
      "Ole Dahl added Liv to the list Plants",
    ]);
  }
});

test("emails are told by what became of them: a skipped one is, and one that was withdrawn before it left is not", async () => {
  const { id } = (await team.api.contacts.create({ first_name: "Olav", last_name: "Lie" })).contact;
  const { id: sequence } = await newSequence(team, { name: "Works" });
  const plantOf = (delivery: string, row: Record<string, unknown> = {}) =>
    plantMessage(world, team, sequence, { contact_id: id, delivery, ...row });
  await plantOf("planned");
  await plantOf("skipped", { subject: "Second site" });
  await plantOf("cancelled", { subject: "Never sent" });
  const { timeline } = await team.api.contacts.timeline({ id, kinds: ["message"] });
  assert.deepEqual(timeline.map(({ sentence, type }) => [sentence, type]).sort(), [
    ["An email is scheduled · Works", "scheduled"],
    ["Email “Second site” was skipped · Works", "skipped"],
  ]);
});
