// The unsubscribe link: opening it changes nothing, posting does, and the reader needs no key, cookie or script for
// it.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { mailed } from "../../../testing/mails.ts";
import { atOnce, memberOf } from "../../../testing/members.ts";
import { plantEnrollment } from "../../../testing/planted.ts";
import { type JoiningWish, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner, call, rowCounts, sendRaw, statusesIn } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let stranger: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Strangers");
});

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const ONE_CLICK = "List-Unsubscribe=One-Click";

function at(token: string) {
  return `${world.url}/u/${token}`;
}

function post(token: string, body?: string | Uint8Array, headers: Record<string, string> = FORM) {
  return call(at(token), { method: "POST", headers, ...(body !== undefined && { body: body as string }) });
}

async function isOut(contactId: string) {
  return (await team.api.contacts.get({ id: contactId })).contact.email_unsubscribed === true;
}

function rowsOf(table: string, messageId: string) {
  const column = table === "events" ? "subject_id" : "message_id";
  return asOwner(world, async (client) => {
    const { rows } = await client.query(`select * from ${table} where ${column} = $1`, [messageId]);
    return rows as Record<string, unknown>[];
  });
}

test("the page says who writes and to whom, makes no request to another site, and sends no referrer", async () => {
  const { token, email } = await mailed(world, team);
  const { status, headers, text } = await call(at(token));
  assert.equal(status, 200);
  assert.match(text, /Ole Dahl of Norrland Kraft sends email to r…@readers\.example/);
  assert.match(text, /Unsubscribe from this series only/);
  assert.ok(!text.includes(email));
  assert.doesNotMatch(text, /<script|src=|href=|http/);
  assert.match(headers.get("content-type") ?? "", /^text\/html/);
  assert.equal(headers.get("referrer-policy"), "no-referrer");
  assert.match(headers.get("x-robots-tag") ?? "", /noindex/);
  assert.equal(headers.get("cache-control"), "no-store");
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.equal(headers.get("set-cookie"), null);
  const policy = headers.get("content-security-policy") ?? "";
  assert.match(policy, /default-src 'none'; style-src 'sha256-.*frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe|https?:/);
});

test("looking changes nothing: GET, HEAD, OPTIONS, and a GET that carries what a POST would", async () => {
  const { token, contactId } = await mailed(world, team);
  const before = await rowCounts(world);
  for (const method of ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"])
    await call(at(token), { method });
  await call(`${at(token)}?${ONE_CLICK}&choice=all`);
  const raw = await sendRaw(
    world.url,
    `GET /u/${token} HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${ONE_CLICK.length}\r\nconnection: close\r\n\r\n${ONE_CLICK}`,
  );
  assert.deepEqual(statusesIn(raw), [200]);
  assert.deepEqual(await rowCounts(world), before);
  assert.equal(await isOut(contactId), false);
});

const BODIES: [name: string, body: string | Uint8Array | undefined, headers?: Record<string, string>][] = [
  ["one click", ONE_CLICK],
  ["the button", "choice=all"],
  [
    "one click as a form with parts",
    `--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n`,
    { "content-type": "multipart/form-data; boundary=b" },
  ],
  ["no body", undefined, {}],
  ["another word", "List-Unsubscribe=Yes-Please"],
  ["JSON", '{"choice":["sequence"]}', { "content-type": "application/json" }],
  ["broken JSON", "{", { "content-type": "application/json" }],
  ["bytes that are no text", new Uint8Array([0xff, 0xfe, 0x00])],
];

for (const [name, body, headers] of BODIES) {
  test(`posted with ${name}, it unsubscribes, and twice has the effect of once`, async () => {
    const { token, contactId, enrollmentId, messageId, email } = await mailed(world, team);
    const first = await post(token, body, headers);
    assert.deepEqual([first.status, first.headers.get("location")], [200, null]);
    assert.match(first.text, /You are unsubscribed/);
    const second = await post(token, body, headers);
    assert.equal(second.status, 200);
    assert.equal(await isOut(contactId), true);
    const { state, inactive_reason } = await memberOf(world, enrollmentId);
    assert.deepEqual([state, inactive_reason], ["finished", "unsubscribed"]);
    const { suppressions } = await team.api.suppressions.list({ q_keywords: email });
    assert.deepEqual(
      suppressions.map(({ source }) => source),
      ["unsubscribe"],
    );
    const noted = await rowsOf("message_events", messageId);
    assert.deepEqual(
      noted.map(({ type, is_machine, contact_id }) => [type, is_machine, contact_id]),
      [["unsubscribe", false, contactId]],
    );
    const told = await rowsOf("events", messageId);
    assert.deepEqual(
      told.map(({ type, cause, address }) => [type, cause, address]),
      [["message.unsubscribed", "visitor", null]],
    );
    const [{ unsubscribed_at }] = await asOwner(world, async (client) => {
      const { rows } = await client.query("select unsubscribed_at from messages where id = $1", [messageId]);
      return rows as [{ unsubscribed_at: Date | null }];
    });
    assert.ok(unsubscribed_at);
  });
}

test("what happened can be read: in the feed, in sentences, and nowhere with the address", async () => {
  const { token, contactId, email } = await mailed(world, team);
  await post(token, ONE_CLICK);
  const { audit_log: entries } = await team.api.auditLog.list({ subject_id: contactId });
  const sentences = entries.map(({ sentence }) => sentence);
  assert.ok(sentences.includes("Ines unsubscribed"), sentences.join("; "));
  assert.ok(!JSON.stringify(entries).includes(email));
});

test("only this series: the others go on, and so may further mails", async () => {
  const { token, contactId, enrollmentId, sequenceId } = await mailed(world, team);
  const { sequenceId: other } = await mailed(world, team);
  const elsewhere = await plantEnrollment(world, team, other, { contact_id: contactId });
  const answer = await post(token, "choice=sequence");
  assert.match(answer.text, /You are unsubscribed from this series/);
  assert.equal((await memberOf(world, enrollmentId)).inactive_reason, "unsubscribed");
  assert.equal((await memberOf(world, elsewhere)).state, "active");
  assert.equal(await isOut(contactId), false);
  assert.match((await call(at(token))).text, /Unsubscribe\?/);
  const { emailer_campaign } = await team.api.sequences.show({ id: sequenceId });
  assert.equal(emailer_campaign.unique_unsubscribed, 1);
  assert.match((await post(token, "choice=all")).text, /You are unsubscribed/);
  assert.equal((await memberOf(world, elsewhere)).state, "finished");
});

test("leaving moves to the stage a sequence names for it, also when the sequence is over", async () => {
  const { contact_stages } = await team.api.contactStages.list();
  const stage = contact_stages.find(({ name }) => name === "Do Not Contact")?.id ?? "";
  for (const state of ["active", "finished"]) {
    const { token, contactId, sequenceId, enrollmentId } = await mailed(world, team);
    await team.api.sequences.update({
      id: sequenceId,
      contact_email_event_to_stage_mapping: { unsubscribed: stage },
    });
    await asOwner(world, (client) =>
      client.query("update enrollments set state = $2 where id = $1", [enrollmentId, state]),
    );
    await post(token, ONE_CLICK);
    assert.equal((await team.api.contacts.get({ id: contactId })).contact.contact_stage_id, stage, state);
  }
});

test("a slip is undone by the same link for a day, and nothing starts again by itself", async () => {
  const { token, contactId, enrollmentId, email } = await mailed(world, team);
  const left = await post(token, "choice=all");
  assert.match(left.text, /Undo my choice/);
  const back = await post(token, "choice=back");
  assert.match(back.text, /You are subscribed again/);
  assert.equal(await isOut(contactId), false);
  assert.deepEqual((await team.api.suppressions.list({ q_keywords: email })).suppressions, []);
  assert.equal((await memberOf(world, enrollmentId)).state, "finished");
  assert.match((await post(token, "choice=back")).text, /cannot undo/);

  await post(token, "choice=all");
  assert.equal(await isOut(contactId), true);
  world.advance({ hours: 25 });
  assert.doesNotMatch((await call(at(token))).text, /Undo my choice/);
  assert.match((await post(token, "choice=back")).text, /cannot undo/);
  assert.equal(await isOut(contactId), true);
});

test("what was said otherwise is not undone by a link", async () => {
  const { token, contactId, email } = await mailed(world, team);
  await team.api.suppressions.create({ value: email });
  await post(token, "choice=all");
  await post(token, "choice=back");
  assert.equal((await team.api.suppressions.list({ q_keywords: email })).suppressions.length, 1);
  const another = await mailed(world, team);
  await team.api.contacts.update({ id: another.contactId, email_unsubscribed: true });
  assert.match((await post(another.token, "choice=back")).text, /cannot undo/);
  assert.equal(await isOut(another.contactId), true);
  assert.equal(await isOut(contactId), false);
});

test("a recipient in copy decides for their own address", async () => {
  const main = await mailed(world, team);
  const token = randomBytes(32).toString("hex");
  await asOwner(world, (client) =>
    client.query(
      `insert into messages (team_id, id, sequence_id, contact_id, enrollment_id, type, delivery, to_email, copy_of, token, created_at, updated_at)
       values ($1, new_ident(), $2, $3, $4, 'outreach_automatic_email', 'sent', 'copied@readers.example', $5, $6, now(), now())`,
      [team.id, main.sequenceId, main.contactId, main.enrollmentId, main.messageId, token],
    ),
  );
  assert.doesNotMatch((await call(at(token))).text, /Unsubscribe from this series only/);
  await post(token, ONE_CLICK);
  assert.equal(await isOut(main.contactId), false);
  assert.equal((await memberOf(world, main.enrollmentId)).state, "active");
  assert.equal((await team.api.suppressions.list({ q_keywords: "copied@" })).suppressions.length, 1);
});

test("a contact that was deleted gets the same 200, five years later too", async () => {
  const { token, contactId } = await mailed(world, team, { created_at: "2020-01-01T00:00:00Z" });
  await team.api.contacts.bulkDelete({ contact_ids: [contactId] });
  assert.match((await call(at(token))).text, /no longer has your email address/);
  for (const _ of [1, 2]) {
    const { status, text } = await post(token, ONE_CLICK);
    assert.equal(status, 200);
    assert.match(text, /You are unsubscribed/);
  }
});

test("a contact who left one sequence is not restarted in it, nor added again; other sequences may add them", async () => {
  const { token, contactId, sequenceId } = await mailed(world, team);
  await post(token, "choice=sequence");
  const id = sequenceId;
  const restarted = atOnce(await team.api.enrollments.restart({ id, contact_ids: [contactId] }));
  assert.deepEqual(restarted.skipped_contact_ids, { [contactId]: "contact_unsubscribed" });
  const mailbox = await newMailbox(team);
  const add = (to: string, rest: Partial<JoiningWish> = {}) =>
    team.api.joining.addContacts({
      id: to,
      contact_ids: [contactId],
      send_email_from_email_account_id: mailbox.id,
      sequence_unverified_email: true,
      sequence_finished_in_other_campaigns: true,
      ...rest,
    }) as Promise<{ skipped_contact_ids: unknown }>;
  const barred = { [contactId]: "contacts_unsubscribed" };
  assert.deepEqual((await add(id, { re_enroll: true })).skipped_contact_ids, barred);
  await team.api.enrollments.removeOrStop({
    emailer_campaign_ids: [id],
    contact_ids: [contactId],
    mode: "remove",
  });
  assert.deepEqual((await add(id)).skipped_contact_ids, barred);
  const other = await newSequence(team);
  assert.deepEqual((await add(other.id)).skipped_contact_ids, {});
});

test("the last unsubscribe of a deleted contact suppresses the address, and it is recognized if it comes back", async () => {
  const mine = await world.newTeam();
  const { token, contactId, email } = await mailed(world, mine);
  await mine.api.contacts.delete({ id: contactId });
  const listed = async () => (await mine.api.suppressions.list({})).suppressions.length;
  const before = await listed();
  assert.match((await call(at(token))).text, /no longer has your email address/);
  assert.equal((await post(token)).status, 200);
  assert.equal((await post(token)).status, 200, "said twice");
  const bars = await asOwner(
    world,
    async (client) =>
      (
        await client.query(
          "select kind, digest, source from address_claims where team_id = $1 and lifted_at is null",
          [mine.id],
        )
      ).rows,
  );
  assert.equal(bars.length, 1);
  assert.ok(!JSON.stringify(bars).includes(email));
  await mine.api.contacts.create({ first_name: "Back", email });
  assert.equal(await listed(), before + 1);
  const { suppressions } = await mine.api.suppressions.list({});
  assert.ok(suppressions.some(({ value }) => value === email.toLowerCase()));
});

test("what is no token is answered alike, whatever it is", async () => {
  const { token } = await mailed(world, team);
  const before = await rowCounts(world);
  const guesses = [
    randomBytes(32).toString("hex"),
    randomBytes(16).toString("base64url"),
    `${token.slice(0, -1)}${token.endsWith("0") ? "1" : "0"}`,
    token.slice(0, 40),
    token.toUpperCase().replace(/[0-9]/g, "A"),
    "x",
    "%00",
    `${token}%0d%0aset-cookie:a=b`,
    "'%20or%20true--%20aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  ];
  const answers = [];
  for (const guess of guesses) {
    for (const answer of [await call(at(guess)), await post(guess, ONE_CLICK)])
      answers.push([answer.status, answer.text, answer.headers.get("set-cookie")]);
  }
  assert.deepEqual(new Set(answers.map((one) => JSON.stringify(one))).size, 1);
  assert.equal(answers[0]?.[0], 404);
  assert.deepEqual(await rowCounts(world), before);
});

test("ten at once have the effect of one, and another team's people stay", async () => {
  const { token, contactId, email, messageId } = await mailed(world, team);
  const theirs = await stranger.api.contacts.create({ email });
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(token, ONE_CLICK)));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
  assert.equal((await rowsOf("message_events", messageId)).length, 1);
  assert.equal(await isOut(contactId), true);
  assert.equal((await stranger.api.contacts.get({ id: theirs.contact.id })).contact.email_unsubscribed, null);
});

test("the answer waits for a mail that has passed the gate, and no longer than two seconds", async () => {
  const waited: number[] = [];
  for (let tries = 0; tries < 3; tries++) {
    const { token, messageId } = await mailed(world, team, { delivery: "dot" });
    await asOwner(world, async (client) => {
      const began = performance.now();
      const answering = post(token, ONE_CLICK).then(({ status }) => {
        assert.equal(status, 200);
        waited.push(performance.now() - began);
      });
      await new Promise((resolve) => setTimeout(resolve, 400));
      await client.query("update messages set delivery = 'sent' where id = $1", [messageId]);
      await answering;
    });
  }
  assert.ok(
    waited.every((ms) => ms >= 400),
    String(waited),
  );
  const stuck = await mailed(world, team, { delivery: "dot" });
  const since = performance.now();
  assert.equal((await post(stuck.token, ONE_CLICK)).status, 200);
  const gaveUpAfter = performance.now() - since; // this mail never ends
  assert.ok(Math.min(...waited) < gaveUpAfter, `not as long as until it gives up: ${waited}, ${gaveUpAfter}`);
});
