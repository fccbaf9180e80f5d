// The checks themselves: silent about mails that went out as they should, and each of them caught when it is broken.

import assert from "node:assert/strict";
import { test } from "node:test";
import type pg from "pg";
import { bringWitnesses, type Violation, violations } from "./invariants.ts";
import { LOOPBACK } from "./loopback.ts";
import { until, useWitness } from "./sending.ts";
import { newScene } from "./torture/scene.ts";
import { asOwner } from "./wire.ts";
import { useWorld } from "./world.ts";

const witness = useWitness();
const world = useWorld({ engineLoops: 2, mailAllow: LOOPBACK }, async (opened) => {
  const team = await opened.newTeam();
  await newScene(team, { port: witness.port, mailboxes: 1, contacts: 3 });
  await opened.newTeam("A stranger's");
  await witness.waitFor(6);
  await untilAllAreThrough();
});

function untilAllAreThrough() {
  return until(async () => {
    const { rows } = await asOwner(world, (client) =>
      client.query("select from enrollments where state <> 'finished'"),
    );
    return rows.length === 0;
  });
}

/** What the checks say of a world in which this was done to the rows; none of it stays. */
function checked(...planted: string[]): Promise<Violation[]> {
  return asOwner(world, async (client) => {
    await client.query("begin");
    await bringWitnesses(client, { accepted: witness.lines() });
    await client.query("alter table incoming_mails drop constraint incoming_mails_team_id_content_key_key");
    await client.query("set local session_replication_role = replica"); // even what the database itself forbids
    for (const statement of planted) await client.query(statement);
    const found = await violations(client);
    await client.query("rollback");
    return found;
  });
}

test("of mails that went out as they should there is nothing to say", async () => {
  assert.deepEqual(await checked(), []);
  await asOwner(world, async (client) => {
    const seen = await Promise.all(
      ["sends", "attempts", "enrollment_states", "mailboxes", "events"].map((view) => count(client, view)),
    );
    assert.ok(
      seen.every((rows) => rows > 0),
      seen.join(),
    );
  });
});

