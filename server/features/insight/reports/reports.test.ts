// Apollo's report, counted from planted rows.

import assert from "node:assert/strict";
import { test } from "node:test";
import { REPORT_DIMENSIONS, REPORT_METRICS, REPORT_PERIODS } from "@cadenza/contract";
import type { Client } from "@cadenza/sdk";
import pg from "pg";
import { METRICS } from "../../../domain/insight/report-metrics.ts";
import { PERIODS } from "../../../domain/insight/report-period.ts";
import { plant, plantContact, plantEnrollment, plantMessage } from "../../../testing/planted.ts";
import type { SequenceWish } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { statementFor } from "./counting-store.ts";

let team: Team;
let stranger: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Strangers");
});

type Input = Parameters<Client["reports"]["sync"]>[0];
type Metric = Input["metrics"][number]["value"];
const ask = (metrics: readonly Metric[], rest: Omit<Input, "metrics"> = {}, api = team.api) =>
  api.reports.sync({ metrics: metrics.map((value) => ({ value })), ...rest });
const table = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).response.table_response;

/** The buckets of what it is grouped by, as [key, metric, …]. */
async function lines(metrics: readonly Metric[], rest: Omit<Input, "metrics">, api = team.api) {
  const [shown] = Object.values(await table(metrics, rest, api));
  assert.ok(shown && typeof shown === "object");
  return shown.buckets.map((bucket) => [bucket.key, ...metrics.map((metric) => bucket[metric])]);
}

const step = (subjects: readonly string[]) => ({
  ...({ type: "auto_email", wait_time: 0, wait_mode: "day" } as const),
  emailer_touches: subjects.map((subject) => ({ emailer_template: { subject, body_html: "<p>Hello</p>" } })),
});

async function newSequence(more: SequenceWish = {}, of = team) {
  const made = await of.api.sequences.create({
    name: "Nordic plants",
    emailer_steps: [step(["A", "B"]), step(["C"])],
    ...more,
  });
  const [a = "", b = "", c = ""] = made.emailer_touches.map(({ id }) => id);
  const [first = "", second = ""] = made.emailer_steps.map(({ id }) => id);
  return { id: made.emailer_campaign.id, first, second, a, b, c };
}

/** Mails of every fate, some of them fetched by machines. */
async function plantFates(sequence: Awaited<ReturnType<typeof newSequence>>) {
  const people = await Promise.all([1, 2, 3].map(() => plantContact(world, team)));
  const { first, second, a, b, c } = sequence;
  const plantOne = (step_id: string, touch_id: string, who: number, rest: object) =>
    plantMessage(world, team, sequence.id, {
      step_id,
      touch_id,
      contact_id: people[who],
      completed_at: "2026-11-02T12:00:00Z",
      user_id: team.owner.id,
      to_email: `p${who}@${who === 1 ? "Alpha" : "beta"}.example`,
      ...rest,
    });
  await plantEnrollment(world, team, sequence.id, {
    contact_id: people[0],
    added_at: "2026-11-02T08:00:00Z",
    added_by: team.owner.id,
  });
  const seen = await plantOne(first, a, 0, {
    num_opens: 3,
    open_tracking: true,
    replied_at: "2026-11-05T12:00:00Z",
    reply_class: "willing_to_meet",
  });
  const fetched = await plantOne(first, a, 1, {
    open_tracking: true,
    replied_at: "2026-11-05T12:00:00Z",
    reply_class: "out_of_office",
  });
  await plantOne(first, b, 2, { has_bounced: true, is_hard_bounce: true });
  await plantOne(second, c, 0, {
    completed_at: "2026-11-04T12:00:00Z",
    num_opens: 1,
    num_clicks: 1,
    unsubscribed_at: "2026-11-05T12:00:00Z",
  });
  await plantOne(second, c, 1, { status: "scheduled", completed_at: null, due_at: "2026-11-06T12:00:00Z" });
  for (const message_id of [seen, fetched])
    await plant(world, team, "message_events", {
      message_id,
      type: "open",
      at: "2026-11-02T12:00:01Z",
      is_machine: true,
    });
}

