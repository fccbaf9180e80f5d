// Logins to the database: what they see, by connecting as one.

import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { feedSettles } from "../../../testing/feed.ts";
import { plant, plantContact, plantEnrollment, plantMessage } from "../../../testing/planted.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { endUnruly } from "./watching.ts";

let ours: Team;
let theirs: Team;
let login: Awaited<ReturnType<Team["api"]["sqlLogins"]["create"]>>["sql_login"];
const world = useWorld({}, async (opened) => {
  ours = await opened.newTeam("Ours");
  theirs = await opened.newTeam("Theirs");
  await ours.api.teams.update({ time_zone: "Europe/Oslo" });
  for (const team of [ours, theirs]) await plantWork(team);
  login = await newLogin(ours);
});

const newLogin = async (team: Team) => (await team.api.sqlLogins.create({ name: "Metabase" })).sql_login;

/** A row of everything there is a view of. */
async function plantWork(team: Team) {
  const at = "2026-11-08T22:30:00Z"; // Sunday night in Oslo
  const stamps = { created_at: at, updated_at: at };
  const { account } = await team.api.accounts.create({ name: "Kraft", domain: "kraft.no" });
  const wish = { label: "Fleet", modality: "contact", type: "string" } as const;
  const field = (await team.api.customFields.create(wish)).typed_custom_fields[0]?.id ?? "";
  const { contact } = await team.api.contacts.create({
    first_name: "Ines",
    email: "ines@kraft.no",
    account_id: account.id,
    label_names: ["Plants"],
    typed_custom_fields: { [field]: "Diesel" },
  });
  const { emailer_campaign, emailer_steps, emailer_touches } = await team.api.sequences.create({
    name: "Nordic plants",
    emailer_steps: [
      {
        ...({ type: "auto_email", wait_time: 0, wait_mode: "day" } as const),
        emailer_touches: [{ emailer_template: { subject: "Hei", body_html: "<p>Hello</p>" } }],
      },
    ],
  });
  const mailbox_id = await plant(world, team, "mailboxes", {
    user_id: team.owner.id,
    email: `ole${team.id}@kraft.no`,
    type: "smtp",
    ...stamps,
  });
  const of = {
    contact_id: contact.id,
    step_id: emailer_steps[0]?.id,
    touch_id: emailer_touches[0]?.id,
    mailbox_id,
  };
  await plantEnrollment(world, team, emailer_campaign.id, { contact_id: contact.id });
  const mail = { ...of, user_id: team.owner.id, completed_at: at, to_email: "ines@kraft.no" };
  const opened = await plantMessage(world, team, emailer_campaign.id, {
    ...mail,
    num_opens: 1,
    replied_at: at,
  });
  const bounced = await plantMessage(world, team, emailer_campaign.id, {
    ...mail,
    has_bounced: true,
    is_hard_bounce: true,
  });
  await plant(world, team, "message_events", { message_id: opened, type: "open", at, is_machine: true });
  const incoming = { mailbox_id, folder: "INBOX", certainty: "sure", received_at: at, processed_at: at };
  await plant(world, team, "incoming_mails", {
    ...incoming,
    content_key: "a",
    uid: 1,
    kind: "reply",
    message_id: opened,
    contact_id: contact.id,
  });
  await plant(world, team, "incoming_mails", {
    ...incoming,
    content_key: "b",
    uid: 2,
    kind: "bounce",
    message_id: bounced,
    bounce_class: "hard",
    bounce_code: "5.1.1",
  });
  await plant(world, team, "tasks", {
    user_id: team.owner.id,
    type: "call",
    status: "scheduled",
    due_at: at,
    ...stamps,
  });
  await plant(world, team, "calls", { user_id: team.owner.id, started_at: at, ...stamps });
  await plant(world, team, "deals", { name: "Plant", source: "api", ...stamps });
}

