// Test emails are what a contact would get: with files, counted links and ways to unsubscribe, of which none counts or has an effect.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { findTestsOnce } from "../../../engine/receiving/find-placement-tests.ts";
import { sendTestsOnce } from "../../../engine/sending/send-placement-tests.ts";
import { sweep } from "../../../engine/upkeep/sweep.ts";
import { MemoryMail, openImapMailbox } from "../../../testing/imap-mailbox.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { newSeed, openProvider, smtpOf } from "../../../testing/placement.ts";
import { newSendingMailbox } from "../../../testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../../testing/sequenced.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld({ role: "api", mailAllow: LOOPBACK });
const provider = await openProvider();
after(() => provider.close());

const LINKED = {
  subject: "For {{first_name}}",
  body_html: '<p>Hi <a href="https://norrland.example/plan?a=1&amp;b=2">the plan</a></p>',
};
const CHROME = { "user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/133.0.0.0 Safari/537.36" };

const visit = (path: string, method = "GET") => call(`${world.url}${path}`, { method, headers: CHROME });

const newSender = (team: Team, tracks: boolean) =>
  newSendingMailbox(team, provider.smtp, {
    smtp: smtpOf(provider),
    open_tracking: tracks,
    click_tracking: tracks,
  });

async function newFile(team: Team) {
  const content = Buffer.from("%PDF-1.7 offer").toString("base64");
  const wish = { file_name: "offer.pdf", content_type: "application/pdf", content };
  return (await team.api.attachments.create(wish)).attachment.id;
}

const rowsOf = (text: string, team: Team) =>
  asOwner(world, async (client) => (await client.query(text, [team.id])).rows.length);

/** Soft line breaks and the encoded equals sign undone. */
const plain = (raw: Buffer | null | undefined) => String(raw).replaceAll("=\r\n", "").replaceAll("=3D", "=");

function linksIn(mail: string) {
  const [, token = ""] = /\/o\/([\w-]+)\.gif/.exec(mail) ?? [];
  return {
    token,
    clicks: [...mail.matchAll(/href="[^"]*(\/c\/[\w-]+\/\d+)"/g)].map(([, path]) => path ?? ""),
  };
}

async function assertDressed(team: Team, mail: string) {
  assert.match(mail, /^List-Unsubscribe-Post:/im);
  assert.match(mail, /filename="?offer\.pdf/i);
  const { token, clicks } = linksIn(mail);
  assert.equal(clicks.length, 1);
  assert.doesNotMatch(mail, /href="https:\/\/norrland/, "only by the counted link");
  assert.match(mail, new RegExp(`<a href="[^"]*/u/${token}">Unsubscribe</a>`));

  const followed = await visit(clicks[0] ?? "");
  assert.deepEqual(
    [followed.status, followed.headers.get("location")],
    [302, "https://norrland.example/plan?a=1&b=2"],
  );
  assert.equal((await visit(`/o/${token}.gif`)).status, 200);
  assert.equal((await visit(`/c/${token}/2`)).status, 404);
  for (const method of ["GET", "POST"]) {
    const page = await visit(`/u/${token}`, method);
    assert.deepEqual([page.status, /This is a test email/.test(page.text)], [200, true]);
  }
  assert.equal(await rowsOf("select 1 from message_events where team_id = $1", team), 0);
  assert.equal(await rowsOf("select 1 from suppressions where team_id = $1", team), 0);
  const opened =
    "select 1 from contacts where team_id = $1 and (email_last_opened_at is not null or email_unsubscribed)";
  assert.equal(await rowsOf(opened, team), 0);
  return token;
}

test("a test to oneself is what the contact would get, and what is done in it counts for nobody", async () => {
  const team = await world.newTeam();
  await team.api.teams.update({ should_include_unsubscribe_link: true });
  const box = await openImapMailbox({ mail: new MemoryMail({ INBOX: null }) });
  provider.boxes.set(team.owner.email, { ...box, folder: "INBOX", results: "mx.example; none" });
  await newSender(team, true);
  await newContact(team, { first_name: "Ines" });
  const { id } = await newSequence(team, { emailer_steps: [MAIL_STEP] });
  const wish = { id, ...LINKED, attachment_ids: [await newFile(team)] };
  await team.api.rehearsals.sendTest(wish, { dryRun: true });
  assert.equal(await rowsOf("select 1 from test_links where team_id = $1", team), 0);
  await team.api.rehearsals.sendTest(wish);
  const token = await assertDressed(team, plain(await box.mail.get("INBOX", 1)));

  world.advance({ hours: 24 * 8 });
  await sweep(world.running.app);
  assert.equal((await visit(`/u/${token}`)).status, 404, "after a week the links are gone");
});

test("a mailbox that counts nothing sends a test whose links are as they were written", async () => {
  const team = await world.newTeam();
  const box = await openImapMailbox({ mail: new MemoryMail({ INBOX: null }) });
  provider.boxes.set(team.owner.email, { ...box, folder: "INBOX", results: "mx.example; none" });
  await newSender(team, false);
  const { id } = await newSequence(team, { emailer_steps: [MAIL_STEP] });
  await team.api.rehearsals.sendTest({ id, ...LINKED });
  const mail = plain(await box.mail.get("INBOX", 1));
  assert.match(mail, /norrland\.example\/plan\?/);
  assert.doesNotMatch(mail, /\/c\/|\.gif/);
});

test("the email of a step goes to seed mailboxes with its files, counted links and unsubscribe line", async () => {
  const team = await world.newTeam();
  await team.api.teams.update({ should_include_unsubscribe_link: true });
  const seed = await newSeed(team, provider, "as-sent@gmail.com");
  const sender = await newSender(team, true);
  const step = {
    ...MAIL_STEP,
    emailer_touches: [{ emailer_template: LINKED, attachment_ids: [await newFile(team)] }],
  };
  const { id } = await newSequence(team, { emailer_steps: [step] });
  const { emailer_touches } = await team.api.sequences.show({ id });
  const emailer_touch_id = emailer_touches[0]?.id ?? "";
  await team.api.placementTests.start({ email_account_id: sender.id, emailer_touch_id });
  const fence = { leave: null, seen: 0, isOpen: true, hasSent: false };
  await sendTestsOnce({ app: world.running.app, fence });
  await assertDressed(team, plain(await provider.boxes.get(seed.email)?.mail.get("INBOX", 1)));
  world.advance({ seconds: 6 });
  await findTestsOnce({ app: world.running.app });
  const { placement_tests } = await team.api.placementTests.list({ email_account_id: sender.id });
  assert.equal(placement_tests[0]?.counts.inbox, 1);
});
