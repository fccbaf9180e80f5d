// What becomes of emails while a brake holds them, and when it ends.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "../../../db/connect.ts";
import { planOnce } from "../../../engine/planning/plan-steps.ts";
import { watchBrakesOnce } from "../../../engine/upkeep/watch-brakes.ts";
import { gatedMails, type StandingMail } from "../../../testing/gated/mails.ts";
import { SCENARIOS } from "../../../testing/gated/scenarios.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { plantMessage } from "../../../testing/planted.ts";
import { useWitness } from "../../../testing/sending.ts";
import { newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { useWorld } from "../../../testing/world.ts";
import { wakeBraked } from "./store.ts";

const world = useWorld({ mailAllow: LOOPBACK });
const witness = useWitness();
const mails = () => gatedMails(world, witness);

/** The email of a sequence whose mailbox and team are paused by their brakes; it was judged once. */
async function heldMail() {
  const team = await world.newTeam();
  const mail = await mails().stand(team, "sequence", SCENARIOS["brake:mailbox"]);
  await SCENARIOS["brake:mailbox"].stop(mail);
  assert.equal(await mails().claim(mail), null);
  return mail;
}

async function stateOf({ sql, enrollmentId }: StandingMail) {
  const { rows } = await sql(
    `select m.id, m.hold_code, extract(epoch from m.next_check_at - now())::int as waits,
            (select count(*) from row_history h where h.team_id = m.team_id and h.subject_id = m.id)::int as kept
       from messages m where m.enrollment_id = $1`,
    [enrollmentId],
  );
  return rows[0] as { id: string; hold_code: string; waits: number; kept: number };
}

/** As if the time of its next look had come. */
async function judgeAgain(mail: StandingMail) {
  await mail.sql("update messages set is_queued = true where enrollment_id = $1 and delivery = 'planned'", [
    mail.enrollmentId,
  ]);
  assert.equal(await mails().claim(mail), null);
}

const brakeOf = async ({ team }: StandingMail, scope: string) =>
  (await team.api.brakes.list()).brakes.find((one) => one.scope === scope)?.id ?? "";

test("an email that a brake holds is looked at again after an hour, and an unchanged hold leaves no history", async () => {
  const mail = await heldMail();
  const first = await stateOf(mail);
  assert.equal(first.hold_code, "brake:mailbox");
  assert.ok(first.waits > 50 * 60, `${first.waits} seconds`);
  const { today } = await mail.team.api.today.show();
  assert.deepEqual(
    today.held.map(({ code, contacts, emailer_campaign_id }) => [code, contacts, emailer_campaign_id]),
    [["brake:mailbox", 1, mail.sequenceId]],
  );
  for (const _ of [1, 2, 3]) await judgeAgain(mail);
  assert.equal((await stateOf(mail)).kept, first.kept);
});

test("a brake that is lifted wakes the emails that waited for it, and what holds them then says so", async () => {
  const mail = await heldMail();
  await mail.team.api.brakes.lift({ id: await brakeOf(mail, "team") });
  assert.ok((await stateOf(mail)).waits > 0, "its mailbox is paused still");
  await mail.team.api.brakes.lift({ id: await brakeOf(mail, "mailbox") });
  assert.ok((await stateOf(mail)).waits <= 0);
  await planOnce(world.running);
  assert.ok(await mails().claim(mail));
});

test("a brake that ends by itself, or becomes a pause, wakes the emails that waited for it", async () => {
  const mail = await heldMail();
  await mail.sql("update brakes set level = 'first_steps' where team_id = $1", [mail.team.id]);
  await mail.sql("delete from brake_looks", []);
  await watchBrakesOnce({ app: world.running.app });
  assert.ok((await stateOf(mail)).waits <= 0, "raised");
  await judgeAgain(mail);
  assert.ok((await stateOf(mail)).waits > 0);
  await mail.team.api.brakes.update({ rules: [{ cause: "bounces", enabled: false }] });
  await watchBrakesOnce({ app: world.running.app });
  assert.ok((await stateOf(mail)).waits <= 0, "ended");
});

test("the emails to wake are found by an index that holds no others", async () => {
  const mail = await heldMail();
  const { app } = world.running;
  await asOwner(world, async (client) => {
    await client.query(
      `insert into messages (team_id, id, type, delivery, due_at, next_check_at, hold_code, hold_evidence, created_at, updated_at)
       select $1, new_ident(), 'outreach_automatic_email', 'planned', now(), now() + interval '1 day', 'outside_window', '{}', now(), now()
         from generate_series(1, 20000)`,
      [mail.team.id],
    );
    await client.query("analyze messages");
  });
  const plan = await app.db.inTeam(mail.team.id, async (db) => {
    const lines: Record<string, string>[] = [];
    const run: Pick<Db, "run"> = {
      run: async (sql, values) =>
        lines.push(...(await db.rows<Record<string, string>>(`explain ${sql}`, values))),
    };
    await wakeBraked(run as Db, mail.team.id, [await brakeOf(mail, "mailbox")]);
    return lines;
  });
  assert.match(plan.map((line) => Object.values(line).join()).join("\n"), /messages_held_by_brakes/);
});

test("a mailbox that is connected again for another user keeps the brake and the figures of its address", async () => {
  const team = await world.newTeam();
  const email = `ines${Math.random()}@norrland.example`;
  const { id: before } = await newMailbox(team, { email });
  const sequence = await newSequence(team);
  const sent = (mailbox_id: string, emails: number, bounced: number) =>
    Promise.all(
      Array.from({ length: emails }, (_, n) =>
        plantMessage(world, team, sequence.id, {
          mailbox_id,
          completed_at: world.running.app.now().subtract({ hours: 5 }).toString(),
          has_bounced: n < bounced,
        }),
      ),
    );
  await sent(before, 40, 6);
  await team.api.emailAccounts.disconnect({ id: before });
  const { invitation_url } = await team.api.users.invite({ email: `kari${Math.random()}@example.no` });
  const password = "a long sentence is a good password";
  const token = (invitation_url ?? "").split("#")[1] ?? "";
  const { user } = await world.client().invitations.accept({ token, name: "Kari Lund", password });
  const { id: after } = await newMailbox(team, { email, user_id: user.id });
  assert.notEqual(after, before);
  await sent(after, 20, 6);

  await asOwner(world, (client) => client.query("delete from brake_looks"));
  await watchBrakesOnce({ app: world.running.app });
  const ofMailboxes = async () =>
    (await team.api.brakes.list()).brakes.filter(({ scope }) => scope === "mailbox");
  const [brake] = await ofMailboxes();
  assert.deepEqual([brake?.subject_id, brake?.emails, brake?.count], [after, 60, 12]);

  // Set while the former user had it, it holds for the next one.
  await asOwner(world, (client) =>
    client.query("update brakes set subject_id = $2 where id = $1", [brake?.id, before]),
  );
  const { standings } = await team.api.emailAccounts.standings();
  assert.ok(
    standings
      .find((one) => one.email_account_id === after)
      ?.held_by.some(({ code }) => code === "brake:mailbox"),
  );
  assert.deepEqual(
    (await ofMailboxes()).map(({ subject_id, name }) => [subject_id, name]),
    [[after, email]],
  );
  await asOwner(world, (client) => client.query("delete from brake_looks"));
  await watchBrakesOnce({ app: world.running.app });
  assert.equal((await ofMailboxes()).length, 1, "it is not set twice");
});