async function count(client: pg.Client, view: string) {
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from audit.${view}`);
  return rows[0]?.n ?? 0;
}

const ONE = "(select id from messages where released_at is not null order by released_at, id limit 1)";
const LATER =
  "(select m.id from messages m join sequence_steps p on p.id = m.step_id where p.position = 2 order by m.released_at, m.id limit 1)";
const TEAM = "(select team_id from messages limit 1)";
const line = (change: string) =>
  `insert into sink.accepted select (jsonb_populate_record(a, '${change}'::jsonb)).* from sink.accepted a order by n limit 1`;
const barred = (source: string, before: string) =>
  `insert into suppressions (team_id, id, kind, value, source, created_at, in_force_from)
   select team_id, new_ident(), 'email', to_email, '${source}', now(), released_at - interval '${before}' from messages where id = ${ONE}`;
const claimed = (kind: string, before: string) =>
  `insert into address_claims (team_id, id, digest, kind, source, made_at, in_force_from)
   select team_id, new_ident(), reader_digest, '${kind}', 'link', now(), released_at - interval '${before}' from messages where id = ${ONE}`;
/** Their answer was open when this mail went out. */
const held = (key: string) => [
  `insert into incoming_mails (team_id, id, mailbox_id, content_key, folder, uid, kind, certainty, received_at, processed_at)
   select team_id, new_ident(), mailbox_id, 'answered', 'INBOX', 1, 'reply', 'sure', released_at, released_at from messages where id = ${ONE}`,
  `insert into answer_holds (team_id, id, incoming_mail_id, reason, since)
   select m.team_id, new_ident(), i.id, 'answered', m.released_at - interval '1 millisecond'
     from messages m, incoming_mails i where m.id = ${ONE} and i.content_key = 'answered'`,
  `insert into answer_hold_keys (team_id, hold_id, key)
   select m.team_id, h.id, ${key} from messages m, answer_holds h where m.id = ${ONE}`,
];
const ended = (state: string, reason: string) =>
  `update enrollments e set state = '${state}', inactive_reason = '${reason}', state_since = m.released_at - interval '1 millisecond'
     from messages m where m.id = ${ONE} and e.id = m.enrollment_id`;

const DOUBTED = `update send_attempts set outcome = 'ambiguous' where message_id = ${ONE}`;
const STRUCK = `insert into sink.struck select 1, 'killed', internet_message_id from messages where id = ${ONE}`;
const UNSEEN = [
  `update messages set delivery = 'unconfirmed' where id = ${ONE}`,
  `delete from sink.accepted where message_id = (select internet_message_id from messages where id = ${ONE})`,
];

test("a mail at its final dot when its engine was killed may be in doubt, taken or cut off", async () => {
  assert.deepEqual(await checked(DOUBTED, STRUCK), []);
  const cut = `insert into sink.unanswered select internet_message_id, 'cut' from messages where id = ${ONE}`;
  assert.deepEqual(await checked(DOUBTED, STRUCK, ...UNSEEN, cut), []);
});

/** What is done to the rows, and which check has to say so. Others may say so as well. */
const PLANTED: [string, ...string[]][] = [
  ["I01", line('{"n": 99, "message_id": "<other@x>"}')],
  ["I02", line('{"n": 99, "contact_token": "other"}')],
  ["I03", "delete from sink.accepted where n = 1"],
  ["I04", `update messages set delivery = 'failed' where id = ${ONE}`],
  ["I05", line('{"n": 99, "contact_token": "other", "message_id": "<other@x>"}')],
  ["I06", `update messages set delivery = 'claimed' where id = ${ONE}`],
  ["I06", `update messages set delivery = 'dot' where id = ${ONE}`],
  ["I07", `update messages set delivery = 'unconfirmed' where id = ${ONE}`],
  ["I07", DOUBTED],
  ["I07", STRUCK],
  ["I07", DOUBTED, STRUCK.replace("killed", "asleep"), ...UNSEEN],
  [
    "I08",
    `insert into send_attempts (team_id, id, message_id) select team_id, new_ident(), id from messages where id = ${ONE}`,
  ],
  ["I09", barred("unsubscribe", "1 millisecond")],
  ["I09", barred("bounce", "1 millisecond")],
  ["I09", barred("complaint", "1 millisecond")],
  ["I09", barred("person", "1 millisecond")],
  [
    "I09",
    `update contacts c set email_unsubscribed = true, stopped_at = m.released_at - interval '1 millisecond' from messages m
      where m.id = ${ONE} and c.id = m.contact_id`,
  ],
  ["I09", ended("finished", "replied")],
  ["I09", ended("finished", "manually finished")],
  ["I09", "alter table enrollments drop constraint enrollments_check", ended("removed", "started over")],
  [
    "I10",
    barred("unsubscribe", "1 hour"),
    "update sink.accepted set at = at + interval '1 minute' where n = 1",
  ],
  ["I42", ...held("m.contact_id")],
  ["I42", ...held("address_key(m.team_id, upper(m.to_email))")],
  ["I11", `update messages set released_at = released_at - interval '1 hour' where id = ${ONE}`],
  ["I11", "update enrollment_states set state = 'paused'"],
  ["I12", `update messages set released_at = null where id = ${ONE}`],
  ["I13", "update mailboxes set daily_limit = 5"],
  ["I14", "update mailboxes set hourly_limit = 5"],
  ["I15", `update messages set window_dows = '{}' where id = ${ONE}`],
  [
    "I15",
    `update messages set window_start = (released_at + interval '1 minute')::time, window_end = '24:00' where id = ${ONE}`,
  ],
  [
    "I16",
    `update messages set team_id = (select id from teams where id <> ${TEAM} limit 1) where id = ${ONE}`,
  ],
  [
    "I17",
    "drop index enrollments_once",
    `insert into enrollments (team_id, id, sequence_id, contact_id, state, added_at, updated_at)
     select team_id, new_ident(), sequence_id, contact_id, s, now(), now()
       from enrollments, (values ('active'), ('paused')) v (s)`,
  ],
  [
    "I18",
    `insert into progress (team_id, id, user_id, job_type, status, total, created_at, updated_at)
     select team_id, 'aaaaaaaaaaaaaaaaaaaaaaaa', new_ident(), 'x', 'done', 2, now(), now() from messages limit 1`,
    `insert into progress_items (team_id, progress_id, position, item_key) select team_id, 'aaaaaaaaaaaaaaaaaaaaaaaa', 0, 'x' from messages limit 1`,
  ],
  ["I19", "insert into sink.imap_injected values ('<nobody@knows>', 'reply', now())"],
  [
    "I20",
    `insert into incoming_mails (team_id, id, mailbox_id, content_key, folder, uid, kind, certainty, received_at, processed_at)
     select team_id, new_ident(), mailbox_id, 'the same', 'INBOX', n, 'reply', 'sure', now(), now()
       from messages, generate_series(1, 2) n where messages.id = ${ONE}`,
  ],
  [
    "I21",
    `insert into incoming_mails (team_id, id, mailbox_id, content_key, folder, uid, kind, certainty, received_at, processed_at)
     select team_id, new_ident(), mailbox_id, 'a reply', 'INBOX', 1, 'unrelated', 'sure', now(), now() from messages where id = ${ONE}`,
    "insert into sink.imap_injected values ('a reply', 'reply', now())",
  ],
  [
    "I22",
    `insert into webhook_subscriptions (team_id, id, url, types, secret, starts_in, created_at, updated_at)
     select team_id, new_ident(), 'https://x.example', '{*}', '', '3:3:', now(), now() from messages limit 1`,
  ],
  ["I23", "insert into sink.webhook_received values ('nobody', 'x', now(), true, 200)"],
  [
    "I24",
    "insert into sink.webhook_received select event_id, 'x', now(), false, 200 from audit.events limit 1",
  ],
  [
    "I25",
    `insert into sink.webhook_received select event_id, 'x', now() + n * interval '1 second', true, 200
       from (select event_id from audit.events limit 1) e, generate_series(1, 2) n`,
  ],
  ["I26", "update sink.accepted set nrcpt = 2 where n = 1"],
  ["I27", "update sink.accepted set rcpt = 'somebody@else.example' where n = 1"],
  ["I28", "update sink.accepted set has_post = false where n = 1"],
  ["I28", "update sink.accepted set has_unsub = false where n = 1"],
  [
    "I29",
    `update sink.accepted set in_reply_to = null where message_id = (select internet_message_id from messages where id = ${LATER})`,
  ],
  ["I30", `update messages set min_gap = interval '1 hour' where id = ${LATER}`],
  ["I39", `update messages set was_due_at = released_at + interval '1 second' where id = ${ONE}`],
  [
    "I41",
    `with doubt as (
       insert into send_attempts (team_id, id, message_id, started_at, released_at, outcome, proved_absent_at)
       select team_id, new_ident(), id, released_at - interval '1 hour', released_at - interval '1 hour', 'ambiguous', released_at
         from messages where id = ${ONE})
     insert into message_events (team_id, id, message_id, type, at)
     select team_id, new_ident(), id, 'open', released_at - interval '10 minutes' from messages where id = ${ONE}`,
  ],
  ["I31", "alter table contacts no force row level security"],
  ["I31", "create table extra (team_id text)"],
  ["I37", claimed("unsubscribed", "1 millisecond")],
  ["I37", claimed("bounced", "1 hour")],
  ["I40", `update teams set domain_daily_limit = 0`],
  ["I40", `update mailboxes set daily_limit = 1`],
  [
    "I40",
    `update teams set touch_limits = '[{"scope": "person", "counts": "emails", "most": 1, "days": 1}]'`,
  ],
  ["I32", "alter role cadenza_app bypassrls"],
  ["I32", "alter table extra_owned owner to cadenza_app"],
];

for (const [n, [check, ...planted]] of PLANTED.entries())
  test(`${check} is told where it is broken (${n + 1})`, async () => {
    const first = planted.at(-1)?.includes("extra_owned") ? ["create table extra_owned ()"] : [];
    const told = new Set((await checked(...first, ...planted)).map(({ chk }) => chk));
    assert.ok(told.has(check), `told were ${[...told].join()}`);
  });
