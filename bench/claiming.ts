// How long it takes to find and claim what is due, among few enrollments and among very many.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@cadenza/sdk";
import type pg from "pg";
import { readConfig } from "../server/config.ts";
import { byEngine } from "../server/engine/engine.ts";
import { planOnce } from "../server/engine/plan-steps.ts";
import { claimMails } from "../server/features/slots/claiming.ts";
import { newId } from "../server/ids.ts";
import { openLog } from "../server/log.ts";
import { openHouse } from "../server/start.ts";
import { type Figure, median, type Suite } from "./harness.ts";
import { connectAs, startServer } from "./processes.ts";
import { type Planted, plantMailing } from "./sending-rows.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3918;
const FEW = 10_000;
const MANY = Number(process.env.CADENZA_BENCH_ENROLLMENTS ?? 10_000_000);
const AT_ONCE = 24;
const ROUNDS = 60;

export const claiming: Suite = {
  name: "Claiming what is due",
  about:
    `One team whose people are in sequences ${FEW} times, and then ${MANY} times, most of them due later. ${AT_ONCE} are due now: planned, ` +
    "taken from the queue of their mailbox, judged and composed, in the transactions of the engine. The median of each.",
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const env = {
      ...{ CADENZA_DATA_DIR: dataDir, CADENZA_BOOTSTRAP_KEY: KEY, CADENZA_LOG_LEVEL: "warn" },
      ...{ CADENZA_ENGINE_LOOPS: "0", CADENZA_MAIL_ALLOW: "127.0.0.0/8" },
    };
    const server = await startServer(["scripts/run.mjs", "start"], PORT, env);
    try {
      const owner = await connectAs(dataDir, "owner");
      const operator = createClient({ baseUrl: server.url, apiKey: KEY });
      const made = await operator.teams.create({ name: "Claiming", owner_email: "many@bench.example" });
      const api = createClient({ baseUrl: server.url, apiKey: made.api_key.key });
      const planted = await plantMailing(owner, api, made.team.id, { mailboxes: 10, port: 9 });
      const figures = await measure(owner, planted, dataDir);
      await owner.end();
      return figures;
    } finally {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

async function measure(owner: pg.Client, planted: Planted, dataDir: string): Promise<Figure[]> {
  await plantWaiting(owner, planted.teamId, FEW, 0);
  const few = await roundsAmong(owner, planted, dataDir);
  await plantWaiting(owner, planted.teamId, MANY - FEW, FEW);
  const many = await roundsAmong(owner, planted, dataDir);
  const ratio = (many.plan + many.claim) / (few.plan + few.claim);
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return [
    {
      name: `planning and claiming ${AT_ONCE} due mails, ${MANY} enrollments against ${FEW}`,
      measured: `${ratio.toFixed(2)} times`,
      target: "1.2 times",
      isMet: ratio <= 1.2,
      detail: `planning ${ms(many.plan)} against ${ms(few.plan)}, claiming ${ms(many.claim)} against ${ms(few.claim)}`,
    },
  ];
}

/** People who wait for later, in a hundred sequences that are on. */
async function plantWaiting(owner: pg.Client, teamId: string, count: number, from: number) {
  await owner.query("set session_replication_role = replica"); // rows alone: nobody is to follow what they are
  const CHUNK = 500_000;
  for (let start = from; start < from + count; start += CHUNK) {
    const end = Math.min(start + CHUNK, from + count);
    await owner.query(
      `insert into enrollments (team_id, id, sequence_id, contact_id, state, current_step_id, mailbox_id, added_at, due_at, plan_at, updated_at)
       select $1::ident, 'aa' || lpad(to_hex(n), 22, '0'), s.sequence_id, 'bb' || lpad(to_hex(n), 22, '0'), 'active', s.step_id,
              b.ids[1 + n % cardinality(b.ids)], now(), now() + interval '30 days' + n % 100000 * interval '1 second',
              now() + interval '29 days' + n % 100000 * interval '1 second', now()
         from generate_series($2::bigint, $3::bigint) n,
              (select p.sequence_id, p.id as step_id from sequence_steps p where p.team_id = $1::ident limit 1) s,
              (select array_agg(id::text order by id) as ids from mailboxes where team_id = $1::ident) b`,
      [teamId, start, end - 1],
    );
  }
  await owner.query("set session_replication_role = origin");
  await owner.query("vacuum analyze enrollments");
}

async function roundsAmong(owner: pg.Client, planted: Planted, dataDir: string) {
  const house = await openHouse(configFor(dataDir), openLog("warn"));
  const { app } = house;
  const plans: number[] = [];
  const claims: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await planted.enrol(AT_ONCE, { isAnalyzed: false });
    const began = performance.now();
    while ((await planOnce({ app })) > 0);
    const planned = performance.now();
    for (const mailboxId of planted.mailboxes)
      await app.db.inTeam(
        planted.teamId,
        (db) =>
          claimMails(byEngine(app, db, planted.teamId), {
            ...{ mailboxId, engineId: newId(), publicUrl: "http://localhost" },
          }),
        "once",
      );
    claims.push(performance.now() - planned);
    plans.push(planned - began);
    // Out of the way, as if they had gone out.
    await owner.query(
      "update messages set delivery = 'sent', completed_at = now(), dot_at = now() where delivery = 'claimed'",
    );
  }
  await house.close();
  return { plan: median(plans.slice(10)), claim: median(claims.slice(10)) };
}

function configFor(dataDir: string) {
  const postgres = join(dataDir, "postgres");
  const { ownerPassword } = JSON.parse(readFileSync(join(postgres, "credentials.json"), "utf8")) as {
    ownerPassword: string;
  };
  const url = `postgres://cadenza_owner:${ownerPassword}@/cadenza?host=${encodeURIComponent(join(postgres, "socket"))}&port=5432`;
  return readConfig(
    {
      ...{ CADENZA_DATA_DIR: dataDir, DATABASE_URL: url, CADENZA_KEY_FILE: join(dataDir, "cadenza.key") },
      ...{ CADENZA_MAIL_ALLOW: "127.0.0.0/8", CADENZA_DATABASE_CONNECTIONS: "4" },
    },
    [],
  );
}
