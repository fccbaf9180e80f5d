// What becomes of a real mail sets workflows off: it leaves by SMTP, is looked at and followed, and what comes back lies in a
// mailbox that is read by IMAP. Each time one is meant and another is not, and the log says which and by what.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { shapes } from "@cadenza/sdk";
import { openImapMailbox } from "../../../testing/imap-mailbox.ts";
import { bounceOf, type Mailed, mailOf } from "../../../testing/incoming.ts";
import { letterText, pathIn, type TestMail, useLetters } from "../../../testing/letters.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { LOGIN } from "../../../testing/post-office.ts";
import { alwaysOpen, newSendingMailbox } from "../../../testing/sending.ts";
import {
  CALL_STEP,
  type ContactInput,
  newContact,
  newSequence,
  type StepWish,
} from "../../../testing/sequenced.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { allCandidates, lookedAt, onWorkflow, settled, untilHolds } from "../../../testing/workflowing.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const letters = useLetters();
const world = useWorld({ engineLoops: 2, mailAllow: LOOPBACK, imapPollMs: 300 });

const open: (() => Promise<unknown>)[] = [];
after(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const MAIL = {
  subject: "Hello {{first_name}}",
  body_html: '<p>Hello {{first_name}}, <a href="https://norrland.example/one">look</a></p>',
};
const STEP: StepWish = {
  type: "auto_email",
  wait_time: 0,
  wait_mode: "minute",
  emailer_touches: [{ emailer_template: MAIL, status: "approved" }],
};
const EVERY = "every_time" as const;
const tell = () => [{ type: "notify", text: "It happened" }] as [{ type: "notify"; text: string }];

/** A team that sends from a mailbox which counts looks and links, and is read; and a sequence whose first mail leaves at once. */
async function sending(steps: readonly StepWish[] = [STEP, CALL_STEP]) {
  const team = await world.newTeam();
  const inbox = await openImapMailbox();
  open.push(() => inbox.close());
  const box = await newSendingMailbox(team, letters, {
    imap: { host: "localhost", port: inbox.port, security: "none", ...LOGIN },
    open_tracking: true,
    click_tracking: true,
  });
  const sequence = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [...steps],
  });
  const joining = (...contact_ids: string[]) =>
    team.api.joining.addContacts({
      id: sequence.id,
      contact_ids,
      sequence_unverified_email: true,
      send_email_from_email_account_id: [box.id],
    });
  return { team, inbox, box, sequence, joining };
}

let made = 0;

/** A contact with an address of their own. */
async function contactWith(team: Team, rest: ContactInput = {}) {
  const email = `ines${++made}@kraft${made}.example`;
  const id = await newContact(team, { email, ...rest });
  return { id, email: String(rest.email ?? email) };
}

/** So many, each with the letter they got. */
async function readers<Names extends string>(
  { team, joining }: Awaited<ReturnType<typeof sending>>,
  ...names: Names[]
) {
  const all = {} as Record<Names, { id: string; email: string; letter: TestMail }>;
  const each: [Names, Awaited<ReturnType<typeof contactWith>>][] = [];
  for (const name of names) each.push([name, await contactWith(team)]);
  await joining(...each.map(([, { id }]) => id));
  for (const [name, one] of each) {
    const [letter] = await letters.to(one.email);
    assert.ok(letter, name);
    all[name] = { ...one, letter };
  }
  await untilHolds(
    async () => (await team.api.events.list({ types: ["message.sent"] })).events,
    ({ length }) => length === names.length,
  );
  return all;
}

const on = (
  team: Team,
  event: string,
  rest: { data?: Record<string, string>; filters?: Record<string, unknown> } = {},
) => {
  const { data, filters } = rest;
  const trigger = { type: "event", event, ...(data && { data }) } as const;
  return onWorkflow(team, { trigger, reentry: EVERY, actions: tell(), ...(filters && { filters }) });
};

/** Who was looked at, how it ended, and by which event: once everything that happened was looked at. */
async function log(team: Team, id: string, count: number) {
  await settled(team, id, count);
  await lookedAt(world, team);
  const lines = await settled(team, id, count);
  return lines.map(({ entity_id, verdict, code, event }) => [entity_id, verdict, code, event?.type ?? null]);
}

async function whyNot(team: Team, id: string, entity_id: string) {
  return (await team.api.workflows.explain({ id, entity_id })).explanation.code;
}

const BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/133.0.0.0 Safari/537.36";
const visit = (path: string, userAgent = BROWSER) =>
  call(`${world.url}${path}`, { headers: { "user-agent": userAgent } });

const answer = (to: { email: string; letter: TestMail }, text: string) =>
  mailOf({ from: `Ines <${to.email}>`, text, headers: [`In-Reply-To: ${to.letter.messageId}`] });

