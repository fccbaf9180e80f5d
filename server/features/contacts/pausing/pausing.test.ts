// A pause that was asked for by the link in a mail follows the address: to every contact who is merged with it, created
// with it or given it, even at that very moment. It can be undone for all of them, a few times.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { actFor } from "../../../engine/running/act-for.ts";
import { feedSettles } from "../../../testing/feed.ts";
import { countWaiting, stayOpen } from "../../../testing/held-open.ts";
import { mailed } from "../../../testing/mails.ts";
import { until } from "../../../testing/sending.ts";
import { newContact } from "../../../testing/sequenced.ts";
import { asOwner, call, rowCounts } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { findByToken } from "../../receiving/tokens-in-mails/store.ts";
import { pauseNewcomersWithin } from "../../receiving/unsubscribing/newcomers.ts";
import { changeContacts, makeContacts } from "../../saving/contact-writing/commands.ts";

const world = useWorld();
let team: Team;
beforeEach(async () => {
  team = await world.newTeam();
});

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const choose = (token: string, choice: string) =>
  call(`${world.url}/u/${token}`, { method: "POST", headers: FORM, body: `choice=${choice}` });
const look = async (token: string) => (await call(`${world.url}/u/${token}`)).text;
const endOf = async (id: string) => (await team.api.contacts.get({ id })).contact.paused_until;

test("a contact merged with a paused one goes on when the pause is undone", async () => {
  const { token, contactId } = await mailed(world, team);
  await choose(token, "pause");
  const ends = await endOf(contactId);
  const winner = await newContact(team, { email: "winner@pausing.example" });
  await team.api.contacts.merge({ winner_id: winner, loser_ids: [contactId] });
  assert.equal(await endOf(winner), ends);
  assert.match((await choose(token, "back")).text, /You are subscribed again/);
  assert.equal(await endOf(winner), null);
});

test("a contact who was given the address meanwhile goes on too", async () => {
  const { token, contactId, email } = await mailed(world, team);
  await choose(token, "pause");
  const twin = await newContact(team, { email });
  assert.equal(await endOf(twin), await endOf(contactId));
  await feedSettles(world);
  const { audit_log: told } = await team.api.auditLog.list({ subject_id: twin });
  assert.deepEqual(
    told
      .filter(({ type }) => type === "contact.paused")
      .map(({ sentence }) => /another contact with the same address/.test(sentence)),
    [true],
  );
  await choose(token, "back");
  assert.deepEqual([await endOf(contactId), await endOf(twin)], [null, null]);
});

test("the address is also found among a contact's further ones", async () => {
  const { token, contactId, email } = await mailed(world, team);
  await choose(token, "pause");
  const ends = await endOf(contactId);
  const other = await newContact(team, { email: "first@pausing.example" });
  await team.api.contacts.update({ id: other, email });
  assert.equal(await endOf(other), ends, "given it");
  const winner = await newContact(team, { email: "kept@pausing.example" });
  await team.api.contacts.merge({ winner_id: winner, loser_ids: [contactId, other] });
  const { contact } = await team.api.contacts.get({ id: winner });
  assert.equal(contact.email, "kept@pausing.example");
  assert.ok(contact.contact_emails.some((one) => one.email === email));
  assert.equal(await endOf(await newContact(team, { email })), ends, "a further address of whoever asked");
});

/** Creates a contact with the address, in a transaction that stays open until it is released. */
async function beingMade(email: string) {
  let made = "";
  const whose = { teamId: team.id, userId: team.owner.id, cause: "engine" };
  const { release } = await stayOpen((untilReleased) =>
    actFor(world.running.app, whose, async (act) => {
      const [contact] = await makeContacts(act, [{ email, firstName: "Ines" }], "api");
      made = contact?.id ?? "";
      await untilReleased();
    }),
  );
  return { id: made, release };
}

test("a contact who is being created with the address at that moment is paused too, and no reader waits for an import", async () => {
  const { token, contactId, email } = await mailed(world, team);
  const batch = await beingMade(email); // open until it is released below: an answer that waited for it would never come
  assert.match((await choose(token, "pause")).text, /Emails are paused until/);
  assert.notEqual(await endOf(contactId), null);
  assert.equal(await endOf(await newContact(team, { email })), await endOf(contactId));
  await batch.release();
  await until(async () => (await endOf(batch.id)) === (await endOf(contactId)));
});

test("a contact who is being created is still watched for once the reader no longer waits, for several readers at once", async () => {
  const readers = [await mailed(world, team), await mailed(world, team)];
  const batches: Awaited<ReturnType<typeof beingMade>>[] = [];
  for (const { email } of readers) batches.push(await beingMade(email));
  await Promise.all(readers.map(({ token }) => choose(token, "pause")));
  await until(async () => {
    const sql = `select state from pgboss.job where name = 'pause-newcomers' and data ->> 'teamId' = $1`;
    const { rows } = await asOwner(world, (client) => client.query<{ state: string }>(sql, [team.id]));
    return rows.length === 2 && rows.every(({ state }) => state === "active");
  });
  for (const batch of batches) await batch.release();
  for (const { id } of batches) await until(async () => (await endOf(id)) !== null);
});

test("a reader whose own row is being imported keeps no other reader, and no mail, waiting", async () => {
  const { token, contactId } = await mailed(world, team);
  const other = await mailed(world, team);
  const importing = await held(contactId);
  const asking = choose(token, "pause");
  await until(async () => (await waiting()) > 0);
  assert.match((await choose(other.token, "all")).text, /You are unsubscribed/);
  await importing.release();
  assert.match((await asking).text, /Emails are paused until/);
});

