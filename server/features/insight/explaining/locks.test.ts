// Why: a lock that another session of the database holds for long is named, with who holds it, until it is let go.

import assert from "node:assert/strict";
import { test } from "node:test";
import type pg from "pg";
import type { Caller } from "../../../app.ts";
import { type GateLock, LOCK_ORDER } from "../../../domain/gate/gate-rules.ts";
import { adviceFor, holderSays } from "../../../domain/insight/lock-words.ts";
import { plantMessage } from "../../../testing/planted.ts";
import { alwaysOpen, until } from "../../../testing/sending.ts";
import { MAIL_STEP, newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { addressKey } from "../../contacts/answer-holds/commands.ts";
import { waitingAmong } from "./locks.ts";
import { locksInTheWay, longestLocked } from "./locks-store.ts";

let team: Team;
const ADDRESS = "ada@reader-s.example";
let due: { enrollment: string; contact: string; mailbox: string; sequence: string; step: string };
// Without an engine, so that nothing moves but what is called.
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
  await team.api.teams.update({
    max_emails_per_recipient_domain_per_day: 9,
    touch_limits: [{ scope: "domain", counts: "emails", most: 9, days: 1 }],
  });
  const { id: mailbox } = await newMailbox(team);
  const { id: sequence, steps } = await newSequence(team, {
    emailer_schedule_id: await alwaysOpen(team),
    emailer_steps: [{ ...MAIL_STEP, wait_time: 0, wait_mode: "minute" }],
  });
  const contact = await newContact(team, { email: ADDRESS });
  const answer = await team.api.joining.addContacts({
    id: sequence,
    contact_ids: [contact],
    send_email_from_email_account_id: [mailbox],
    sequence_unverified_email: true,
  });
  const enrollment = "enrollments" in answer ? (answer.enrollments[0]?.id ?? "") : "";
  due = { enrollment, contact, mailbox, sequence, step: steps[0] ?? "" };
});

const why = async (id = due.enrollment) => (await team.api.explain.enrollment({ id })).explain;
const lockHeld = async () => (await why()).held_by.find(({ code }) => code === "lock_held");

/** The kinds that are found, however short they have been held. */
const inTheWay = async (longerThan = "0") => (await locksFound(longerThan)).map(({ kind }) => kind);

const locksFound = (longerThan = "0") =>
  world.running.app.db.inTeam(team.id, async (db) => {
    const caller = { teamId: team.id } as Caller;
    const waiting = await waitingAmong({ db, caller, now: world.running.app.now() }, [due.enrollment]);
    return locksInTheWay(db, team.id, waiting, longerThan);
  });

/** In a session of its own, which ends with what was done in it taken back. */
function holding(sql: string, params: unknown[], work: (client: pg.Client) => Promise<void>) {
  return asOwner(world, async (client) => {
    await client.query("set application_name = 'psql'");
    await client.query("begin");
    await client.query(sql, params);
    await work(client);
    await client.query("rollback");
  });
}

