// A test email of a mailbox: it reaches the caller, from that mailbox, and nobody else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { newSendingMailbox, useWitness } from "../../../testing/sending.ts";
import { type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
const witness = useWitness();
const world = useWorld({ mailAllow: LOOPBACK }, async (opened) => {
  team = await opened.newTeam();
});

test("a mailbox sends a test email to the caller only, it counts nowhere, and history says so", async () => {
  const { id, email } = await newSendingMailbox(team, witness);
  await team.api.emailAccounts.sendTest({ id }, { dryRun: true });
  assert.equal(witness.lines().length, 0, "a dry run sends nothing");
  const { test: sent } = await team.api.emailAccounts.sendTest({ id });
  assert.deepEqual(sent, {
    email_account: { id, email },
    to: team.owner.email,
    subject: `Test email from ${email}`,
  });
  const [line] = await witness.waitFor(1);
  assert.match(JSON.stringify(line), new RegExp(team.owner.email));
  assert.deepEqual((await team.api.emailerMessages.search({})).emailer_messages, []);
  const { standings } = await team.api.emailAccounts.standings({});
  assert.equal(standings.find((one) => one.email_account_id === id)?.sent_last_30_days, 0);
  const { audit_log: told } = await team.api.auditLog.list({ subject_id: id });
  assert.ok(
    told.some(({ sentence }) => sentence.endsWith(`sent a test email from ${email} to ${team.owner.email}`)),
  );
});

test("a member sends none from another user's mailbox, nor anybody from one that is disconnected", async () => {
  const { id } = await newSendingMailbox(team, witness);
  const { invitation_url } = await team.api.users.invite({ email: "frida@people.example.no" });
  const password = "a password long enough";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Frida", password });
  const member = await world.signIn("frida@people.example.no", password);
  await assert.rejects(member.api.emailAccounts.sendTest({ id }), { code: "mail_sender_not_permitted" });
  await team.api.emailAccounts.disconnect({ id });
  await assert.rejects(team.api.emailAccounts.sendTest({ id }), { status: 422 });
});
