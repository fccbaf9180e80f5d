// What belongs to a private sequence, mailbox or author of one person: another member reads none of it, and changes none of it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { test } from "node:test";
import { contract } from "@cadenza/contract";
import { feedSettles } from "../../../testing/feed.ts";
import { mailed, replyTo, taken } from "../../../testing/incoming.ts";
import { plant, plantMessage } from "../../../testing/planted.ts";
import { newContact, newSequence } from "../../../testing/sequenced.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

const MARKER = "Zanzibar";
const marked = (what: string) => `${MARKER} ${what}`;

let team: Team;
let member: Team["api"];
let contact: string;
let mails: { reply: string; optOut: string };
let task: string;
let file: string;
let template: string;
let draft: string;
let free: string;
let mia: string;
const ids: string[] = [];

const world = useWorld({ catcher: true }, async (opened) => {
  team = await opened.newTeam();
  const { user, invitation_url } = await team.api.users.invite({ email: "mia@example.no", role: "member" });
  const password = "a long sentence is a good password";
  await opened.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia Member", password });
  member = (await opened.signIn("mia@example.no", password)).api;
  mia = user.id;
  file = await newFile("plan");
  free = await newContact(team, { owner_id: mia });
  const one = await mailed(opened, team, {
    sequence: { name: marked("sequence") },
    message: { subject: marked("subject"), body_html: `<p>${MARKER}</p>`, attachment_ids: [file] },
  });
  contact = one.contactId;
  template = (
    await team.api.templates.create({ name: marked("template"), subject: MARKER, body_html: MARKER })
  ).emailer_template.id;
  const drafted = await team.api.emailerMessages.create({
    contact_id: contact,
    subject: marked("draft"),
    body_html: `<p>${MARKER}</p>`,
    attachment_ids: [await newFile("offer")],
  });
  draft = drafted.emailer_message.id;
  mails = {
    reply: await taken(opened, team, one, replyTo(one, `${MARKER}: yes, I am interested, tell me more`)),
    optOut: await taken(opened, team, one, replyTo(one, `${MARKER}: please take me off your list`)),
  };
  const now = opened.running.app.now().toString();
  task = await plant(opened, team, "tasks", {
    user_id: team.owner.id,
    creator_id: team.owner.id,
    contact_id: contact,
    sequence_id: one.sequenceId,
    enrollment_id: one.enrollmentId,
    type: "linkedin_step_message",
    status: "scheduled",
    title: marked("title"),
    note: marked("note"),
    subject: marked("referral"),
    call_script: marked("script"),
    due_at: now,
    created_from: "sequence",
    created_at: now,
    updated_at: now,
  });
  await team.api.tasks.update({ id: task, priority: "high" });
  await team.api.incomingMails.overrule({
    id: mails.reply,
    kind: "reply",
    reply_class: "willing_to_meet",
  });
  const copilot = await plant(opened, team, "copilots", {
    user_id: team.owner.id,
    name: marked("copilot"),
    sequence_id: one.sequenceId,
    mailbox_ids: [one.mailboxId],
    per_day: 1,
    is_reviewed: true,
    hour: 7,
    is_active: false,
    said: MARKER,
    created_at: now,
    updated_at: now,
  });
  const proposal = await plant(opened, team, "copilot_proposals", {
    copilot_id: copilot,
    contact_id: contact,
    day: now.slice(0, 10),
    position: 0,
    score: 1,
    rank: 1,
    reasons: "[]",
    traits: "{}",
    created_at: now,
  });
  await plant(opened, team, "model_suggestions", {
    proposal_id: proposal,
    state: "suggested",
    opener: marked("opener"),
    draft: MARKER,
    created_at: now,
  });
  await plant(opened, team, "catcher_messages", {
    mailbox_id: one.mailboxId,
    uid: 7,
    folder: "Sent",
    at: now,
    from_address: one.mailboxEmail,
    to_address: one.email,
    subject: marked("caught"),
    message_id: one.internetId,
    body_text: MARKER,
    raw: "x",
  });
  const { conversation } = await team.api.conversations.create({
    topic: marked("meeting"),
    start_time: now,
    is_private: true,
    participants: [{ contact_id: contact }],
    transcript: [{ text: MARKER }],
  });
  await team.api.notes.create({
    content: marked("comment"),
    conversation_id: conversation.id,
    contact_id: contact,
  });
  await team.api.views.create({ subject: "contacts", name: marked("view"), filter: {}, shared: false });
  ids.push(contact, one.sequenceId, one.messageId, one.enrollmentId, one.mailboxId);
  ids.push(conversation.id, ...Object.values(mails), task, file, template, draft, copilot);
  await feedSettles(opened);

  async function newFile(name: string) {
    const content = Buffer.from(marked(name)).toString("base64");
    const wish = { file_name: `${MARKER}-${name}.txt`, content_type: "text/plain", content };
    return (await team.api.attachments.create(wish)).attachment.id;
  }
});