test("the report of a sequence and its own page give the same figures, in mails, in people and by step", async () => {
  const sequence = await newSequence();
  await plantFates(sequence);
  const filters = { emailer_campaign_ids: [sequence.id] };
  const { report } = await team.api.reports.sequence({ id: sequence.id });
  const { emailer_campaign } = await team.api.sequences.show({ id: sequence.id });
  const all = await table(
    [
      ...(["num_emails_sent", "num_emails_delivered", "num_emails_opened", "num_emails_clicked"] as const),
      ...([
        "num_emails_replied",
        "num_emails_bounced",
        "num_emails_unsubscribed",
        "num_emails_demoed",
      ] as const),
      ...(["num_contacts_emailed", "num_contacts_opened", "num_contacts_replied"] as const),
      ...(["num_contacts_added_to_sequence", "num_emails_scheduled", "num_emails_open_tracked"] as const),
      ...(["percent_emails_opened", "percent_emails_bounced", "percent_emails_opened_tracked"] as const),
      ...([
        "percent_emails_opened_per_sent",
        "num_emails_opened_by_machines",
        "num_emails_auto_replied",
      ] as const),
    ],
    { filters },
  );
  const { mails, people } = report;
  for (const [word, value] of Object.entries(mails)) assert.equal(all[`num_emails_${word}`], value, word);
  assert.deepEqual([mails.sent, mails.opened, mails.replied], [4, 2, 1]);
  assert.deepEqual(
    [
      all.num_contacts_emailed,
      all.num_contacts_opened,
      all.num_contacts_replied,
      all.num_contacts_added_to_sequence,
    ],
    [people.reached, people.opened, people.replied, people.added],
  );
  const rate = (value: unknown) => Math.round(Number(value) * 1_000_000) / 10_000;
  assert.equal(all.percent_emails_opened, rate(emailer_campaign.open_rate));
  assert.equal(all.percent_emails_bounced, rate(emailer_campaign.bounce_rate));
  assert.equal(all.num_emails_scheduled, emailer_campaign.unique_scheduled);
  assert.equal(all.num_emails_open_tracked, emailer_campaign.unique_delivered_open_tracked);
  // Two were fetched by machines; one of the two was not opened by a person.
  assert.deepEqual(
    [
      all.num_emails_opened_by_machines,
      all.percent_emails_opened_tracked,
      all.percent_emails_opened_per_sent,
      all.num_emails_auto_replied,
    ],
    [2, 50, 50, 1],
  );
  assert.deepEqual(
    (
      await lines(["num_emails_sent", "num_emails_delivered"], {
        group_by: [{ name: "emailer_step_id" }],
        filters,
      })
    ).toSorted(),
    report.steps.map((one) => [one.emailer_step_id, one.mails.sent, one.mails.delivered]).toSorted(),
  );
  assert.deepEqual(
    await lines(["num_emails_delivered", "num_emails_opened"], { group_by: [{ name: "day" }], filters }),
    report.days.map((one) => [one.date, one.delivered, one.opened]),
  );
  assert.deepEqual(await lines(["num_emails_sent"], { group_by: [{ name: "recipient_domain" }], filters }), [
    ["beta.example", 3],
    ["alpha.example", 1],
  ]);
  assert.deepEqual(
    await lines(["num_emails_sent"], {
      group_by: [{ name: "reply_class" }],
      filters,
      skip_group_by_values: ["none"],
    }),
    [
      ["out_of_office", 1],
      ["willing_to_meet", 1],
    ],
  );
});

test("a mail at half past eleven at night counts on the team's day, week, weekday and hour", async () => {
  const oslo = await world.newTeam("Oslo");
  await oslo.api.teams.update({ time_zone: "Europe/Oslo" });
  const { id } = await newSequence({}, oslo);
  // Sunday 23:30 and Monday 00:30 in Oslo: in UTC both are Sunday.
  for (const completed_at of ["2026-11-08T22:30:00Z", "2026-11-08T23:30:00Z"])
    await plantMessage(world, oslo, id, { completed_at });
  const by = (name: "day" | "week" | "month" | "hour_of_day" | "day_of_week") =>
    lines(["num_emails_sent"], { group_by: [{ name }] }, oslo.api);
  assert.deepEqual(await by("day"), [
    ["2026-11-08", 1],
    ["2026-11-09", 1],
  ]);
  assert.deepEqual(await by("week"), [
    ["2026-11-02", 1],
    ["2026-11-09", 1],
  ]);
  assert.deepEqual(await by("hour_of_day"), [
    ["00", 1],
    ["23", 1],
  ]);
  assert.deepEqual(await by("day_of_week"), [
    ["1", 1],
    ["7", 1],
  ]);
  assert.deepEqual(await by("month"), [["2026-11", 2]]);
  const sunday = { smart_datetime_range: { min: "2026-11-08", max: "2026-11-08" } };
  const custom = { filters: sunday, date_ranges: [{ modality: "custom_range" as const }] };
  assert.deepEqual(await table(["num_emails_sent"], custom, oslo.api), { num_emails_sent: 1 });
});

