import assert from "node:assert/strict";
import { test } from "node:test";
import { NOT_SENT } from "../domain/enrollments/enrollment.ts";
import { APOLLO_CLASS } from "../domain/receiving/inbound-outcome.ts";
import { writtenIn } from "../domain/receiving/quoted-text.ts";
import { replyClassOf } from "../domain/receiving/replies.ts";
import { asOwner, rowCounts } from "../testing/wire.ts";
import { type Team, useWorld } from "../testing/world.ts";
import { plantSample } from "./plant.ts";
import { SEE_IT_WORK } from "./sequences.ts";

let team: Team;
let stranger: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Stranger");
  assert.equal(await plantSample(opened.running.app, seat()), true);
});

const seat = () => ({ teamId: team.id, userId: team.owner.id });

/** `$team` in the statement is the planted one. */
async function ask<Row extends object>(sql: string): Promise<Row[]> {
  const { rows } = await asOwner(world, (client) =>
    client.query<Row>(sql.replaceAll("$team", `'${team.id}'`)),
  );
  return rows;
}

async function count(from: string) {
  const [row] = await ask<{ n: number }>(`select count(*)::int as n from ${from}`);
  return row?.n ?? 0;
}

test("the sample has what it promises", async () => {
  const exact = {
    contacts: 2000,
    accounts: 300,
    sequences: 13,
    mailboxes: 3,
    users: 6,
    deals: 40,
    calls: 120,
    notes: 150,
    custom_fields: 4,
  };
  for (const [table, n] of Object.entries(exact))
    assert.equal(await count(`${table} where team_id = $team`), n, table);
  const atLeast = {
    "enrollments where team_id = $team": 900,
    "messages where team_id = $team and status = 'completed'": 1200,
    "messages where team_id = $team and status = 'scheduled'": 80,
    "messages where team_id = $team and num_clicks > 0": 50,
    "tasks where team_id = $team and status = 'scheduled'": 80,
    "tasks where team_id = $team and status = 'completed'": 100,
    "contacts where team_id = $team and email_unsubscribed": 5,
    "contacts where team_id = $team and do_not_contact": 5,
    "contacts where team_id = $team and bounced_at is not null": 10,
    "contacts where team_id = $team and job_change_detected_at is not null": 10,
    "suppressions where team_id = $team": 8,
    "incoming_mails where team_id = $team and kind = 'reply'": 50,
    "incoming_mails where team_id = $team and kind = 'bounce'": 10,
    "incoming_mails where team_id = $team and kind = 'unsubscribe'": 2,
    "incoming_mails where team_id = $team and kind = 'out_of_office' and returns_on is not null": 1,
    "incoming_mails where team_id = $team and kind = 'reply' and handled_at is null": 5,
  };
  for (const [from, n] of Object.entries(atLeast)) assert.ok((await count(from)) >= n, from);
});

test("contacts of the sample came from files, in Apollo's words", async () => {
  const { contacts } = await team.api.contacts.search({ per_page: 100 });
  assert.deepEqual(
    new Set(contacts.map(({ source, source_display_name }) => `${source}: ${source_display_name}`)),
    new Set(["csv_import: Uploaded from CSV"]),
  );
});

test("everybody in a sequence stands there for their company", async () => {
  const off = "e.company_key is distinct from c.company_key";
  const both =
    "enrollments e join contacts c on c.team_id = e.team_id and c.id = e.contact_id where e.team_id = $team";
  assert.equal(await count(`${both} and ${off}`), 0);
  assert.ok((await count(`${both} and e.company_key is not null`)) > 0);
});

