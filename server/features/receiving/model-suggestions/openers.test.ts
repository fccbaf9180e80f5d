// Openers: drafted, looked at by a person, and sent only then.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { connectModel, openModel, says } from "../../../testing/model-peer.ts";
import { alwaysOpen, newSendingMailbox, until, useWitness } from "../../../testing/sending.ts";
import { MAIL_STEP, newContacts, newSequence, type Touch } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const witness = useWitness();
const peer = await openModel();
after(() => peer.close());
const world = useWorld({ engineLoops: 4, mailAllow: LOOPBACK, webhookAllow: LOOPBACK });

const BODY = "<p>{{personalized_opener}}</p><p>Hello {{first_name}}</p>";

async function arranged(touch: Partial<Touch> = {}, { count = 1, drafts = true } = {}) {
  peer.answer = says({ opener: "Fish & turbines: no small thing." });
  peer.asked.length = 0;
  const team = await world.newTeam();
  if (drafts) await connectModel(team, peer, { drafts_openers: true });
  const mail = {
    status: "approved" as const,
    emailer_template: { subject: "Hello", body_html: BODY },
    ...touch,
  };
  const { id: sequence } = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [{ ...MAIL_STEP, emailer_touches: [mail] }],
  });
  const box = await newSendingMailbox(team, witness, { email_daily_threshold: 100 });
  await newContacts(team, count, { title: "Buyer" });
  const { copilot } = await team.api.copilots.create({
    name: "Buyers",
    filters: { q_title: "buyer" },
    per_day: 50,
    emailer_campaign_id: sequence,
    email_account_ids: [box.id],
  });
  const { proposals } = await team.api.copilots.propose({ id: copilot.id });
  return { team, sequence, id: copilot.id, proposals, proposal: proposals[0]?.id as string };
}

const openerOf = async (team: Team, id: string, state: "proposed" | "approved" = "proposed") =>
  (await team.api.copilots.proposals({ id, state })).proposals[0]?.opener ?? null;

const drafted = (team: Team, id: string) =>
  until(async () => {
    const opener = await openerOf(team, id);
    return opener?.state === "suggested" && opener;
  });

const sentTo = (team: Team) =>
  until(() =>
    asOwner(world, async (client) => {
      const { rows } = await client.query(
        "select body_text, body_html from messages where team_id = $1 and delivery = 'sent'",
        [team.id],
      );
      return rows[0] as { body_text: string; body_html: string } | undefined;
    }),
  );

test("one is drafted in the background, accepted by a person, and stands in the mail as text", async () => {
  const { team, id, proposal } = await arranged();
  const opener = await drafted(team, id);
  assert.deepEqual(
    [opener.text, opener.draft, opener.model, opener.prompt, opener.prompt_tokens, opener.completion_tokens],
    [
      ...["Fish & turbines: no small thing.", "Fish & turbines: no small thing."],
      ...["small-1", "opener-1", 210, 25],
    ],
  );
  assert.ok(opener.answered_at);
  const wish = { id, proposal_id: proposal, decision: "accept" as const };
  const { proposals } = await team.api.copilots.decideOpener(wish);
  assert.deepEqual(
    [proposals[0]?.opener?.state, proposals[0]?.opener?.decided_by_user_id],
    ["accepted", team.owner.id],
  );
  await team.api.copilots.approve({ id, proposal_ids: [proposal] });
  const { body_text, body_html } = await sentTo(team);
  assert.match(body_text, /^Fish & turbines: no small thing\.\s+Hello/);
  assert.match(body_html, /Fish &amp; turbines/);
  assert.equal(peer.asked.length, 1);
});

test("an opener that no user accepted is not sent: the mail goes without one", async () => {
  const { team, id, proposal } = await arranged();
  await drafted(team, id);
  await team.api.copilots.approve({ id, proposal_ids: [proposal] });
  assert.match((await sentTo(team)).body_text, /^Hello/);
});

test("what was dropped is not sent, and what a person wrote instead is", async () => {
  const { team, id, proposals } = await arranged({ generic_personalized_opener: "Good day." }, { count: 2 });
  const [first, second] = proposals.map((one) => one.id) as [string, string];
  await drafted(team, id);
  await until(async () => {
    const { proposals: now } = await team.api.copilots.proposals({ id });
    return now.every(({ opener }) => opener?.state === "suggested");
  });
  await team.api.copilots.decideOpener({ id, proposal_id: first, decision: "drop" });
  const text = "You run the plant in Luleå.";
  const { proposals: edited } = await team.api.copilots.decideOpener({
    id,
    proposal_id: second,
    decision: "accept",
    text,
  });
  assert.deepEqual(
    [edited[0]?.opener?.text, edited[0]?.opener?.draft],
    [text, "Fish & turbines: no small thing."],
  );
  await team.api.copilots.approve({ id, proposal_ids: [first, second] });
  const bodies = await until(() =>
    asOwner(world, async (client) => {
      const { rows } = await client.query(
        "select body_text from messages where team_id = $1 and delivery = 'sent' order by body_text",
        [team.id],
      );
      return rows.length === 2 && rows.map((row) => String(row.body_text).split("\n")[0]);
    }),
  );
  assert.deepEqual(bodies, ["Good day.", text]);
});

test("a mail that must have one and has none accepted is not sent, and says why", async () => {
  const touch = { has_personalized_opener: true, personalized_opener_fallback_option: "skip_email" };
  const { team, sequence, id, proposal } = await arranged(touch);
  await drafted(team, id);
  await team.api.copilots.approve({ id, proposal_ids: [proposal] });
  const reason = await until(() =>
    asOwner(world, async (client) => {
      const { rows } = await client.query(
        "select not_sent_reason from messages where sequence_id = $1 and delivery = 'failed'",
        [sequence],
      );
      return rows[0]?.not_sent_reason as string | undefined;
    }),
  );
  assert.equal(reason, "personalized_opener_missing");
});

test("also a person's own words are one line of plain text, and need no model", async () => {
  const { team, id, proposal } = await arranged({}, { drafts: false });
  const accept = (text?: string) =>
    team.api.copilots.decideOpener({ id, proposal_id: proposal, decision: "accept", ...(text && { text }) });
  assert.equal((await refused(accept())).code, "suggestion_not_ready");
  for (const text of ["Hi {{first_name}}", "See https://evil.example", "a\nb", "<b>x</b>"])
    assert.equal((await refused(accept(text))).code, "opener_unfit", text);
  assert.equal((await accept("You run the plant in Luleå.")).proposals[0]?.opener?.state, "accepted");
  const again = { id, proposal_id: proposal, decision: "draft_again" as const };
  assert.equal((await refused(team.api.copilots.decideOpener(again))).code, "no_language_model");
  await team.api.copilots.reject({ id, proposal_ids: [proposal] });
  const drop = { id, proposal_id: proposal, decision: "drop" as const };
  assert.equal((await refused(team.api.copilots.decideOpener(drop))).code, "copilot_decided");
});

test("an opener belongs to the proposal it was written for, and not to a contact who is added otherwise", async () => {
  const { team, id, sequence, proposals, proposal } = await arranged();
  await drafted(team, id);
  await team.api.copilots.decideOpener({ id, proposal_id: proposal, decision: "accept" });
  const box = (await team.api.emailAccounts.list()).email_accounts[0]?.id as string;
  await team.api.joining.addContacts({
    id: sequence,
    contact_ids: [proposals[0]?.contact.id as string],
    send_email_from_email_account_id: [box],
  });
  assert.match((await sentTo(team)).body_text, /^Hello/);
});