test("replies are told apart by the weekday and the hour at which they came", async () => {
  const oslo = await world.newTeam("Replies in Oslo");
  await oslo.api.teams.update({ time_zone: "Europe/Oslo" });
  const { id } = await newSequence({}, oslo);
  const sent = { completed_at: "2026-11-04T09:00:00Z", reply_class: "willing_to_meet" };
  // Sunday 23:30 and Monday 00:30 in Oslo.
  for (const replied_at of ["2026-11-08T22:30:00Z", "2026-11-08T23:30:00Z"])
    await plantMessage(world, oslo, id, { ...sent, replied_at });
  await plantMessage(world, oslo, id, { completed_at: sent.completed_at });
  const group_by = [{ name: "reply_day_of_week" as const }];
  const known = { group_by, skip_group_by_values: ["none"] };
  assert.deepEqual(await lines(["num_emails_replied"], known, oslo.api), [
    ["1", 1],
    ["7", 1],
  ]);
  const { rows } = await oslo.api.reports.behind({
    metric: "num_emails_replied",
    group: { name: "reply_day_of_week", key: "7" },
    pivot: { name: "reply_hour", key: "23" },
  });
  assert.equal(rows.length, 1);
});

test("a named period holds what was sent in it, to the second", async () => {
  const own = await world.newTeam("Periods");
  await own.api.teams.update({ time_zone: "Asia/Tokyo" });
  const { id } = await newSequence({}, own);
  const today = Temporal.Now.zonedDateTimeISO("Asia/Tokyo").startOfDay();
  for (const at of [
    today,
    today.subtract({ seconds: 1 }),
    today.subtract({ days: 29 }),
    today.subtract({ days: 29, seconds: 1 }),
  ])
    await plantMessage(world, own, id, { completed_at: at.toInstant().toString() });
  const sent = async (modality: "today" | "yesterday" | "last_30_days" | "all_time") =>
    (await table(["num_emails_sent"], { date_ranges: [{ modality }] }, own.api)).num_emails_sent;
  assert.deepEqual(
    [await sent("today"), await sent("yesterday"), await sent("last_30_days"), await sent("all_time")],
    [1, 1, 3, 4],
  );
});