async function asLogin<T>(work: (client: pg.Client) => Promise<T>, as = login): Promise<T> {
  const client = new pg.Client({ connectionString: as.url });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const VIEWS =
  "select relname::text as name from pg_class where relnamespace = 'reporting'::regnamespace and relkind = 'v' order by 1";
const viewNames = () =>
  asOwner(world, async (client) =>
    (await client.query<{ name: string }>(VIEWS)).rows.map(({ name }) => name),
  );

test("a login sees every view of its team, and of no other", async () => {
  const names = await viewNames();
  assert.ok(names.length >= 18, names.join());
  const strangers = await newLogin(theirs);
  for (const name of names) {
    const count = (as: typeof login) =>
      asLogin(
        async (client) => (await client.query(`select count(*)::int as many from ${name}`)).rows[0]?.many,
        as,
      );
    assert.deepEqual([name, (await count(login)) > 0], [name, true]);
    const whole = await asOwner(world, async (client) => {
      await client.query("set role cadenza_reporting");
      return (await client.query(`select count(*)::int as many from reporting.${name}`)).rows[0]?.many;
    });
    assert.equal(whole, 0, `${name}, for somebody who is no login`);
    assert.ok((await count(strangers)) > 0, name);
  }
  await asLogin(async (client) => {
    const ids = async (sql: string) => (await client.query({ text: sql, rowMode: "array" })).rows.flat();
    assert.deepEqual(await ids("select distinct user_id from messages"), [ours.owner.id]);
    assert.deepEqual(await ids("select lists from contacts"), [["Plants"]]);
    assert.deepEqual(await ids("select paused_until from contacts"), [null]);
    assert.deepEqual(await ids("select field, value from contact_fields"), ["Fleet", "Diesel"]);
    assert.deepEqual(await ids("select class, code, recipient_domain from bounces"), [
      "hard",
      "5.1.1",
      "kraft.no",
    ]);
    assert.deepEqual(await ids("select sequences.name from messages join sequences using (sequence_id)"), [
      "Nordic plants",
      "Nordic plants",
    ]);
  });
});

test("the daily figures are those of the report, by the team's days", async () => {
  const { response } = await ours.api.reports.sync({
    metrics: (
      [
        "num_emails_sent",
        "num_emails_delivered",
        "num_emails_opened",
        "num_emails_opened_by_machines",
        "num_emails_replied",
        "num_emails_bounced",
      ] as const
    ).map((value) => ({ value })),
    group_by: [{ name: "day" }],
  });
  const { day } = response.table_response;
  assert.ok(day && typeof day === "object");
  const rows = await asLogin(
    async (client) =>
      (
        await client.query(
          `select to_char(day, 'YYYY-MM-DD') as key, to_char(day, 'YYYY-MM-DD') as readable_key, sum(sent)::int as num_emails_sent, sum(delivered)::int as num_emails_delivered,
              sum(opened)::int as num_emails_opened, sum(opened_by_machines)::int as num_emails_opened_by_machines,
              sum(replied)::int as num_emails_replied, sum(bounced)::int as num_emails_bounced
         from daily_figures group by day`,
        )
      ).rows,
  );
  assert.equal(day.buckets[0]?.key, "2026-11-08");
  assert.deepEqual(rows, day.buckets);
});

test("a login writes nothing, reads no table, and cannot become another role, whatever it sets", async () => {
  const attempts = [
    "select * from public.contacts",
    "select * from public.sql_logins",
    "select smtp_password from public.mailboxes",
    "select * from pgboss.job",
    "select * from audit.events",
    "insert into contacts (first_name) values ('x')",
    "update messages set subject = 'x'",
    "delete from tasks",
    "create table reporting.mine (x int)",
    "create table public.mine (x int)",
    "create schema mine",
    "set role cadenza_app",
    "set role cadenza_views",
    "set session authorization cadenza_app",
    "select public.open_sql_login('64f0aa000000000000000000', 'SCRAM-SHA-256$4096:YQ==$YQ==:YQ==')",
    "select public.close_sql_login('64f0aa000000000000000000')",
    "select * from public.find_api_key('', now())",
    "select pg_read_file('/etc/passwd')",
    "create role mine",
  ];
  await asLogin(async (client) => {
    await client.query("set default_transaction_read_only = off");
    for (const statement of attempts)
      await assert.rejects(
        client.query(statement),
        /permission denied|cannot (insert|update|delete)|must be|only roles|not permitted/,
        statement,
      );
    await client.query(`set cadenza.team_id = '${theirs.id}'`);
    await client.query("set role cadenza_reporting");
    assert.deepEqual((await client.query("select distinct user_id from reporting.messages")).rows, [
      { user_id: ours.owner.id },
    ]);
  });
});

test("a password is shown once and never stored, and a login that is ended sees nothing more", async () => {
  const own = await newLogin(ours);
  const { sql_logins } = await ours.api.sqlLogins.list();
  assert.ok(!JSON.stringify(sql_logins).includes(own.password));
  assert.ok(sql_logins.every((one) => one.usable === (one.revoked_at === null)));
  assert.ok(!world.logged.join().includes(own.password));
  await asLogin(async (client) => {
    assert.equal((await client.query("select from contacts")).rowCount, 1);
    const connections = async () =>
      (await ours.api.sqlLogins.list()).sql_logins.find(({ id }) => id === own.id)?.connections;
    assert.equal(await connections(), 1);
    const { sql_login } = await ours.api.sqlLogins.revoke({ id: own.id });
    assert.deepEqual([sql_login.usable, sql_login.revoked_at !== null], [false, true]);
    const seen = await client.query("select from reporting.contacts").catch(() => ({ rowCount: 0 }));
    assert.equal(seen.rowCount, 0);
  }, own);
  await asOwner(world, async (client) => {
    const { rows } = await client.query("select from pg_roles where rolname = $1", [own.username]);
    assert.deepEqual(rows, []);
  });
  await assert.rejects(
    asLogin(async () => {}, own),
    /password authentication failed|not permitted to log in|does not exist/,
  );
  await assert.rejects(
    asLogin(async () => {}, { ...own, url: login.url.replace(login.password, "wrong") }),
    /password authentication failed/,
  );
});

test("logins are for admins, and a stranger's is not there", async () => {
  assert.equal((await refused(theirs.api.sqlLogins.revoke({ id: login.id }))).status, 404);
  assert.ok((await theirs.api.sqlLogins.list()).sql_logins.every(({ id }) => id !== login.id));
  const { api_key } = await ours.api.apiKeys.create({ name: "Reads", scopes: ["read_only"] });
  const reader = world.client({ apiKey: api_key.key });
  assert.equal((await refused(reader.sqlLogins.create({ name: "x" }))).status, 403);
});

test("a contact who is deleted is gone from the views at once", async () => {
  const id = await plantContact(world, ours, { first_name: "Gone" });
  await ours.api.contacts.delete({ id });
  await asLogin(async (client) =>
    assert.equal((await client.query("select from contacts where contact_id = $1", [id])).rowCount, 0),
  );
});

test("a login can take no lock and write no large object, whatever it sets for itself", async () => {
  await asLogin(async (client) => {
    await client.query("set default_transaction_read_only = off");
    for (const statement of [
      "select pg_advisory_lock(hashtextextended('suppressions x', 0))",
      "select pg_try_advisory_xact_lock_shared(1)",
      "select lo_create(0)",
      "select lo_from_bytea(0, 'x')",
    ])
      await assert.rejects(client.query(statement), /permission denied for function/, statement);
  });
});

test("the product itself may take its locks", async () => {
  await world.running.app.db.inTransaction((db) => db.run("select pg_advisory_xact_lock(1)", []));
});

/** As on a server whose functions are not ours to revoke. */
async function withLocksOpen(work: () => Promise<void>) {
  const all = "execute on function pg_advisory_lock(bigint), lo_create(oid)";
  await asOwner(world, (client) => client.query(`grant ${all} to cadenza_reporting`));
  try {
    await work();
  } finally {
    await asOwner(world, (client) => client.query(`revoke ${all} from cadenza_reporting`));
  }
}

async function stoppedOf(id: string) {
  await feedSettles(world);
  const { events } = await ours.api.events.list({ types: ["sql_login.stopped"] });
  return events.filter(({ subject }) => subject.id === id).map(({ data }) => data.why);
}

test("where a lock could be taken all the same, the session that holds one is ended, and the history tells it", async () => {
  const own = await newLogin(ours);
  await withLocksOpen(async () => {
    const client = new pg.Client({ connectionString: own.url });
    const cut = new Promise<Error>((resolve) => client.on("error", resolve));
    await client.connect();
    await client.query("select pg_advisory_lock(4711)");
    assert.equal(await endUnruly(world.running.app), 1);
    assert.match((await cut).message, /terminat/i);
  });
  assert.deepEqual(await stoppedOf(own.id), ["took_a_lock"]);
});

test("large objects that a login made are deleted", async () => {
  await withLocksOpen(() =>
    asLogin(async (client) => {
      await client.query("set default_transaction_read_only = off");
      await client.query("select lo_create(0)");
    }),
  );
  await endUnruly(world.running.app);
  await asOwner(world, async (client) => {
    const { rows } = await client.query("select oid from pg_largeobject_metadata");
    assert.deepEqual(rows, []);
  });
});

test("a transaction that goes on for too long is ended, though its login lifted its time limit; a short one is left alone", async () => {
  const own = await newLogin(ours);
  const client = new pg.Client({ connectionString: own.url });
  const cut = new Promise<Error>((resolve) => client.on("error", resolve));
  await client.connect();
  await client.query("set statement_timeout = 0; set idle_in_transaction_session_timeout = 0");
  await client.query("begin");
  await client.query("select 1");
  assert.equal(await endUnruly(world.running.app), 0);
  assert.equal(await endUnruly(world.running.app, "0 seconds"), 1);
  await cut;
  assert.deepEqual(await stoppedOf(own.id), ["took_too_long"]);
});