/** Whatever it answers, refusals too, as text. */
async function answers(api: Team["api"], noun: string, verb: string, input: object) {
  const nouns = api as unknown as Record<string, Record<string, (input: object) => Promise<unknown>>>;
  try {
    const answer = await nouns[noun]?.[verb]?.(input);
    const isFile = typeof (answer as { text?: unknown } | null)?.text === "function";
    return isFile ? await (answer as { text(): Promise<string> }).text() : JSON.stringify(answer ?? null);
  } catch (error) {
    return `${(error as Error).message}`;
  }
}

/** Every call that only reads, asked about everything that was planted: those that answer with words of it. */
async function tell(api: Team["api"], isAsked: (name: string) => boolean) {
  const told = new Set<string>();
  for (const [noun, verbs] of Object.entries(contract))
    for (const [verb, endpoint] of Object.entries(verbs)) {
      if (endpoint.effect !== "read" || !isAsked(`${noun}.${verb}`)) continue;
      const wishes = endpoint.path.includes("{id}")
        ? ids.map((id) => ({ id }))
        : [{}, { ids, contact_id: contact, contact_ids: [contact], limit: 200 }, { q_keywords: MARKER }];
      const texts = await Promise.all(wishes.map((wish) => answers(api, noun, verb, wish)));
      // What was asked for is repeated in the breadcrumbs.
      if (texts.some((text) => text.replace(/"breadcrumbs":\[.*?\]/s, "").includes(MARKER)))
        told.add(`${noun}.${verb}`);
    }
  return [...told].sort();
}

const SHOWN = [
  ...["attachments.download", "attachments.list", "catcher.list", "contacts.timeline", "copilots.list"],
  ...["copilots.proposals", "copilots.show", "emailerMessages.getContent", "emailerMessages.search"],
  ...["emailerMessages.show", "events.list", "incomingMails.get", "incomingMails.list", "replies.examples"],
  "search.records",
  ...[
    "sequences.search",
    "sequences.show",
    "tasks.get",
    "tasks.search",
    "templates.search",
    "templates.show",
  ],
];

test("no call that only reads has a word of it for another member; to an admin these do", async () => {
  assert.deepEqual(await tell(member, () => true), []);
  const toAdmin = await tell(team.api, (name) => SHOWN.includes(name));
  assert.deepEqual(toAdmin, SHOWN, "all of them have something to hide");
});

test("the feed names neither the files, nor the mails, drafts, templates and tasks", async () => {
  const { events } = await member.events.list({ limit: 1000 });
  const named = [...Object.values(mails), task, file, template, draft];
  const seen = events.map((event) => JSON.stringify(event));
  assert.deepEqual(
    named.filter((id) => seen.some((text) => text.includes(id))),
    [],
  );
  const all = (await team.api.events.list({ limit: 1000 })).events.map((event) => JSON.stringify(event));
  assert.deepEqual(
    named.filter((id) => !all.some((text) => text.includes(id))),
    [],
    "to an admin all of them",
  );
});