test("calls, tasks and deals stand beside mails, and people in two groups count once in the total", async () => {
  const own = await world.newTeam("Work");
  const { user } = await own.api.users.invite({ email: "ada@example.no", first_name: "Ada" });
  const { id } = await newSequence({}, own);
  for (const name of ["North", "South"]) await own.api.subteams.create({ name, user_ids: [user.id] });
  const at = "2026-11-02T12:00:00Z";
  await plantMessage(world, own, id, { completed_at: at, user_id: user.id });
  const { phone_call_outcomes } = await own.api.phoneCalls.outcomes();
  const outcome = (connects: boolean) =>
    phone_call_outcomes.find(({ is_connect }) => is_connect === connects)?.id;
  for (const outcome_id of [outcome(true), outcome(false)])
    await plant(world, own, "calls", {
      user_id: user.id,
      outcome_id,
      started_at: at,
      created_at: at,
      updated_at: at,
    });
  await plant(world, own, "tasks", {
    user_id: user.id,
    type: "call",
    status: "completed",
    due_at: at,
    completed_at: at,
    created_at: at,
    updated_at: at,
  });
  const { opportunity_stages } = await own.api.opportunityStages.list();
  const won = opportunity_stages.find(({ is_won }) => is_won)?.id;
  await plant(world, own, "deals", {
    name: "Plant",
    owner_id: user.id,
    stage_id: won,
    source: "api",
    actually_closed_on: "2026-11-03",
    created_at: at,
    updated_at: at,
  });
  const metrics = [
    ...([
      "num_emails_sent",
      "num_phone_calls",
      "percent_phone_calls_connect",
      "num_tasks_completed",
    ] as const),
    ...(["num_opportunities_created", "num_opportunities_won"] as const),
  ] as const;
  assert.deepEqual(await lines(metrics, { group_by: [{ name: "user_id" }] }, own.api), [
    [user.id, 1, 2, 50, 1, 1, 1],
  ]);
  const { response } = await ask(
    metrics,
    {
      group_by: [{ name: "smart_subteam_id" }],
      pivot_group_by: [{ name: "day" }],
      group_by_totals_selected: true,
      pivot_group_by_totals_selected: true,
    },
    own.api,
  );
  const shown = response.table_response.smart_subteam_id;
  assert.ok(shown && typeof shown === "object");
  const day = (key: string, ...values: (number | null)[]) => ({
    key,
    readable_key: key,
    ...Object.fromEntries(
      metrics.map((metric, n) => [metric, values[n] ?? (metric.startsWith("percent") ? null : 0)]),
    ),
  });
  const days = { buckets: [day("2026-11-02", 1, 2, 50, 1, 1), day("2026-11-03", 0, 0, null, 0, 0, 1)] };
  assert.deepEqual(
    shown.buckets.map((bucket) => [bucket.readable_key, bucket.num_phone_calls, bucket.day]),
    [
      ["North", 2, days],
      ["South", 2, days],
    ],
  );
  assert.deepEqual(response.group_by_total_response, { day: days });
  const ofPivots = response.pivot_group_by_total_response.smart_subteam_id;
  assert.ok(ofPivots && typeof ofPivots === "object");
  assert.deepEqual(
    ofPivots.buckets.map((bucket) => bucket.num_phone_calls),
    [2, 2],
  );
});

test("sorts, limits and least wholes hold, and what says nothing about a metric is told", async () => {
  const own = await world.newTeam("Sorting");
  const few = await newSequence({ name: "Few" }, own);
  const many = await newSequence({ name: "Many" }, own);
  for (const [id, count] of [
    [few.id, 1],
    [many.id, 3],
  ] as const)
    for (let n = 0; n < count; n++)
      await plantMessage(world, own, id, {
        completed_at: "2026-11-02T12:00:00Z",
        ...(n === 0 && { replied_at: "2026-11-03T12:00:00Z" }),
      });
  const group_by = [{ name: "emailer_campaign_id" as const, limit: 1 }];
  const sorted = (asc: boolean) =>
    lines(
      ["num_emails_sent", "percent_emails_replied"],
      { group_by, sorts: [{ metric: "num_emails_sent", asc }], min_ratio_denominator: 2 },
      own.api,
    );
  assert.deepEqual(await sorted(false), [[many.id, 3, 33.3333]]);
  assert.deepEqual(await sorted(true), [[few.id, 1, null]]);
  const unfit = await ask(
    ["num_emails_sent", "num_phone_calls"],
    {
      group_by: [{ name: "email_account_id" }],
      filters: { emailer_campaign_ids: [few.id], opportunity_stage_ids: [few.id] },
    },
    own.api,
  );
  assert.deepEqual(unfit.incompatible_filters, {
    num_emails_sent: ["opportunity_stage_ids"],
    num_phone_calls: ["email_account_id", "opportunity_stage_ids"],
  });
});

test("a user who may not see a sequence does not see its numbers, and another team none at all", async () => {
  const own = await world.newTeam("Sharing");
  const hidden = await newSequence({}, own);
  const open = await newSequence({}, own);
  await own.api.sequences.update({ id: open.id, sharing_permission: { visibility: "everyone" } });
  const at = "2026-11-02T12:00:00Z";
  for (const { id } of [hidden, open]) {
    await plantMessage(world, own, id, { completed_at: at, user_id: own.owner.id });
    await plantEnrollment(world, own, id, { added_at: at });
    await plant(world, own, "tasks", {
      user_id: own.owner.id,
      sequence_id: id,
      type: "call",
      status: "completed",
      due_at: at,
      completed_at: at,
      created_at: at,
      updated_at: at,
    });
  }
  const { user } = await own.api.users.invite({ email: "member2@example.no" });
  const { api_key } = await own.api.apiKeys.create({ name: "member", master: true, user_id: user.id });
  const member = world.client({ apiKey: api_key.key });
  const metrics = ["num_emails_sent", "num_contacts_added_to_sequence", "num_tasks_completed"] as const;
  const group_by = [{ name: "emailer_campaign_id" as const }];
  assert.deepEqual(await lines(metrics, { group_by }, member), [[open.id, 1, 1, 1]]);
  assert.equal((await lines(metrics, { group_by }, own.api)).length, 2);
  const filters = { emailer_campaign_ids: [hidden.id] };
  const none = { num_emails_sent: 0, num_contacts_added_to_sequence: 0, num_tasks_completed: 0 };
  assert.deepEqual(await table(metrics, { filters }, member), none);
  assert.deepEqual(await table(metrics, {}, stranger.api), none);
});