test("a mail that leaves: contacts who match the filters are taken, the other has their verdict", async () => {
  const scene = await sending();
  const { team, joining } = scene;
  const buyer = await contactWith(team, { title: "Buyer" });
  const clerk = await contactWith(team, { title: "Clerk" });
  const { id } = await on(team, "message.sent", { filters: { q_title: "buyer" } });
  await joining(buyer.id, clerk.id);
  const lines = await log(team, id, 2);
  assert.deepEqual(
    new Map(lines.map(([who, ...rest]) => [who, rest])),
    new Map([
      [buyer.id, ["done", null, "message.sent"]],
      [clerk.id, ["skipped", "filter_not_met", "message.sent"]],
    ]),
  );
  const [line] = (await allCandidates(team, id)).filter(({ entity_id }) => entity_id === buyer.id);
  const { events } = await team.api.events.list({ types: ["message.sent"] });
  const theirs = events.find(({ data }) => data.contact_id === buyer.id);
  assert.equal(line?.event?.id, theirs?.id, "the line names the very event");
  assert.equal(await whyNot(team, id, clerk.id), "filter_not_met");
});

test("a mail that a person opens, and none that a machine fetches at once", async () => {
  const scene = await sending();
  const { team } = scene;
  const { person, machine } = await readers(scene, "person", "machine");
  const { id } = await on(team, "message.opened");
  await visit(pathIn(machine.letter, "o")); // within seconds of its leaving
  world.advance({ seconds: 20 });
  await visit(pathIn(machine.letter, "o"), "Mozilla/5.0 (compatible; Barracuda Sentinel)");
  await visit(pathIn(person.letter, "o"));
  await visit(pathIn(person.letter, "o"));
  assert.deepEqual(await log(team, id, 1), [[person.id, "done", null, "message.opened"]]);
  assert.equal(await whyNot(team, id, machine.id), "not_yet");
});

test("a link that a person follows, and none that a scanner does", async () => {
  const scene = await sending();
  const { team } = scene;
  const { person, machine } = await readers(scene, "person", "machine");
  const { id } = await on(team, "message.clicked");
  world.advance({ seconds: 20 });
  await visit(pathIn(machine.letter, "c"), "Mozilla/5.0 (compatible; Proofpoint URL Defense)");
  const { status, headers } = await visit(pathIn(person.letter, "c"));
  assert.deepEqual([status, headers.get("location")], [302, "https://norrland.example/one"]);
  assert.deepEqual(await log(team, id, 1), [[person.id, "done", null, "message.clicked"]]);
  assert.equal(await whyNot(team, id, machine.id), "not_yet");
});

test("an answer of one class, and none of another, nor an automatic mail", async () => {
  const scene = await sending();
  const { team, inbox } = scene;
  const { keen, declines, away } = await readers(scene, "keen", "declines", "away");
  const { id } = await on(team, "message.replied", { data: { reply_class: "willing_to_meet" } });
  const any = await on(team, "message.replied");
  inbox.mail.deliver(answer(declines, "We are not interested, please do not call."));
  const auto = mailOf({
    from: `Ines <${away.email}>`,
    subject: "Automatic reply: Hello",
    text: "I am out of the office until Monday.",
    headers: [`In-Reply-To: ${away.letter.messageId}`, "Auto-Submitted: auto-replied"],
  });
  inbox.mail.deliver(auto);
  inbox.mail.deliver(answer(keen, "Sounds interesting. Happy to talk, let us find a time on Monday."));
  assert.deepEqual(await log(team, id, 1), [[keen.id, "done", null, "message.replied"]]);
  assert.equal(await whyNot(team, id, declines.id), "not_yet");
  assert.equal(await whyNot(team, id, away.id), "not_yet");
  const both = await log(team, any.id, 2);
  assert.deepEqual(new Set(both.map(([who]) => who)), new Set([keen.id, declines.id]));
});

test("a mail that bounces, during delivery or by a report; one that is only late does not", async () => {
  const scene = await sending();
  const { team, inbox, joining } = scene;
  const { reported, late } = await readers(scene, "reported", "late");
  const { id } = await on(team, "message.bounced", { data: { bounce_type: "hard" } });
  const turnedAway = await contactWith(team, { email: `nobody${++made}@kraft${made}.example` });
  await joining(turnedAway.id);
  const told = ({ email, letter }: typeof reported) => ({ email, internetId: letter.messageId }) as Mailed;
  inbox.mail.deliver(bounceOf(told(late), "4.2.2", "452 mailbox full"));
  inbox.mail.deliver(bounceOf(told(reported), "5.1.1", "user unknown"));
  const lines = await log(team, id, 2);
  assert.deepEqual(
    new Map(lines.map(([who, ...rest]) => [who, rest])),
    new Map([
      [reported.id, ["done", null, "message.bounced"]],
      [turnedAway.id, ["done", null, "message.bounced"]],
    ]),
  );
  assert.equal(await whyNot(team, id, late.id), "not_yet");
});