test("another member neither settles, handles nor overrules its answers: they are not there", async () => {
  const id = mails.optOut;
  const { incoming_mail: before } = await team.api.incomingMails.get({ id });
  const doors = {
    handle: () => member.incomingMails.handle({ id }),
    settle: () => member.incomingMails.settle({ id }),
    overrule: () => member.incomingMails.overrule({ id, kind: "reply" }),
    suggestion: () => member.incomingMails.decideSuggestion({ id, decision: "accept" }),
    dropped: () => member.incomingMails.decideSuggestion({ id, decision: "drop" }),
  };
  for (const [name, door] of Object.entries(doors)) assert.equal((await refused(door())).status, 404, name);
  const many = { incoming_mail_ids: [id] };
  const left = [
    (await member.incomingMails.bulkHandle({ ...many, handled: true })).left,
    (await member.incomingMails.bulkOverrule({ ...many, kind: "reply" })).left,
  ];
  assert.deepEqual(
    left.flat().map(({ code }) => code),
    ["record_not_found", "record_not_found"],
  );
  assert.deepEqual((await team.api.incomingMails.get({ id })).incoming_mail, before);
});

test("nor does another member change its tasks, or take its texts and files into mails of their own", async () => {
  const attempts = [
    () => member.tasks.update({ id: task, note: "x" }),
    () => member.emailerMessages.create({ contact_id: free, emailer_template_id: template }),
    () => member.emailerMessages.create({ contact_id: free, subject: "x", attachment_ids: [file] }),
  ];
  for (const attempt of attempts) assert.equal((await refused(attempt())).status, 422);
  assert.deepEqual(await member.tasks.complete({ id: task }), { task: { id: task, deleted: true } });
  assert.equal((await team.api.tasks.get({ id: task })).task.status, "scheduled");
});

test("today's counts leave it out", async () => {
  const seen = async (api: Team["api"]) => {
    const { tasks, replies, mails: waiting } = (await api.today.counts({})).counts;
    return [tasks.overdue + tasks.due_today, replies.open + replies.questions, waiting.drafted];
  };
  assert.deepEqual(await seen(member), [0, 0, 0]);
  assert.ok((await seen(team.api)).every((count) => count > 0));
});

test("who is to do a task of it sees what to write, and not which sequence it is of", async () => {
  await team.api.tasks.update({ id: task, user_id: mia });
  const { task: mine } = await member.tasks.get({ id: task });
  assert.deepEqual([mine.note, mine.campaign_name, mine.emailer_campaign_id], [marked("note"), null, null]);
  await team.api.tasks.update({ id: task, user_id: team.owner.id });
});

test("an answer that came into one's own mailbox, and one to a sequence that one sees, are there", async () => {
  const other = await mailed(world, team, { sequence: { name: "Open" } });
  const id = await taken(world, team, other, replyTo(other, "Yes, with pleasure"));
  assert.equal((await refused(member.incomingMails.get({ id }))).status, 404);
  await team.api.sequences.update({
    id: other.sequenceId,
    sharing_permission: { visibility: "everyone", access_type: "can_view" },
  });
  assert.equal((await member.incomingMails.get({ id })).incoming_mail.id, id);
  assert.ok((await member.incomingMails.list({})).incoming_mails.some((one) => one.id === id));
});

test("a file of a step or a mail that one sees can be fetched", async () => {
  const { id } = await newSequence(team, { name: "Shared" });
  await team.api.sequences.update({ id, sharing_permission: { visibility: "everyone" } });
  assert.equal((await refused(member.attachments.download({ id: file }))).status, 404);
  await plantMessage(world, team, id, { contact_id: contact, attachment_ids: [file] });
  assert.equal(await (await member.attachments.download({ id: file })).text(), marked("plan"));
});

test("the rule of who sees a sequence is written in one place", async () => {
  const server = new URL("../../../", import.meta.url).pathname;
  const written: string[] = [];
  for await (const path of glob("**/*.ts", { cwd: server }))
    if (!path.endsWith(".test.ts") && /visibility = 'everyone' or exists/.test(read(path)))
      written.push(path);
  assert.deepEqual(written, ["features/access/sharing/store.ts"]);

  function read(path: string) {
    return readFileSync(server + path, "utf8");
  }
});
