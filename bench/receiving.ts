// How fast answers are read back: fetched, understood, written down and followed.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient } from "@cadenza/sdk";
import { ImapFlow } from "imapflow";
import { simpleParser } from "mailparser";
import type pg from "pg";
import { LOGIN } from "../server/testing/post-office.ts";
import { type Figure, type Suite, sideBySide } from "./harness.ts";
import { connectAs, startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3916;
const MAILS = Number(process.env.CADENZA_BENCH_ANSWERS ?? 10_000);
const ROUNDS = 3;

export const receiving: Suite = {
  name: "Receiving",
  about:
    `${MAILS} answers in one mailbox, seven of ten replies and three bounces, each to another mail of ours. Ours fetches each, understands ` +
    "it, writes it down and carries out what follows: enrollments end, mails and contacts are marked, addresses barred, events recorded. " +
    "Bare only fetches with imapflow and parses with mailparser, from the same server, in turn.",
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const env = {
      CADENZA_DATA_DIR: dataDir,
      CADENZA_BOOTSTRAP_KEY: KEY,
      CADENZA_LOG_LEVEL: "warn",
      CADENZA_MAIL_ALLOW: "127.0.0.0/8",
      CADENZA_ENGINE_LOOPS: "2",
    };
    const server = await startServer(["scripts/run.mjs", "start"], PORT, env);
    try {
      return await measure(server.url, dataDir);
    } finally {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

async function measure(url: string, dataDir: string): Promise<Figure[]> {
  const owner = await connectAs(dataDir, "owner");
  const operator = createClient({ baseUrl: url, apiKey: KEY, retries: 0 });
  const { team, api_key } = await operator.teams.create({ name: "Read", owner_email: "read@bench.example" });
  const api = createClient({ baseUrl: url, apiKey: api_key.key, retries: 0 });
  let round = 0;
  const ours = () => readBack(owner, api, team.id, String(++round));
  const bare = () => fetchAndParse(String(++round));
  await ours(); // warms both caches and the disk
  const { ours: rate, theirs, ratio } = await sideBySide(ROUNDS, ours, bare);
  await owner.end();
  return [
    {
      name: `reading back ${MAILS} replies and bounces`,
      measured: `${Math.round(rate)} a second`,
      target: "500 a second or more",
      isMet: rate >= 500,
      detail: `${Math.round(ratio * 100)} % of only fetching and parsing them, ${Math.round(theirs)} a second`,
    },
  ];
}

/** Messages a second, from the moment the mailbox can be read. */
async function readBack(owner: pg.Client, api: Client, teamId: string, round: string) {
  const server = await inboxServer(round);
  const wish = {
    email: `box${round}@bench.example`,
    type: "smtp",
    test: false,
    smtp: { host: "127.0.0.1", port: 2525, security: "none", username: "u", password: "p" },
  } as const;
  const { email_account } = await api.emailAccounts.create(wish);
  await plantSent(owner, api, teamId, email_account.id, round);
  const imap = { host: "127.0.0.1", port: server.port, security: "none" as const, ...LOGIN };
  await api.emailAccounts.update({ id: email_account.id, imap, test: false });
  const began = performance.now();
  let read = 0;
  while (read < MAILS) {
    await sleep(20);
    const { rows } = await owner.query(
      "select count(*)::int as read from incoming_mails where mailbox_id = $1",
      [email_account.id],
    );
    read = rows[0].read;
  }
  const seconds = (performance.now() - began) / 1000;
  await checkKinds(owner, email_account.id);
  await api.emailAccounts.disconnect({ id: email_account.id });
  await server.stop();
  return MAILS / seconds;
}

/** Fast and wrong does not count. */
async function checkKinds(owner: pg.Client, mailboxId: string) {
  const { rows } = await owner.query(
    `select kind, count(*)::int as count from incoming_mails where mailbox_id = $1 group by 1 order by 1`,
    [mailboxId],
  );
  const expected = [
    { kind: "bounce", count: (MAILS / 10) * 3 },
    { kind: "reply", count: (MAILS / 10) * 7 },
  ];
  if (JSON.stringify(rows) !== JSON.stringify(expected)) throw new Error(`read as ${JSON.stringify(rows)}`);
}

/** Contacts in a sequence, each with one mail that went out an hour ago. */
async function plantSent(owner: pg.Client, api: Client, teamId: string, mailboxId: string, round: string) {
  const { emailer_campaign, emailer_steps } = await api.sequences.create({
    name: `Round ${round}`,
    active: true,
    emailer_steps: [
      { type: "action_item", wait_time: 0, wait_mode: "day" },
      { type: "action_item", wait_time: 1, wait_mode: "day" },
    ],
  });
  await owner.query(
    `with people as (
       insert into contacts (team_id, id, first_name, last_name, email, email_status, source, original_source, created_at, updated_at)
       select $1::ident, new_ident(), 'Ines', 'Okafor' || n, 'p' || n || '@c' || $2::text || 'x' || n || '.example', 'verified', 'api', 'api', now(), now()
         from generate_series(1, $3::int) n returning id, email
     ), enrolled as (
       insert into enrollments (team_id, id, sequence_id, contact_id, state, current_step_id, mailbox_id, added_at, due_at, updated_at)
       select $1::ident, new_ident(), $4::ident, id, 'active', $5::ident, $6::ident, now(), now() + interval '30 days', now()
         from people returning id, contact_id
     )
     insert into messages (team_id, id, sequence_id, contact_id, enrollment_id, mailbox_id, type, delivery, internet_message_id, token,
            to_email, subject, body_text, released_at, completed_at, confirmation, created_at, updated_at)
     select $1::ident, new_ident(), $4::ident, p.id, e.id, $6::ident, 'outreach_automatic_email', 'sent',
            '<' || $2::text || '.' || n || '@bench.example>', 't0ken' || $2::text || 'x' || n, p.email, 'Plant number ' || n,
            'We build plants in the north, and they run.', now() - interval '1 hour', now() - interval '1 hour', 'confirmed', now(), now()
       from people p join enrolled e on e.contact_id = p.id
      cross join lateral (select substring(p.email from '^p(\\d+)@')::int as n) numbered`,
    [teamId, round, MAILS, emailer_campaign.id, emailer_steps[1]?.id, mailboxId],
  );
  await owner.query("analyze contacts, enrollments, messages");
}

const AT_ONCE = 200;

async function fetchAndParse(round: string) {
  const server = await inboxServer(round);
  const client = new ImapFlow({
    host: "127.0.0.1",
    port: server.port,
    secure: false,
    doSTARTTLS: false,
    logger: false,
    disableAutoIdle: true,
    auth: { user: LOGIN.username, pass: LOGIN.password },
  });
  client.on("error", () => {});
  const began = performance.now();
  await client.connect();
  await client.mailboxOpen("INBOX", { readOnly: true });
  for (let from = 1; from <= MAILS; from += AT_ONCE) {
    const range = `${from}:${Math.min(MAILS, from + AT_ONCE - 1)}`;
    const mails = await client.fetchAll(range, { uid: true, source: true }, { uid: true });
    await Promise.all(mails.map(({ source }) => simpleParser(source ?? "")));
  }
  const seconds = (performance.now() - began) / 1000;
  client.close();
  await server.stop();
  return MAILS / seconds;
}

async function inboxServer(round: string) {
  const child = spawn(process.execPath, ["bench/inbox-server.ts", round, String(MAILS)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const first = await new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).once("line", resolve),
  );
  const { port } = JSON.parse(first) as { port: number };
  return {
    port,
    async stop() {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}