test("as a file it is a table without formulas, under the names that were asked for", async () => {
  const own = await world.newTeam("Files");
  const { id } = await newSequence({ name: "=1+1" }, own);
  await plantMessage(world, own, id, { completed_at: "2026-11-02T12:00:00Z" });
  const answer = await fetch(`${world.url}/api/v1/reports/sync_report`, {
    method: "POST",
    headers: { "x-api-key": own.key, "content-type": "application/json", accept: "text/csv" },
    body: JSON.stringify({
      metrics: [{ value: "num_emails_sent", display_name: "@Sent" }, { value: "percent_emails_replied" }],
      group_by: [{ name: "emailer_campaign_id" }],
      pivot_group_by: [{ name: "day" }],
    }),
  });
  assert.equal(answer.headers.get("content-type"), "text/csv; charset=utf-8");
  assert.equal(
    await answer.text(),
    "emailer_campaign_id,emailer_campaign_id_readable,day,day_readable,'@Sent,percent_emails_replied\r\n" +
      `${id},'=1+1,2026-11-02,2026-11-02,1,0\r\n`,
  );
});

test("the contract offers every metric and every period there is, and no other", () => {
  assert.deepEqual([...REPORT_METRICS].sort(), [...METRICS].sort());
  assert.deepEqual([...REPORT_PERIODS].sort(), [...PERIODS].sort());
});

test("every grouping works with every metric, alone and as a pivot", async () => {
  for (const [n, name] of REPORT_DIMENSIONS.entries()) {
    const pivot = name === "day" ? "month" : "day";
    const asked = {
      group_by: [{ name }],
      ...(n % 2 === 0 && { pivot_group_by: [{ name: pivot as "day" }] }),
    };
    const { response } = await ask(
      REPORT_METRICS,
      { ...asked, group_by_totals_selected: true },
      stranger.api,
    );
    assert.deepEqual(response.table_response, { [name]: { buckets: [] } }, name);
  }
});