test("a lock that another session has held for more than five seconds is named, until it is let go", async () => {
  assert.equal(await lockHeld(), undefined);
  await holding("update contacts set title = 'x' where id = $1", [due.contact], async () => {
    assert.equal(await lockHeld(), undefined, "an update of no key keeps nobody waiting");
  });
  await holding("select from contacts where id = $1 for update", [due.contact], async () => {
    assert.deepEqual(await inTheWay("1 hour"), [], "nor does a lock that is young");
    const hold = await until(lockHeld);
    assert.match(hold.rule, /^The contact's row is held by the database user \w+ \(psql\), .*\./);
    assert.equal(hold.evidence.lock, "contact");
    assert.ok(Date.parse(hold.since ?? "") <= world.running.app.now().epochMilliseconds - 5_000);
    const { state, sentence } = await why();
    assert.equal(state, "held");
    assert.match(sentence, /is held by/);
    const { explain } = await team.api.explain.contact({ id: due.contact });
    assert.deepEqual(
      explain.contact_campaign_statuses.map(({ held_by_codes }) => held_by_codes.includes("lock_held")),
      [true],
    );
  });
  assert.equal(await lockHeld(), undefined);
});

const ROW = (table: string) => `update ${table} set updated_at = updated_at where id = $1`;
const ALONE = "select pg_advisory_xact_lock(hashtextextended($1, 0))";

type Held = { sql: string; on(): string; found: string };

/** How another session holds each lock of the gate. A lock that is not here does not compile. */
const HELD: Record<GateLock, readonly Held[]> = {
  gates: [{ sql: ALONE, on: () => `gates ${team.id}`, found: "rules" }],
  addresses: [{ sql: ALONE, on: () => `suppressions ${team.id}`, found: "suppressions" }],
  caps: [
    { sql: ALONE, on: () => `sends of ${team.id} ${due.sequence}`, found: "limit" },
    { sql: ALONE, on: () => `sends of ${team.id} reader-s.example`, found: "company_limit" },
    {
      sql: ALONE,
      on: () => `sends of ${team.id} touches of domain reader-s.example`,
      found: "touch_limit",
    },
  ],
  answers: [
    { sql: ALONE, on: () => `answers of ${team.id} ${addressKey(team.id, ADDRESS)}`, found: "answers" },
  ],
  contact: [
    { sql: "select from contacts where id = $1 for update", on: () => due.contact, found: "contact" },
  ],
  enrollment: [{ sql: ROW("enrollments"), on: () => due.enrollment, found: "enrollment" }],
  mailbox: [{ sql: ROW("mailboxes"), on: () => due.mailbox, found: "mailbox" }],
  message: [],
  team: [{ sql: "update teams set name = name where id = $1", on: () => team.id, found: "team" }],
  fence: [],
};
// The gate takes nothing for `fence`. A mail's row is there once it is planned: the next test.
const WITHOUT: readonly GateLock[] = ["message", "fence"];

for (const kind of LOCK_ORDER) {
  test(`${kind}: a lock of the gate that another session holds is found, and then it is free again`, async () => {
    assert.deepEqual(HELD[kind].length === 0, WITHOUT.includes(kind));
    for (const { sql, on, found } of HELD[kind]) {
      assert.deepEqual(await inTheWay(), []);
      await holding(sql, [on()], async () => assert.deepEqual(await inTheWay(), [found]));
      assert.deepEqual(await inTheWay(), []);
    }
  });
}

test("a step that is being changed, and a mail that is planned, are found", async () => {
  const step = "update sequence_steps set is_on = is_on where sequence_id = $1";
  await holding(step, [due.sequence], async () => assert.deepEqual(await inTheWay(), ["step"]));
  const id = await plantMessage(world, team, due.sequence, {
    status: "scheduled",
    enrollment_id: due.enrollment,
    step_id: due.step,
    mailbox_id: due.mailbox,
    contact_id: due.contact,
  });
  await holding(ROW("messages"), [id], async () => assert.deepEqual(await inTheWay(), ["mail"]));
  await asOwner(world, (client) => client.query("delete from messages where id = $1", [id]));
});

test("a sequence and a mailbox name the lock their mail waits for, who holds it and what to do", async () => {
  const shown = async () => {
    const [sequence, mailbox] = await Promise.all([
      team.api.explain.sequence({ id: due.sequence }),
      team.api.explain.mailbox({ id: due.mailbox }),
    ]);
    return [sequence.explain, mailbox.explain].map(({ state, sentence, held_by }) => ({
      state,
      sentence,
      lock: held_by.find(({ code }) => code === "lock_held"),
    }));
  };
  for (const { lock } of await shown()) assert.equal(lock, undefined);
  await holding(ALONE, [`sends of ${team.id} reader-s.example`], async () => {
    const told = await until(async () => {
      const now = await shown();
      return now.every(({ lock }) => lock) && now;
    });
    assert.deepEqual(
      told.map(({ state }) => state),
      ["held", "resting"],
    );
    for (const { sentence, lock } of told) {
      assert.match(
        sentence,
        /limit of emails to the contact's company is held by the database user \w+ \(psql\)/,
      );
      assert.match(sentence, /open since .*\. 1 due contact continues when that ends\./);
      assert.match(sentence, /administrator can end that session: select pg_terminate_backend\(\d+\)\./);
      assert.deepEqual([lock?.evidence.lock, lock?.evidence.waiting], ["company_limit", 1]);
      assert.ok(Date.parse(lock?.since ?? "") <= world.running.app.now().epochMilliseconds - 5_000);
    }
  });
  for (const { lock } of await shown()) assert.equal(lock, undefined);
});

test("a change of the product that takes long says what it changes, and that it ends by itself", async () => {
  const { app } = world.running;
  const row = await app.db.inTeam(
    team.id,
    async (db) => {
      await db.run("select from contacts where id = $1 for update", [due.contact]);
      return locksFound();
    },
    "each",
    { change: "contacts/bulk_update" },
  );
  const [holder] = row;
  assert.ok(holder);
  assert.equal(holderSays(holder), "a change that an API server is writing (contacts/bulk_update)");
  assert.match(adviceFor(holder), /^You do not need to do anything/);
});

test("a row that several have locked together is told of too", async () => {
  await holding("select from enrollments where id = $1 for key share", [due.enrollment], async () => {
    assert.deepEqual(await inTheWay(), [], "what refers to it keeps nobody waiting");
    await holding("select from enrollments where id = $1 for no key update", [due.enrollment], async () => {
      assert.deepEqual(await inTheWay(), ["enrollment"]);
    });
  });
});

test("who is not due waits for no lock", async () => {
  const moved = "update enrollments set due_at = due_at + interval '3 days' where id = $1";
  await asOwner(world, (client) => client.query(moved, [due.enrollment]));
  await holding("select from contacts where id = $1 for update", [due.contact], async (client) => {
    await client.query("select pg_sleep(5.2)");
    assert.equal(await lockHeld(), undefined);
  });
});

test("the metric tells of the oldest transaction that has locked something", async () => {
  const longest = () => world.running.app.db.inTransaction(longestLocked);
  await holding("select from contacts where id = $1 for update", [due.contact], async (client) => {
    await client.query("select pg_sleep(0.2)");
    assert.ok((await longest()) >= 0.2);
  });
});