test("contacts who unsubscribe, by one click or by an answer; a contact who only answers does not", async () => {
  const scene = await sending();
  const { team, inbox } = scene;
  const { clicks, writes, stays } = await readers(scene, "clicks", "writes", "stays");
  const { id } = await on(team, "contact.unsubscribed");
  assert.match(letterText(clicks.letter), /^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
  const way = { method: "POST", body: "List-Unsubscribe=One-Click" } as const;
  for (let again = 0; again < 2; again++)
    await call(`${world.url}${pathIn(clicks.letter, "u")}`, {
      ...way,
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
  inbox.mail.deliver(answer(stays, "Thank you, I shall read it."));
  inbox.mail.deliver(answer(writes, "Please unsubscribe me from your list."));
  const lines = await log(team, id, 2);
  assert.deepEqual(
    new Map(lines.map(([who, ...rest]) => [who, rest])),
    new Map([
      [clicks.id, ["done", null, "contact.unsubscribed"]],
      [writes.id, ["done", null, "contact.unsubscribed"]],
    ]),
  );
  assert.equal(await whyNot(team, id, stays.id), "not_yet");
});

test("a workflow that enrolls contacts who were mailed, into what mails them again, is stopped after five rounds", async () => {
  const scene = await sending([STEP]);
  const { team, sequence, box, joining } = scene;
  const one = await contactWith(team);
  const { id } = await onWorkflow(team, {
    trigger: { type: "event", event: "message.sent" },
    reentry: EVERY,
    actions: [
      {
        type: "add_to_sequence",
        emailer_campaign_id: sequence.id,
        send_email_from_email_account_id: [box.id],
        re_enroll: true,
        sequence_unverified_email: true,
        sequence_finished_in_other_campaigns: true,
      },
    ],
  });
  await joining(one.id);
  const all = await untilHolds(
    () => allCandidates(team, id),
    (lines) => lines.some(({ code }) => code === "loop_stopped"),
  );
  assert.deepEqual(all.map(({ depth }) => depth).sort(), [1, 2, 3, 4, 5, 6]);
  assert.equal(all.filter(({ verdict }) => verdict === "done").length, 5);
  assert.equal((await letters.to(one.email, 6)).length, 6, "the first, and one of each round");
  await lookedAt(world, team);
  assert.equal((await team.api.events.list({ types: ["workflow.loop_stopped"] })).events.length, 1);
  const { workflow } = await team.api.workflows.get({ id });
  assert.ok(workflow.warnings.some(({ code }) => code === "sets_itself_off"));
});

test("a score that follows a mail goes on in the chain that led to the mail, and is stopped where that is five long", async () => {
  const { team, box, sequence, joining } = await sending();
  const touched: shapes.Signal = { field: "last_touch", operator: "is_known", weight: 60 };
  await team.api.scoreFormula.replace({ signals: [touched], out_of: 100, marks: [50] });
  const crossed = await onWorkflow(team, {
    trigger: { type: "event", event: "contact.score_crossed" },
    reentry: EVERY,
    actions: tell(),
  });
  const moved = await onWorkflow(team, {
    trigger: { type: "event", event: "contact.stage_changed" },
    reentry: EVERY,
    actions: [
      {
        type: "add_to_sequence",
        emailer_campaign_id: sequence.id,
        send_email_from_email_account_id: [box.id],
        sequence_unverified_email: true,
      },
    ],
  });
  const lineOf = async (id: string) =>
    (await settled(team, crossed.id, 1)).find(({ entity_id }) => entity_id === id) ?? null;
  const depthOf = async (id: string) => {
    const line = await untilHolds(
      () => lineOf(id),
      (found) => found !== null,
    );
    return [line?.depth, line?.code ?? line?.verdict];
  };
  // Whom a person adds begins a chain; whom a workflow adds goes on in its.
  const [byHand, byWorkflow, late] = [
    await contactWith(team),
    await contactWith(team),
    await contactWith(team),
  ];
  await joining(byHand.id);
  const { contact_stages } = await team.api.contactStages.list();
  await team.api.contacts.updateStages({
    contact_ids: [byWorkflow.id],
    contact_stage_id: contact_stages[1]?.id ?? "",
  });
  assert.deepEqual(await depthOf(byHand.id), [1, "done"]);
  assert.deepEqual(await depthOf(byWorkflow.id), [2, "done"]);
  // Once five have led to it, nothing more is set off.
  await team.api.joining.addContacts({
    id: sequence.id,
    contact_ids: [late.id],
    sequence_unverified_email: true,
    status: "paused",
    send_email_from_email_account_id: [box.id],
  });
  const lead = "update events set chain = $2 where type = 'enrollment.added' and data ->> 'contact_id' = $1";
  await asOwner(world, (client) => client.query(lead, [late.id, Array(5).fill(moved.id)]));
  await team.api.enrollments.resume({ id: sequence.id, contact_ids: [late.id] });
  assert.deepEqual(await depthOf(late.id), [6, "loop_stopped"]);
});
