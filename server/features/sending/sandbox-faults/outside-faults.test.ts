// What goes wrong between a sandbox and what is around it: inboxes, receivers of webhooks, providers of data.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { json, openProvider } from "../../../testing/provider-peer.ts";
import { inSandbox } from "../../../testing/sandboxed.ts";
import { alwaysOpen, until } from "../../../testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const peer = await openProvider();
after(() => peer.close());
const world = useWorld(await inSandbox());

type Happened = { happened: { type: string; count: number }[] };
const countOf = ({ happened }: Happened, type: string) =>
  happened.find((one) => one.type === type)?.count ?? 0;

/** A contact who answers an hour after the first email. */
async function answering(team: Team) {
  const { api } = team;
  const mailbox = (await api.emailAccounts.create({ email: "me@sender.example", type: "catcher" }))
    .email_account;
  const sequence = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [MAIL_STEP],
  });
  await api.sandbox.setProspects({
    prospects: [{ does: "reply", after: "PT1H", text: "Hélène here: yes, please call me tomorrow." }],
  });
  await api.joining.addContacts({
    id: sequence.id,
    contact_ids: [await newContact(team, { email: "helene@kunde.example" })],
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
  });
}

const timesLeft = async ({ api }: Team) => (await api.sandbox.faults()).faults.map(({ times }) => times);

test("an inbox that hangs up twice is read later, and the reply counts once", async () => {
  const team = await world.newTeam();
  await answering(team);
  await team.api.sandbox.setFaults({ faults: [{ on: "imap", does: "drop", times: 2 }] });
  assert.equal(countOf(await team.api.sandbox.advance({ days: 1 }), "message.replied"), 1);
  assert.deepEqual(await timesLeft(team), [0]);
});

test("a reply whose bytes are no UTF-8 is read, and so is one that comes slowly", async () => {
  for (const does of ["bad_utf8", "slow"] as const) {
    const team = await world.newTeam();
    await answering(team);
    await team.api.sandbox.setFaults({ faults: [{ on: "imap", does, latency_ms: 20 }] });
    assert.equal(countOf(await team.api.sandbox.advance({ days: 1 }), "message.replied"), 1, does);
    const { incoming_mails } = await team.api.incomingMails.list();
    assert.match(
      incoming_mails[0]?.body_text ?? "",
      does === "slow" ? /Hélène here: yes/ : /h.r.: y.s/,
      does,
    );
  }
});

/** What arrives at a receiver that is told of new contacts: ids and bodies, in their order. */
async function received(team: Team) {
  peer.answer = json({});
  await team.api.webhookSubscriptions.create({ url: `${peer.url}/${team.id}`, types: ["contact.created"] });
  return () =>
    peer.asked
      .filter(({ path }) => path === `/${team.id}`)
      .map(({ headers, body }) => ({ id: headers["webhook-id"], body: JSON.stringify(body) }));
}

test("a webhook that is lost is sent again, and one that is doubled has one id", async () => {
  const team = await world.newTeam();
  const arrivals = await received(team);
  await team.api.sandbox.setFaults({
    faults: [
      { on: "webhook", does: "lost", type: "contact.created", times: 1 },
      { on: "webhook", does: "doubled", times: 1 },
      { on: "webhook", does: "lost", type: "task.created" },
    ],
  });
  await newContact(team, { first_name: "Ines", email: "ines@kunde.example" });
  await until(async () => (await timesLeft(team))[0] === 0);
  assert.deepEqual(arrivals(), [], "it was lost");
  await team.api.sandbox.advance({ minutes: 1 });
  const [one, other, ...more] = arrivals();
  assert.deepEqual([one?.id === other?.id, one?.id !== undefined, more], [true, true, []]);
  await newContact(team, { first_name: "Ola", email: "ola@kunde.example" });
  await until(async () => arrivals().length === 3); // nothing is wrong any more
});

test("a webhook that is out of order comes after the next one, and once", async () => {
  const team = await world.newTeam();
  const arrivals = await received(team);
  await team.api.sandbox.setFaults({ faults: [{ on: "webhook", does: "out_of_order", times: 1 }] });
  const first = await newContact(team, { first_name: "First", email: "first@kunde.example" });
  await until(async () => (await timesLeft(team))[0] === 0);
  const second = await newContact(team, { first_name: "Second", email: "second@kunde.example" });
  await until(async () => arrivals().length === 1);
  await team.api.sandbox.advance({ hours: 1 });
  const [one, other, ...more] = arrivals().map(({ body }) => body);
  assert.deepEqual([one?.includes(second), other?.includes(first), more], [true, true, []]);
});

test("an advance ends once webhooks have left and events are in the feed, however long a transaction before them takes", async () => {
  const team = await world.newTeam();
  const arrivals = await received(team);
  const { is_done, clock } = await asOwner(world, async (client) => {
    await client.query("begin");
    await client.query("select pg_current_xact_id()"); // readers of events wait for what began before them
    const id = await newContact(team, { first_name: "Ines", email: "ines@kunde.example" });
    const moved = await team.api.sandbox.advance({ minutes: 1, wait_seconds: 2 });
    assert.deepEqual([arrivals(), (await feedOf(team)).includes(id)], [[], false]);
    await client.query("commit");
    return moved;
  });
  assert.deepEqual([is_done, clock.state], [false, "advancing"]);
  await until(async () => (await team.api.sandbox.clock()).clock.state === "stopped");
  assert.equal(arrivals().length, 1);
  assert.match(await feedOf(team), /contact.created/);
});

const feedOf = async (team: Team) => JSON.stringify(await team.api.events.list({}));

test("a provider refuses, loses an answer, and answers", async () => {
  const team = await world.newTeam();
  const { api } = team;
  peer.asked.length = 0;
  peer.answer = json({
    person: { id: "theirs", first_name: "Per", last_name: "Lund", title: "Buyer", email: "per@fjord.no" },
  });
  await api.enrichmentProviders.create({
    name: "Data",
    kind: "apollo",
    base_url: peer.url,
    provider_key: "key",
    retries: 0,
  });
  await api.sandbox.setFaults({
    faults: [
      { on: "provider", provider: "Other", status: 500 },
      { on: "provider", provider: "Data", status: 503, times: 1 },
      { on: "provider", lost: true, times: 1 },
    ],
  });
  const look = async () => (await api.people.match({ email: "per@fjord.no" })).person?.first_name ?? null;
  const asked = () => peer.asked.length;
  assert.deepEqual([await look(), asked()], [null, 0]);
  await api.sandbox.advance({ days: 1 }); // it asked us to wait
  assert.deepEqual([await look(), asked()], [null, 1]);
  await api.sandbox.advance({ days: 1 });
  assert.deepEqual([await look(), asked()], ["Per", 2]);
});

test("what happens now and then happens at the same calls again, and at others with another seed", async () => {
  const { api } = await world.newTeam();
  const run = async (seed: number) => {
    await api.sandbox.setFaults({ faults: [{ on: "api", path: "/labels", status: 500, share: 40, seed }] });
    const refused: boolean[] = [];
    for (let n = 0; n < 40; n++)
      refused.push(
        await api.labels.list().then(
          () => false,
          () => true,
        ),
      );
    return refused;
  };
  const first = await run(1);
  const count = first.filter(Boolean).length;
  assert.ok(count > 5 && count < 30, `${count} of 40`);
  assert.deepEqual(await run(1), first);
  assert.notDeepEqual(await run(2), first);
});
