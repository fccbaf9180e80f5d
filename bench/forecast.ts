// Weeks run forward in virtual time: over the API, from a snapshot of everybody to the answer.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient, type shapes } from "@cadenza/sdk";
import type pg from "pg";
import { median, type Suite } from "./harness.ts";
import { connectAs, startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3931;
const PEOPLE = Number(process.env.CADENZA_BENCH_FORECAST ?? 100_000);
const MAILBOXES = 50;
const SEQUENCES = 10;
const DAYS = 42;
const ROUNDS = 3;
const MOST_S = 30;

export const forecasting: Suite = {
  name: "Looking ahead",
  about:
    `One team: ${PEOPLE} people at the first of six steps (five mails and a call, three days apart) in ${SEQUENCES} sequences with office hours by the contact's clock, ` +
    `${MAILBOXES} mailboxes with a limit a day, an hour and a pause. \`POST /forecasts\` of ${DAYS} days, from the call to the answer; the median of ${ROUNDS}.`,
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const env = {
      CADENZA_DATA_DIR: dataDir,
      CADENZA_BOOTSTRAP_KEY: KEY,
      CADENZA_LOG_LEVEL: "warn",
      CADENZA_ENGINE_LOOPS: "0",
      CADENZA_MAIL_ALLOW: "127.0.0.0/8",
    };
    const server = await startServer(["scripts/run.mjs", "start"], PORT, env);
    const owner = await connectAs(dataDir, "owner");
    try {
      const operator = createClient({ baseUrl: server.url, apiKey: KEY, retries: 0 });
      const made = await operator.teams.create({ name: "Ahead", owner_email: "ahead@bench.example" });
      const api = createClient({
        baseUrl: server.url,
        apiKey: made.api_key.key,
        retries: 0,
        timeoutMs: 300_000,
      });
      await plant(owner, api, made.team.id);
      const seconds: number[] = [];
      let sends = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const began = performance.now();
        sends = (await api.forecasts.create({ days: DAYS, seed: 1 })).forecast.totals.sends;
        seconds.push((performance.now() - began) / 1_000);
      }
      const took = median(seconds);
      const faster = (DAYS * 86_400) / took;
      return [
        {
          name: `${DAYS} days of ${PEOPLE} people over ${MAILBOXES} mailboxes`,
          measured: `${took.toFixed(1)} s, ${Math.round(faster).toLocaleString("en")} times real time`,
          target: `${MOST_S} s and 1,000 times`,
          isMet: took <= MOST_S && faster >= 1_000,
          detail: `${sends.toLocaleString("en")} mails foreseen`,
        },
        ...(await promised(owner, api, made.team.id)),
      ];
    } finally {
      await owner.end();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

/** Whole seconds that the reader of the dialog waits for the promise; its other answers are there already. */
const PROMISED = [
  { people: 25, mostS: 5 },
  { people: 5_000, mostS: 10 },
];

/** Of people who are not in a sequence yet, from two of the mailboxes, whose queues are as full as the others'. */
async function promised(owner: pg.Client, api: Client, teamId: string) {
  const { emailer_campaigns } = await api.sequences.search({ per_page: 1 });
  const { email_accounts } = await api.emailAccounts.list();
  const boxes = email_accounts.slice(0, 2).map(({ id }) => id);
  const figures = [];
  for (const { people, mostS } of PROMISED) {
    const { rows } = await owner.query<{ id: string }>(
      `insert into contacts (team_id, id, first_name, email, email_status, time_zone, source, original_source, created_at, updated_at)
       select $1::ident, new_ident(), 'Odd' || n, 'q' || n || '@firm' || n || '-' || $2 || '.example', 'verified', 'Europe/Oslo', 'api', 'api', now(), now()
         from generate_series(1, $2::int) n returning id::text`,
      [teamId, people],
    );
    const wish = {
      id: emailer_campaigns[0]?.id ?? "",
      contact_ids: rows.map(({ id }) => id),
      send_email_from_email_account_id: boxes,
    };
    const seconds: number[] = [];
    let said = "";
    for (let round = 0; round < ROUNDS; round++) {
      const began = performance.now();
      const { promise } = await api.promises.create(wish);
      seconds.push((performance.now() - began) / 1_000);
      said = `${promise.people.toLocaleString("en")} promised, the last begins ${promise.first_step_done_at?.slice(0, 10) ?? "never"}`;
    }
    const took = median(seconds);
    figures.push({
      name: `\`POST …/promises\` of ${people.toLocaleString("en")} people, from two of them`,
      measured: `${took.toFixed(1)} s`,
      target: `${mostS} s`,
      isMet: took <= mostS,
      detail: said,
    });
  }
  return figures;
}

const MAIL: shapes.NewStepInSequence = {
  type: "auto_email",
  wait_time: 3,
  wait_mode: "day",
  emailer_touches: [
    {
      status: "approved",
      emailer_template: { subject: "A question", body_html: "<p>Hello {{first_name}}</p>" },
    },
  ],
};

async function plant(owner: pg.Client, api: Client, teamId: string) {
  for (let n = 0; n < MAILBOXES; n++)
    await api.emailAccounts.create({
      email: `box${n}@bench.example`,
      type: "smtp",
      test: false,
      imap: null,
      smtp: { host: "127.0.0.1", port: 9, security: "none", username: "u", password: "p" },
      email_daily_threshold: 400,
      max_outbound_emails_per_hour: 60,
      seconds_delay_between_emails: 30,
    });
  const call = { type: "call", wait_time: 3, wait_mode: "day" } as const;
  for (let n = 0; n < SEQUENCES; n++)
    await api.sequences.create({
      name: `Sequence ${n}`,
      active: true,
      emailer_steps: [{ ...MAIL, wait_time: 30, wait_mode: "minute" }, MAIL, MAIL, call, MAIL, MAIL],
    });
  await owner.query(
    `insert into contacts (team_id, id, first_name, email, email_status, time_zone, source, original_source, created_at, updated_at)
     select $1::ident, new_ident(), 'Ines' || n, 'p' || n || '@company' || n % 9000 || '.example', 'verified',
            (array['Europe/Oslo', 'America/New_York', 'Europe/London', 'Asia/Tokyo', 'America/Los_Angeles'])[1 + n % 5],
            'api', 'api', now(), now()
       from generate_series(1, $2::int) n`,
    [teamId, PEOPLE],
  );
  await owner.query(
    `with boxes as (select array_agg(id::text order by id) as ids from mailboxes where team_id = $1::ident),
          firsts as (select array_agg(p.sequence_id::text order by p.sequence_id) as sequences, array_agg(p.id::text order by p.sequence_id) as steps
                       from sequence_steps p where p.team_id = $1::ident and p.position = 1),
          people as (select id, row_number() over (order by id) as n from contacts where team_id = $1::ident)
     insert into enrollments (team_id, id, sequence_id, contact_id, state, current_step_id, mailbox_id, added_at, due_at, updated_at)
     select $1::ident, new_ident(), f.sequences[1 + c.n % $2::int], c.id, 'active', f.steps[1 + c.n % $2::int],
            b.ids[1 + c.n % $3::int], now(), now() + c.n % 86400 * interval '1 second', now()
       from people c, boxes b, firsts f`,
    [teamId, SEQUENCES, MAILBOXES],
  );
  await owner.query("analyze");
}