const SEARCHES: Record<string, (at: Team) => Promise<unknown[]>> = {
  "people of the team": async ({ api }) => (await api.users.search()).users.slice(1),
  contacts: async ({ api }) => (await api.contacts.search({})).contacts,
  "contacts of a list": async ({ api }) =>
    (await api.contacts.search({ contact_label_ids: await labelIds(api, "Nordic plants") })).contacts,
  "contacts by a word": async ({ api }) =>
    (await api.contacts.search({ q_keywords: "plant manager" })).contacts,
  accounts: async ({ api }) => (await api.accounts.search({})).accounts,
  sequences: async ({ api }) => (await api.sequences.search({})).emailer_campaigns,
  lists: async ({ api }) => await api.labels.list(),
  mailboxes: async ({ api }) => (await api.emailAccounts.list({})).email_accounts,
  "custom fields": async ({ api }) => (await api.typedCustomFields.list({})).typed_custom_fields,
  templates: async ({ api }) => (await api.templates.search({})).emailer_templates,
  folders: async ({ api }) => (await api.folders.list({})).folders,
  deals: async ({ api }) => (await api.opportunities.search({})).opportunities,
  calls: async ({ api }) => (await api.phoneCalls.search({})).phone_calls,
  tasks: async ({ api }) => (await api.tasks.search({})).tasks,
  suppressions: async ({ api }) => (await api.suppressions.list({})).suppressions,
};

async function labelIds(api: Team["api"], name: string) {
  return (await api.labels.list()).filter((label) => label.name === name).map((label) => label.id);
}

for (const [name, search] of Object.entries(SEARCHES))
  test(`${name}: the planted team finds some, another team none`, async () => {
    assert.ok((await search(team)).length > 0);
    if (name !== "contacts of a list") assert.deepEqual(await search(stranger), []);
  });

test("every sequence's counters are those of its rows, and add up", async () => {
  const { emailer_campaigns } = await team.api.sequences.search({ per_page: 100 });
  const states = { active: 0, paused: 0, finished: 0, failed: 0 };
  for (const { id, name } of emailer_campaigns) {
    const { emailer_campaign } = await team.api.sequences.show({ id });
    const rows = await ask<{ state: keyof typeof states; n: number; not_sent: number }>(
      `select state, count(*)::int as n, (count(*) filter (where state = 'failed' and failure_reason = any
              ('{${NOT_SENT.join(",")}}')))::int as not_sent
         from enrollments where team_id = $team and sequence_id = '${id}' group by 1`,
    );
    const said = emailer_campaign.contact_statuses as Record<string, number>;
    for (const state of Object.keys(states) as (keyof typeof states)[]) {
      const n = rows.find((row) => row.state === state)?.n ?? 0;
      assert.equal(said[state], n, `${name}: ${state}`);
      states[state] += n;
    }
    assert.equal(
      said.not_sent,
      rows.reduce((sum, row) => sum + row.not_sent, 0),
      name,
    );
    const [mails] = await ask<{ delivered: number; replied: number; bounced: number }>(
      `select (count(*) filter (where status = 'completed'))::int as delivered,
              (count(*) filter (where replied_at is not null and reply_class <> 'out_of_office'))::int as replied,
              (count(*) filter (where has_bounced))::int as bounced
         from messages where team_id = $team and sequence_id = '${id}'`,
    );
    assert.deepEqual(
      [emailer_campaign.unique_delivered, emailer_campaign.unique_replied, emailer_campaign.unique_bounced],
      [mails?.delivered, mails?.replied, mails?.bounced],
      name,
    );
  }
  for (const [state, n] of Object.entries(states)) assert.ok(n > 0, state);
});

