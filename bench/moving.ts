// A team moves in from another server with `cadenza migrate`: how long it takes, and how much memory the program needs.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createClient } from "@cadenza/sdk";
import type pg from "pg";
import { seedContacts } from "./contact-rows.ts";
import { seedEnrollments } from "./enrollment-rows.ts";
import { type Figure, progress, type Suite } from "./harness.ts";
import { connectAs, startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3921;
const CONTACTS = Number(process.env.CADENZA_BENCH_CONTACTS ?? 100_000);
const FEWER = CONTACTS / 4;
/** For 100,000 contacts; fewer have as much less time. */
const MOST_MINUTES = 10;
const ALL_DONE = 0;
/** The sellers of the source are no users of the target. */
const LEFT_OUT = 7;
const PROGRAM = fileURLToPath(new URL("../cli/main.ts", import.meta.url));

export const moving: Suite = {
  name: "Moving in",
  about:
    `\`cadenza migrate --from apollo\` copies a team with ${CONTACTS} contacts, twice as many enrollments in 200 sequences and a sent email ` +
    "for every second enrollment into an empty team, by the calls that Apollo documents, without a limit of calls. Both teams are on one " +
    `server, so source, target and program share the processors. Then a team with ${FEWER} contacts moves, to see whether the memory of the ` +
    "program grows with the team.",
  run,
};

type Moved = { seconds: number; megabytes: number; contacts: number; enrollments: number };

async function run(): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
  const server = await startServer(["scripts/run.mjs", "start"], PORT, {
    CADENZA_DATA_DIR: dataDir,
    CADENZA_BOOTSTRAP_KEY: KEY,
    CADENZA_LOG_LEVEL: "error",
    CADENZA_ENGINE_LOOPS: "0",
  });
  try {
    const owner = await connectAs(dataDir, "owner");
    const operator = createClient({ baseUrl: server.url, apiKey: KEY, retries: 0 });
    const move = async (contacts: number) => {
      const source = await operator.teams.create({
        name: `From ${contacts}`,
        owner_email: `from${contacts}@bench.example`,
      });
      const target = await operator.teams.create({
        name: `To ${contacts}`,
        owner_email: `to${contacts}@bench.example`,
      });
      await plantSource(owner, source.team.id, contacts);
      await connectMailboxes(owner, source.team.id, target.team.id);
      progress(`${contacts} contacts planted`);
      const moved = await migrate(server.url, dataDir, { from: source.api_key.key, to: target.api_key.key });
      return { ...moved, ...(await countsOf(owner, target.team.id)) };
    };
    const small = await move(FEWER);
    const large = await move(CONTACTS);
    await owner.end();
    return figuresOf(small, large);
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function plantSource(owner: pg.Client, teamId: string, contacts: number) {
  const seeded = await seedContacts(owner, teamId, contacts);
  const { mailboxes } = await seedEnrollments(owner, teamId, contacts, seeded);
  // A sequence sends from a few mailboxes, and not from all twenty.
  await owner.query(
    `update enrollments set mailbox_id = ($2::text[])[1 + abs(hashtext(sequence_id)) % 20] where team_id = $1`,
    [teamId, mailboxes],
  );
  await owner.query("set session_replication_role = replica");
  await owner.query(
    `with texts as (
       insert into templates (team_id, id, subject, body_html, body_text, created_at, updated_at)
       select team_id, id, 'Hello', '<p>Hi {{first_name}}</p>', 'Hi {{first_name}}', now(), now() from sequence_steps where team_id = $1
       returning team_id, id)
     insert into step_touches (team_id, id, step_id, template_id, status, created_at, updated_at)
     select team_id, id, id, id, 'approved', now(), now() from texts`,
    [teamId],
  );
  await owner.query(
    `insert into messages (team_id, id, sequence_id, step_id, contact_id, enrollment_id, mailbox_id, type, delivery, subject, to_email,
            from_email, due_at, completed_at, released_at, created_at, updated_at)
     select e.team_id, new_ident(), e.sequence_id, e.current_step_id, e.contact_id, e.id, e.mailbox_id, 'outreach_automatic_email', 'sent',
            'Hello', 'x@bench.example', 'box@bench.example', e.added_at, e.added_at, e.added_at, e.added_at, e.added_at
       from (select *, row_number() over (order by id) as n from enrollments where team_id = $1) e where e.n % 2 = 0`,
    [teamId],
  );
  await owner.query("set session_replication_role = origin");
  for (const table of ["messages", "enrollments"]) await owner.query(`vacuum analyze ${table}`);
}

/** The same addresses are connected at the target, as people do before they move. */
async function connectMailboxes(owner: pg.Client, from: string, to: string) {
  await owner.query(
    `insert into mailboxes (team_id, id, user_id, email, type, smtp_host, smtp_port, smtp_security, created_at, updated_at)
     select $2::ident, new_ident(), (select id from users where team_id = $2::ident limit 1), email, 'smtp', '127.0.0.1', 25, 'none', now(), now()
       from mailboxes where team_id = $1::ident`,
    [from, to],
  );
}

async function migrate(url: string, dataDir: string, keys: { from: string; to: string }) {
  const started = performance.now();
  const folder = mkdtempSync(join(dataDir, "move-"));
  const child = spawn(process.execPath, [PROGRAM, "migrate", "--from", url, "--folder", folder, "--json"], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      CADENZA_URL: url,
      CADENZA_API_KEY: keys.to,
      CADENZA_FROM_KEY: keys.from,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let told = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    told += text;
  });
  let megabytes = 0;
  const ended = once(child, "exit");
  const isOver = ended.then(() => true);
  while (!(await Promise.race([isOver, sleep(500, false)])))
    megabytes = Math.max(megabytes, peakOf(child.pid));
  const [code] = await ended;
  if (code !== ALL_DONE && code !== LEFT_OUT)
    throw new Error(`cadenza migrate ended with ${code}: ${told.slice(0, 2_000)}`);
  return { seconds: (performance.now() - started) / 1000, megabytes };
}

/** The most that the process has ever used. */
function peakOf(pid: number | undefined) {
  try {
    const match = readFileSync(`/proc/${pid}/status`, "utf8").match(/VmHWM:\s+(\d+) kB/);
    return Number(match?.[1] ?? 0) / 1024;
  } catch {
    return 0; // it has just ended
  }
}

/** What is at the target; the lists of the API count no further than 50,000. */
async function countsOf(owner: pg.Client, teamId: string) {
  const { rows } = await owner.query<{ contacts: number; enrollments: number }>(
    `select (select count(*) from contacts where team_id = $1)::int as contacts,
            (select count(*) from enrollments where team_id = $1)::int as enrollments`,
    [teamId],
  );
  return rows[0] ?? { contacts: 0, enrollments: 0 };
}

function figuresOf(small: Moved, large: Moved): Figure[] {
  const most = (MOST_MINUTES * 60 * CONTACTS) / 100_000;
  const growth = large.megabytes / small.megabytes;
  return [
    {
      name: `a move of ${CONTACTS} contacts`,
      measured: `${(large.seconds / 60).toFixed(1)} min`,
      target: `${(most / 60).toFixed(1)} min or less`,
      isMet: large.seconds <= most,
      detail: `${large.contacts} contacts and ${large.enrollments} enrollments are at the target; ${FEWER} contacts took ${(small.seconds / 60).toFixed(1)} min`,
    },
    {
      name: "the memory of the program for four times the contacts",
      measured: `${growth.toFixed(2)} times`,
      target: "1.5 times or less",
      isMet: growth <= 1.5,
      detail: `${Math.round(large.megabytes)} against ${Math.round(small.megabytes)} MB at most`,
    },
  ];
}
