// How long a report takes, beside the bare statement that it comes down to.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@cadenza/sdk";
import type pg from "pg";
import { type Figure, median, type Suite, sideBySide } from "./harness.ts";
import { connectAs, startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3927;
const MANY = Number(process.env.CADENZA_BENCH_MESSAGES ?? 10_000_000);
const DAYS = 365;
const SEQUENCES = 40;
const ROUNDS = 5;
const TARGET = 1.5;
const SUMS_TARGET_MS = 300;

export const reports: Suite = {
  name: "Reports",
  about:
    `One team with ${MANY} sent mails of ${SEQUENCES} sequences, spread evenly over ${DAYS} days. \`POST /reports/sync_report\` over HTTP ` +
    "against one statement written by hand for the same figures, sent by a bare driver as the same role. In turn, after a first time each. Then the same from sums of days, once they are added up.",
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const env = { CADENZA_DATA_DIR: dataDir, CADENZA_BOOTSTRAP_KEY: KEY, CADENZA_LOG_LEVEL: "warn" };
    const start = (loops: string) =>
      startServer(["server/main.ts"], PORT, { ...env, CADENZA_ENGINE_LOOPS: loops });
    let server = await start("0");
    try {
      const { figures, key, teamId, sequences } = await measure(server.url, dataDir);
      await server.stop();
      server = await start("1");
      return [...figures, ...(await measureSums(server.url, dataDir, { key, teamId, sequences }))];
    } finally {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

type Team = { key: string; teamId: string; sequences: readonly string[] };

/** The same questions, once the engine has added up the days that are over. */
async function measureSums(
  url: string,
  dataDir: string,
  { key, teamId, sequences }: Team,
): Promise<Figure[]> {
  const owner = await connectAs(dataDir, "owner");
  const api = createClient({ baseUrl: url, apiKey: key, retries: 0, timeoutMs: 60_000 });
  const took = await timed(async () => {
    for (;;) {
      const { rows } = await owner.query(
        "select until_day >= current_date - 1 as is_there from message_day_places where team_id = $1",
        [teamId],
      );
      if (rows[0]?.is_there) return;
      await sleep(100);
    }
  });
  await owner.end();
  const figures: Figure[] = [];
  for (const one of QUESTIONS.filter(({ isSummed }) => isSummed)) {
    const ask = () => timed(async () => api.reports.sync(one.input(sequences)));
    await ask();
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await ask());
    figures.push({
      name: `${one.name}, from sums of days`,
      measured: `${median(times).toFixed(0)} ms`,
      target: `${SUMS_TARGET_MS} ms or less`,
      isMet: median(times) <= SUMS_TARGET_MS,
      detail: `${MANY} mails of ${DAYS} days, which were added up within ${(took / 1000).toFixed(0)} s`,
    });
  }
  return figures;
}

async function measure(url: string, dataDir: string): Promise<Team & { figures: Figure[] }> {
  const owner = await connectAs(dataDir, "owner");
  const app = await connectAs(dataDir, "app");
  const operator = createClient({ baseUrl: url, apiKey: KEY, retries: 0 });
  const made = await operator.teams.create({ name: "Reports", owner_email: "reports@bench.example" });
  const api = createClient({ baseUrl: url, apiKey: made.api_key.key, retries: 0, timeoutMs: 60_000 });
  const sequences: string[] = [];
  for (let n = 0; n < SEQUENCES; n++)
    sequences.push((await api.sequences.create({ name: `Sequence ${n}` })).emailer_campaign.id);
  await plantMails(owner, made.team.id, sequences);
  const figures: Figure[] = [];
  for (const one of QUESTIONS) {
    const ask = () => timed(async () => api.reports.sync(one.input(sequences)));
    const bare = () => timed(() => askBare(app, made.team.id, one, sequences));
    await ask();
    await bare();
    const { ours, theirs, ratio } = await sideBySide(ROUNDS, ask, bare);
    figures.push({
      name: `${one.name}, among ${MANY} mails`,
      measured: `${ratio.toFixed(2)} times bare`,
      target: `${TARGET} times or less`,
      isMet: ratio <= TARGET,
      detail: `${ours.toFixed(0)} ms against ${theirs.toFixed(0)} ms`,
    });
  }
  await owner.end();
  await app.end();
  return { figures, key: made.api_key.key, teamId: made.team.id, sequences };
}

type Question = {
  name: string;
  input(sequences: readonly string[]): Parameters<ReturnType<typeof createClient>["reports"]["sync"]>[0];
  where: string;
  by: string;
  /** Whether days say it. */
  isSummed: boolean;
  values(sequences: readonly string[]): unknown[];
};

const metrics = (
  [
    "num_emails_sent",
    "num_emails_delivered",
    "num_emails_opened",
    "num_emails_replied",
    "percent_emails_replied",
  ] as const
).map((value) => ({ value }));

const WENT =
  "(case when completed_at is not null then completed_at when released_at is not null then released_at else failed_at end)";

// The last bare day is today in UTC, which is the zone of a new team.
const LAST_30 =
  `${WENT} >= date_trunc('day', now()) - interval '29 days' ` +
  `and ${WENT} < date_trunc('day', now()) + interval '1 day'`;

const QUESTIONS: readonly Question[] = [
  {
    name: "the last 30 days by sequence",
    input: () => ({
      metrics,
      group_by: [{ name: "emailer_campaign_id" }],
      date_ranges: [{ modality: "last_30_days" }],
    }),
    where: LAST_30,
    by: "sequence_id",
    isSummed: true,
    values: () => [],
  },
  {
    name: "today by hour",
    input: () => ({ metrics, group_by: [{ name: "hour_of_day" }], date_ranges: [{ modality: "today" }] }),
    where: LAST_30.replace("29 days", "0 days"),
    by: `extract(hour from ${WENT} at time zone 'UTC')`,
    isSummed: false,
    values: () => [],
  },
  {
    name: "one sequence, of all time, by month",
    input: ([one = ""]) => ({
      metrics,
      group_by: [{ name: "month" }],
      filters: { emailer_campaign_ids: [one] },
    }),
    where: "sequence_id = $2",
    by: `date_trunc('month', ${WENT} at time zone 'UTC')`,
    isSummed: true,
    values: ([one = ""]) => [one],
  },
  {
    name: "everything by sequence",
    input: () => ({ metrics, group_by: [{ name: "emailer_campaign_id" }] }),
    where: "true",
    by: "sequence_id",
    isSummed: true,
    values: () => [],
  },
];

async function askBare(
  app: pg.Client,
  teamId: string,
  { where, by, values }: Question,
  sequences: readonly string[],
) {
  await app.query("begin");
  await app.query("select set_config('cadenza.team_id', $1, true)", [teamId]);
  const delivered = "status = 'completed' and has_bounced is not true and is_spam_blocked is not true";
  const { rows } = await app.query(
    `select ${by} as by, count(*) as sent, count(*) filter (where ${delivered}) as delivered,
            count(*) filter (where ${delivered} and num_opens > 0) as opened,
            count(*) filter (where replied_at is not null and reply_class is distinct from 'out_of_office') as replied
       from messages
      where team_id = $1 and status is not null and copy_of is null
        and (status = 'completed' or has_bounced is true or is_spam_blocked is true) and ${where}
      group by grouping sets ((), (1))`,
    [teamId, ...values(sequences)],
  );
  await app.query("commit");
  return rows;
}

async function timed(work: () => Promise<unknown>) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Mails as they are kept, with a body of usual length: a row of a hundred bytes would be read sooner than one of a mail. */
async function plantMails(owner: pg.Client, teamId: string, sequences: readonly string[]) {
  await owner.query("set session_replication_role = replica"); // without triggers: nothing follows these rows
  const AT_ONCE = 250_000;
  for (let start = 0; start < MANY; start += AT_ONCE)
    await owner.query(
      `insert into messages (team_id, id, sequence_id, type, delivery, subject, body_html, to_email, completed_at, released_at,
                             num_opens, has_bounced, replied_at, open_tracking, created_at, updated_at)
       select $1::ident, 'ab' || lpad(to_hex(n), 22, '0'), ($2::text[])[1 + n % $3::int], 'outreach_automatic_email', 'sent',
              'A question for you', repeat('We build plants in the north. ', 20), 'p' || n || '@c' || n % 5000 || '.example', t.at, t.at,
              (n % 3 = 0)::int, n % 50 = 0, case when n % 20 = 0 then t.at end, n % 2 = 0, t.at, t.at
         from generate_series($4::bigint, $5::bigint) n,
              lateral (select now() - (n::double precision / $6) * $7 * interval '1 day' as at) t`,
      [teamId, sequences, sequences.length, start, Math.min(start + AT_ONCE, MANY) - 1, MANY, DAYS],
    );
  await owner.query("set session_replication_role = origin");
  await owner.query("vacuum analyze messages");
}