test("stages, states, mails and events tell one story", async () => {
  const never = {
    "somebody whose stage says they replied, and who did not": `contacts c join contact_stages s on s.team_id = c.team_id and s.id = c.contact_stage_id
       where c.team_id = $team and s.name in ('Replied', 'Interested', 'Not Interested') and not exists
             (select from enrollments e join messages m on m.team_id = e.team_id and m.enrollment_id = e.id
               where e.team_id = c.team_id and e.contact_id = c.id and e.inactive_reason = 'replied' and m.replied_at is not null)`,
    "a bounce without bad data": `messages m join contacts c on c.team_id = m.team_id and c.id = m.contact_id
       where m.team_id = $team and m.has_bounced and c.bounced_at is null`,
    "a mail after the end": `messages m join enrollments e on e.team_id = m.team_id and e.id = m.enrollment_id
       where m.team_id = $team and m.completed_at > e.finished_at`,
    "a mail before its reader was added": `messages m join enrollments e on e.team_id = m.team_id and e.id = m.enrollment_id
       where m.team_id = $team and m.completed_at < e.added_at`,
    "somebody added before they were known": `enrollments e join contacts c on c.team_id = e.team_id and c.id = e.contact_id
       where e.team_id = $team and e.added_at < c.created_at`,
    "a step mailed twice": `(select 1 from messages where team_id = $team group by enrollment_id, step_id having count(*) > 1) twice`,
    "a mailbox over its limits": `(select 1 from (select mailbox_id,
           count(*) over (partition by mailbox_id order by completed_at range between interval '00:59:59.999999' preceding and current row) as of_hour,
           count(*) over (partition by mailbox_id order by completed_at range between interval '23:59:59.999999' preceding and current row) as of_day
         from messages where team_id = $team and completed_at is not null) sent
       join mailboxes b on b.team_id = $team and b.id = sent.mailbox_id where of_hour > b.hourly_limit or of_day > b.daily_limit) over_limit`,
    "an active enrollment without a due time": `enrollments where team_id = $team and state = 'active' and due_at is null`,
    "a planned mail of nobody active": `messages m join enrollments e on e.team_id = m.team_id and e.id = m.enrollment_id
       where m.team_id = $team and m.status = 'scheduled' and e.state <> 'active'`,
    "an enrollment nobody was told of": `enrollments e where e.team_id = $team and not exists
       (select from events v where v.team_id = e.team_id and v.subject_id = e.id and v.type = 'enrollment.added')`,
    "an end nobody was told of": `enrollments e where e.team_id = $team and e.state in ('finished', 'failed') and not exists
       (select from events v where v.team_id = e.team_id and v.subject_id = e.id and v.type = 'enrollment.' || e.state)`,
    "an open merge field": `messages where team_id = $team and concat(subject, body_html, body_text) like '%{{%'`,
    "something that has yet to happen": `messages where team_id = $team and greatest(completed_at, failed_at, replied_at) > clock_timestamp()`,
    "an event of tomorrow": `events where team_id = $team and occurred_at > clock_timestamp()`,
  };
  for (const [what, from] of Object.entries(never)) assert.equal(await count(from), 0, what);
});

test("what came back is what the mails and the counters say", async () => {
  const [mails] = await ask<Record<string, number>>(
    `select (count(*) filter (where replied_at is not null))::int as replied, (count(*) filter (where has_bounced))::int as bounced,
            sum(num_opens)::int as opens, sum(num_clicks)::int as clicks
       from messages where team_id = $team`,
  );
  const [came] = await ask<Record<string, number>>(
    `select (select count(*)::int from incoming_mails where team_id = $team and counts) as replied,
            (select count(*)::int from incoming_mails where team_id = $team and kind = 'bounce') as bounced,
            (select count(*)::int from message_events where team_id = $team and type = 'open') as opens,
            (select count(*)::int from message_events where team_id = $team and type = 'click') as clicks`,
  );
  assert.deepEqual(came, mails);
  const never = {
    "an answer before its mail": `incoming_mails i join messages m on m.team_id = i.team_id and m.id = i.message_id
       where i.team_id = $team and i.received_at < m.released_at`,
    "an answer of tomorrow":
      "incoming_mails where team_id = $team and greatest(received_at, handled_at) > clock_timestamp()",
    "an answer of another class than its mail has": `incoming_mails i join messages m on m.team_id = i.team_id and m.id = i.message_id
       where i.team_id = $team and i.reply_class is distinct from m.reply_class and i.kind <> 'bounce'`,
    "a gap in its words":
      "incoming_mails where team_id = $team and concat(subject, body_text) ~ '[{}]|null|undefined'",
    "a mail on a day off":
      "messages where team_id = $team and extract(isodow from released_at at time zone 'UTC') > 5",
  };
  for (const [what, from] of Object.entries(never)) assert.equal(await count(from), 0, what);
});