test("bad input is refused in Apollo's words", async () => {
  const post = async (body: object) => {
    const answer = await fetch(`${world.url}/api/v1/reports/sync_report`, {
      method: "POST",
      headers: { "x-api-key": team.key, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return [answer.status, ((await answer.json()) as { error?: string }).error ?? ""] as const;
  };
  const metrics = [{ value: "num_emails_sent" }];
  const refusals: [object, RegExp][] = [
    [{}, /'metrics' missing/],
    [{ metrics: [] }, /metrics must/],
    [{ metrics: [{ value: "num_dreams" }] }, /metrics\.0\.value must be one of num_emails_sent/],
    [{ metrics, group_by: [{ name: "colour" }] }, /group_by\.0\.name must be one of/],
    [{ metrics, group_by: [{ name: "day" }, { name: "week" }] }, /group_by must have at most 1/],
    [
      { metrics, group_by: [{ name: "user_id" }], pivot_group_by: [{ name: "smart_user_id" }] },
      /must differ/,
    ],
    [{ metrics, group_by: [{ name: "day", limit: 0 }] }, /group_by\.0\.limit/],
    [{ metrics, sorts: [{ metric: "num_phone_calls" }] }, /one of the metrics asked for/],
    [{ metrics, date_ranges: [{ modality: "some_day" }] }, /modality must be one of today/],
    [{ metrics, date_ranges: [{ modality: "custom_range" }] }, /'filters\.smart_datetime_range' missing/],
    [
      { metrics, filters: { smart_datetime_range: { min: "2026-11-03", max: "2026-11-02" } } },
      /start before it ends/,
    ],
    [{ metrics, filters: { smart_datetime_range: { min: "2026-02-30" } } }, /is not a time/],
    [{ metrics, filters: { emailer_campaign_ids: ["x'; drop"] } }, /is not a valid ID/],
    [{ metrics, min_ratio_denominator: -1 }, /min_ratio_denominator/],
  ];
  for (const [body, sentence] of refusals) {
    const [status, said] = await post(body);
    assert.equal(status, 422, JSON.stringify(body));
    assert.match(said, sentence);
  }
  assert.equal(
    (
      await post({
        metrics,
        date_ranges: [{ modality: "last_30_days" }],
        filters: {},
        sorts: [],
        group_by: [],
      })
    )[0],
    200,
  );
});

test("what went out in a time is found by the index on when it went", async () => {
  const own = await world.newTeam("Much");
  await asOwner(world, async (client) => {
    await client.query("set session_replication_role = replica");
    await client.query(
      `insert into messages (team_id, id, type, delivery, body_html, completed_at, created_at, updated_at)
       select $1::ident, new_ident(), 'outreach_automatic_email', 'sent', repeat('Hello. ', 50), t.at, t.at, t.at
         from generate_series(1, 5000) n, lateral (select now() - n * interval '1 hour' as at) t`,
      [own.id],
    );
    await client.query("analyze messages");
  });
  const now = Temporal.Now.instant();
  const question = {
    source: "mails",
    counts: ["num_emails_sent"],
    group: "day",
    pivot: null,
    cuts: ["g", ""],
    zone: "UTC",
  } as const;
  const nobody = { userIds: null, subteamIds: null, among: [], visible: null };
  const period = { from: now.subtract({ hours: 24 }), until: now };
  const { sql, values } = statementFor(own.id, { ...question, filter: { ...nobody, period } }, 1000);
  const app = new pg.Client(world.appConnection);
  await app.connect();
  try {
    await app.query("begin");
    await app.query("select set_config('cadenza.team_id', $1, true)", [own.id]);
    const { rows } = await app.query<{ "QUERY PLAN": string }>(`explain ${sql}`, values);
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    assert.match(plan, /messages_went/);
    assert.doesNotMatch(plan, /contacts|accounts|message_events/, "nothing is read that is not asked for");
  } finally {
    await app.end();
  }
});

test("every number opens its rows: as many as it counts, under every grouping there is", async () => {
  const own = await world.newTeam("Behind");
  const sequence = await newSequence({}, own);
  const people = await Promise.all([1, 2].map(() => plantContact(world, own, { first_name: "Ada" })));
  await own.api.subteams.create({ name: "North", user_ids: [own.owner.id] });
  const at = "2026-11-02T12:00:00Z";
  const stamps = { created_at: at, updated_at: at };
  const mail = { step_id: sequence.first, touch_id: sequence.a, user_id: own.owner.id, completed_at: at };
  const plantOne = (who: number, rest: object) =>
    plantMessage(world, own, sequence.id, {
      ...mail,
      contact_id: people[who],
      to_email: `p${who}@beta.example`,
      ...rest,
    });
  const answer = { replied_at: "2026-11-05T12:00:00Z", reply_class: "willing_to_meet" };
  const tracked = { open_tracking: true, click_tracking: true, num_opens: 1, num_clicks: 1 };
  const opened = await plantOne(0, { ...tracked, ...answer, unsubscribed_at: at, demoed_at: at });
  await plantOne(0, { num_opens: 2, user_id: null });
  const returned = await plantOne(1, { has_bounced: true, is_hard_bounce: true });
  await plantOne(1, { is_spam_blocked: true });
  await plantOne(1, { replied_at: at, reply_class: "out_of_office" });
  await plantOne(1, { status: "scheduled", completed_at: null, due_at: at });
  await plantOne(1, {
    status: "failed",
    completed_at: null,
    due_at: at,
    failed_at: at,
    not_sent_reason: "suppressed",
  });
  for (const type of ["open", "click"])
    await plant(world, own, "message_events", { message_id: opened, type, at, is_machine: true });
  const mailbox_id = await plant(world, own, "mailboxes", {
    user_id: own.owner.id,
    email: "ole@beta.example",
    type: "smtp",
    ...stamps,
  });
  await plant(world, own, "incoming_mails", {
    mailbox_id,
    content_key: "a",
    folder: "INBOX",
    uid: 1,
    kind: "bounce",
    certainty: "sure",
    message_id: returned,
    bounce_code: "5.1.1",
    received_at: at,
    processed_at: at,
  });
  await plantEnrollment(world, own, sequence.id, {
    contact_id: people[0],
    added_at: at,
    added_by: own.owner.id,
    state: "finished",
  });
  const { phone_call_outcomes } = await own.api.phoneCalls.outcomes();
  const outcome_id = phone_call_outcomes.find(({ is_connect }) => is_connect)?.id;
  await plant(world, own, "calls", {
    user_id: own.owner.id,
    outcome_id,
    is_inbound: true,
    started_at: at,
    ...stamps,
  });
  for (const status of ["scheduled", "completed", "skipped"])
    await plant(world, own, "tasks", {
      user_id: own.owner.id,
      type: "call",
      status,
      due_at: at,
      ...stamps,
      ...(status === "completed" && { completed_at: at }),
      ...(status === "skipped" && { skipped_at: at }),
    });
  const { opportunity_stages } = await own.api.opportunityStages.list();
  for (const stage of [
    opportunity_stages.find(({ is_won }) => is_won),
    opportunity_stages.find(({ is_won, is_closed }) => is_closed && !is_won),
  ])
    await plant(world, own, "deals", {
      name: "Plant",
      owner_id: own.owner.id,
      stage_id: stage?.id,
      source: "api",
      ...stamps,
      actually_closed_on: "2026-11-03",
    });

  const counts = REPORT_METRICS.filter((metric) => metric.startsWith("num_"));
  const whole = await table(counts, {}, own.api);
  for (const metric of counts) {
    const { rows, pagination } = await own.api.reports.behind({ metric });
    assert.ok(Number(whole[metric]) > 0, `${metric} counts something here`);
    assert.deepEqual([rows.length, pagination.total_entries], [whole[metric], whole[metric]], metric);
    assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length, metric);
  }
  for (const name of REPORT_DIMENSIONS) {
    const { response, incompatible_filters } = await ask(counts, { group_by: [{ name }] }, own.api);
    const shown = response.table_response[name];
    assert.ok(shown && typeof shown === "object");
    assert.ok(shown.buckets.length > 0, name);
    for (const bucket of shown.buckets)
      for (const metric of counts.filter((one) => !(one in incompatible_filters))) {
        const group = { name, key: String(bucket.key) };
        const { pagination } = await own.api.reports.behind({ metric, group, per_page: 1 });
        assert.equal(pagination.total_entries, bucket[metric], `${metric} by ${name}, ${bucket.key}`);
      }
  }
  const causes = await lines(["num_emails_bounced"], { group_by: [{ name: "bounce_cause" }] }, own.api);
  assert.deepEqual(causes, [
    ["hard 5.1.1", 1],
    ["blocked", 0],
    ["none", 0],
  ]);
  const [first] = (await own.api.reports.behind({ metric: "percent_emails_replied" })).rows;
  assert.deepEqual([first?.id, first?.contact_name, first?.at], [opened, "Ada", "2026-11-02T12:00:00.000Z"]);
});

test("rows are behind a group and a pivot at once, and nothing is behind what says nothing about a metric", async () => {
  const own = await world.newTeam("Cells");
  const sequence = await newSequence({}, own);
  for (const completed_at of ["2026-11-02T12:00:00Z", "2026-11-02T15:00:00Z", "2026-11-03T12:00:00Z"])
    await plantMessage(world, own, sequence.id, { completed_at });
  const group = { name: "emailer_campaign_id" as const, key: sequence.id };
  const pivot = { name: "day" as const, key: "2026-11-02" };
  const found = await own.api.reports.behind({ metric: "num_emails_sent", group, pivot });
  assert.deepEqual(
    found.rows.map(({ at }) => at),
    ["2026-11-02T15:00:00.000Z", "2026-11-02T12:00:00.000Z"],
  );
  const custom = {
    filters: { smart_datetime_range: { min: "2026-11-03" } },
    date_ranges: [{ modality: "custom_range" as const }],
  };
  assert.equal((await own.api.reports.behind({ metric: "num_emails_sent", ...custom })).rows.length, 1);
  assert.deepEqual((await stranger.api.reports.behind({ metric: "num_emails_sent", group })).rows, []);
  await assert.rejects(
    own.api.reports.behind({ metric: "num_phone_calls", group: { name: "email_account_id", key: "none" } }),
    { status: 422 },
  );
});