test("while a reader's pause sees to newcomers, mails go out and others are made", async () => {
  const { token, email } = await mailed(world, team);
  const batch = await beingMade(email); // open until it is released below: an answer that waited for it would never come
  const other = await mailed(world, team);
  const asking = choose(token, "pause");
  const lock = "select hashtextextended('suppressions ' || $1::text, 0) as key";
  const isFree = async () =>
    asOwner(world, async (client) => {
      const { rows } = await client.query<{ key: string }>(lock, [team.id]);
      const free = await client.query("select pg_try_advisory_xact_lock($1) as free", [rows[0]?.key]);
      return free.rows[0].free as boolean;
    });
  await until(async () => (await endOfOwner()) !== null && (await isFree()));
  assert.match((await choose(other.token, "all")).text, /You are unsubscribed/, "another reader of the team");
  await newContact(team, { email: "meanwhile@pausing.example" });
  await batch.release();
  await asking;
  await until(async () => (await endOf(batch.id)) !== null);

  function endOfOwner() {
    return asOwner(world, async (client) => {
      const sql =
        "select paused_until from contacts where team_id = $1 and email = $2 and paused_until is not null";
      return (await client.query(sql, [team.id, email])).rows[0] ?? null;
    });
  }
});

test("a pause that is taken back before newcomers are there leaves them alone", async () => {
  const { token, email } = await mailed(world, team);
  const batch = await beingMade(email); // open until it is released below: an answer that waited for it would never come
  await choose(token, "pause");
  await choose(token, "back");
  await batch.release();
  await until(async () =>
    asOwner(world, async (client) => {
      const sql = "select 1 from pgboss.job where name = 'pause-newcomers' and state <> 'completed'";
      return (await client.query(sql)).rowCount === 0;
    }),
  );
  assert.equal(await endOf(batch.id), null);
});

test("a pause that is taken back while contacts are still looked for is not set again", async () => {
  const { token, contactId } = await mailed(world, team);
  await choose(token, "pause");
  const row = await held(contactId);
  const back = choose(token, "back");
  await until(async () => (await waiting()) === 1);
  const looking = pauseNewcomersWithin(world.running.app, await mailOf(token), 60_000);
  await until(async () => (await waiting()) === 2);
  await row.release();
  assert.match((await back).text, /You are subscribed again/);
  await looking;
  assert.equal(await endOf(contactId), null);
});

test("a contact who was created with the pause goes on when it is taken back at that very moment", async () => {
  const { token, contactId, email } = await mailed(world, team);
  await choose(token, "pause");
  const batch = await beingMade(email); // has the pause, and is not visible to what takes it back
  assert.match((await choose(token, "back")).text, /You are subscribed again/);
  assert.equal(await endOf(contactId), null);
  await batch.release();
  await until(async () => (await endOf(batch.id)) === null);
});

/** Holds the row of a contact, as an import does. */
function held(id: string) {
  const whose = { teamId: team.id, userId: team.owner.id, cause: "engine" };
  return stayOpen((untilReleased) =>
    actFor(world.running.app, whose, async (act) => {
      await changeContacts(act, [{ id, wish: { title: "Buyer" } }]);
      await untilReleased();
    }),
  );
}

const waiting = () => countWaiting(world);

async function mailOf(token: string) {
  const found = await world.running.app.db.inTransaction((db) => findByToken(db, token));
  assert.ok(found);
  return found;
}

for (const [stop, isOut] of [
  ["pause", /Emails are paused until/],
  ["all", /You are unsubscribed/],
] as const)
  test(`${stop} is taken back three times by one mail, and no link fills the tables`, async () => {
    const { token } = await mailed(world, team);
    for (let n = 0; n < 3; n++) {
      await choose(token, stop);
      assert.match(await look(token), /Undo my choice/);
      assert.match((await choose(token, "back")).text, /You are subscribed again/);
    }
    assert.match((await choose(token, stop)).text, isOut, "stopping is never refused");
    const written = async () => {
      const { message_events, events, suppressions } = await rowCounts(world);
      return { message_events, events, suppressions };
    };
    const before = await written();
    assert.doesNotMatch(await look(token), /Undo my choice/);
    for (let n = 0; n < 5; n++) {
      const { text } = await choose(token, "back");
      assert.match(text, /cannot undo/);
      assert.match(text, stop === "pause" ? /Emails of .* are paused until/ : /You stay unsubscribed/);
      await choose(token, stop);
    }
    assert.deepEqual(await written(), before);
    assert.match(await look(token), isOut);
  });

test("the end of a pause is an instant, however it is written", async () => {
  const id = await newContact(team);
  const cases = [
    ["2031-05-01T10:00:00.123456+02:00", "2031-05-01T08:00:00.123Z"],
    ["2031-05-01T10:00:00.123456789Z", "2031-05-01T10:00:00.123Z"],
    ["2031-05-01T10:00:00-11:30", "2031-05-01T21:30:00.000Z"],
  ] as const;
  for (const [said, kept] of cases) {
    const { contact } = await team.api.contacts.update({ id, paused_until: said });
    assert.equal(contact.paused_until, kept, said);
    const again = await team.api.contacts.update({ id, paused_until: said });
    assert.equal(again.contact.updated_at, contact.updated_at, `${said} twice changes nothing`);
  }
  assert.equal(
    (await team.api.contacts.update({ id, paused_until: "2001-01-01T00:00:00Z" })).contact.paused_until,
    null,
    "what is over is no pause",
  );
});