test("the product reads every answer as it was planted", async () => {
  const rows = await ask<{ reply_class: string; body_text: string }>(
    "select distinct on (reply_class, left(body_text, 60)) reply_class, body_text from incoming_mails where team_id = $team and kind = 'reply'",
  );
  assert.ok(new Set(rows.map((row) => row.reply_class)).size >= 5, "of every class there is one");
  for (const { reply_class, body_text } of rows) {
    const { fresh } = writtenIn(body_text);
    assert.equal(APOLLO_CLASS[replyClassOf(fresh).replyClass], reply_class, fresh);
  }
});

test("a contact who replied has a feed and a timeline that end with it", async () => {
  const [row] = await ask<{ contact_id: string; id: string }>(
    "select contact_id, id from messages where team_id = $team and reply_class = 'willing_to_meet' limit 1",
  );
  const contact_id = row?.contact_id ?? "";
  const { events } = await team.api.sequences.activityFeed({ contact_id });
  assert.deepEqual([events.at(-1)?.type, events.some(({ type }) => type === "replied")], ["enrolled", true]);
  const { contact } = await team.api.contacts.get({ id: contact_id });
  assert.equal(contact.contact_campaign_statuses[0]?.status, "finished");
});

test("every address ends in .example, which no mail reaches", async () => {
  const elsewhere = await ask(
    `select email from contacts where team_id = $team and email not like '%.example'
     union all select email from users where team_id = $team and email not like '%.example' and id <> '${team.owner.id}'
     union all select email from mailboxes where team_id = $team and (email not like '%.example' or type <> 'catcher')
     union all select domain from accounts where team_id = $team and domain not like '%.example'
     union all select to_email from messages where team_id = $team and to_email not like '%.example'`,
  );
  assert.deepEqual(elsewhere, []);
});

test("everybody is invented, and the team knows it", async () => {
  assert.equal(await count("contacts where team_id = $team and not is_invented"), 0);
  assert.equal(await count("teams where id = $team and sample_planted_at is not null"), 1);
  assert.equal(await count("teams where id <> $team and sample_planted_at is not null"), 0);
});

test("a new user adds the contacts of one list to one sequence, and all are enrolled", async () => {
  const { contacts } = await team.api.contacts.search({
    contact_label_ids: await labelIds(team.api, SEE_IT_WORK),
  });
  assert.equal(contacts.length, 8);
  const { emailer_campaigns } = await team.api.sequences.search({ q_name: SEE_IT_WORK });
  const { email_accounts } = await team.api.emailAccounts.list({});
  const answer = await team.api.joining.addContacts({
    id: emailer_campaigns[0]?.id ?? "",
    contact_ids: contacts.map(({ id }) => id),
    send_email_from_email_account_id: [email_accounts[0]?.id ?? ""],
  });
  assert.ok("contacts" in answer && answer.contacts.length === 8);
  const late = "e.due_at > clock_timestamp() + interval '5 seconds'";
  assert.equal(
    await count(`enrollments e join sequences s on s.team_id = e.team_id and s.id = e.sequence_id
      where e.team_id = $team and s.name = '${SEE_IT_WORK}' and ${late}`),
    0,
    "on any day and at any hour they are due at once",
  );
});

test("a team that has contacts is left alone, and so is everybody else", async () => {
  const before = await rowCounts(world);
  assert.equal(await plantSample(world.running.app, seat()), false);
  assert.deepEqual(await rowCounts(world), before);
  for (const table of ["contacts", "accounts", "sequences", "enrollments", "messages", "tasks", "deals"])
    assert.equal(await count(`${table} where team_id <> $team`), 0, table);
});

test("of two plantings at once, one plants", async () => {
  const third = await world.newTeam("Third");
  const seatThere = { teamId: third.id, userId: third.owner.id };
  const both = await Promise.all([1, 2].map(() => plantSample(world.running.app, seatThere)));
  assert.deepEqual(both.sort(), [false, true]);
});
