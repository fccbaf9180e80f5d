// How long it takes to find and claim what is due, among few enrollments and among very many.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@cadenza/sdk";
import type pg from "pg";
import { readConfig } from "../server/config.ts";
import { planOnce } from "../server/engine/planning/plan-steps.ts";
import { byEngine } from "../server/engine/running/engine.ts";
import { countOnce } from "../server/engine/upkeep/count-tables.ts";
import { newId } from "../server/kernel/ids.ts";
import { openLog } from "../server/kernel/log.ts";
import { openHouse } from "../server/start.ts";
import { claimFrom } from "../server/testing/claim-from.ts";
import { type Figure, median, type Suite } from "./harness.ts";
import { connectAs, startServer } from "./processes.ts";
import { type Planted, plantMailing } from "./sending-rows.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3918;
const FEW = 10_000;
const MANY = Number(process.env.CADENZA_BENCH_ENROLLMENTS ?? 10_000_000);
const AT_ONCE = 24;
const ROUNDS = 60;
const WARMING = 10;

export const claiming: Suite = {
  name: "Claiming what is due",
  about:
    `Two databases, each with one team: in one its people are in sequences ${FEW} times, in the other ${MANY} times, most of them due later. ` +
    `${AT_ONCE} are due now: planned, taken from the queue of their mailbox, judged and composed, in the transactions of the engine. ` +
    "In turn; the median of each.",
  async run() {
    const sides: Side[] = [];
    try {
      sides.push(await openSide(PORT, FEW), await openSide(PORT + 1, MANY));
      const [few, many] = sides as [Side, Side];
      for (let round = 0; round < ROUNDS + WARMING; round++)
        for (const side of round % 2 === 0 ? sides : sides.toReversed()) await goRound(side);
      return [compared(few, many)];
    } finally {
      for (const side of sides) await side.close();
    }
  },
};

type Side = {
  house: Awaited<ReturnType<typeof openHouse>>;
  owner: pg.Client;
  planted: Planted;
  plans: number[];
  claims: number[];
  close(): Promise<void>;
};

async function openSide(port: number, enrollments: number): Promise<Side> {
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
  const env = {
    CADENZA_DATA_DIR: dataDir,
    CADENZA_BOOTSTRAP_KEY: KEY,
    CADENZA_LOG_LEVEL: "warn",
    CADENZA_ENGINE_LOOPS: "0",
    CADENZA_MAIL_ALLOW: "127.0.0.0/8",
  };
  const server = await startServer(["scripts/run.mjs", "start"], port, env);
  const owner = await connectAs(dataDir, "owner");
  const operator = createClient({ baseUrl: server.url, apiKey: KEY, retries: 0 });
  const made = await operator.teams.create({ name: "Claiming", owner_email: "many@bench.example" });
  const api = createClient({ baseUrl: server.url, apiKey: made.api_key.key, retries: 0 });
  const planted = await plantMailing(owner, api, made.team.id, { mailboxes: 10, port: 9 });
  await plantWaiting(owner, planted.teamId, enrollments);
  const house = await openHouse(configFor(dataDir), openLog("warn"));
  const close = async () => {
    await house.close();
    await owner.end();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { house, owner, planted, close, plans: [], claims: [] };
}

function compared(few: Side, many: Side): Figure {
  const typical = ({ plans, claims }: Side) => ({
    plan: median(plans.slice(WARMING)),
    claim: median(claims.slice(WARMING)),
  });
  const [a, b] = [typical(many), typical(few)];
  const ratio = (a.plan + a.claim) / (b.plan + b.claim);
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return {
    name: `planning and claiming ${AT_ONCE} due mails, ${MANY} enrollments against ${FEW}`,
    measured: `${ratio.toFixed(2)} times`,
    target: "1.2 times",
    isMet: ratio <= 1.2,
    detail: `planning ${ms(a.plan)} against ${ms(b.plan)}, claiming ${ms(a.claim)} against ${ms(b.claim)}`,
  };
}

/** People who wait for later, in a hundred sequences that are on. */
async function plantWaiting(owner: pg.Client, teamId: string, count: number) {
  await owner.query("set session_replication_role = replica"); // without triggers: nothing follows these rows
  const CHUNK = 500_000;
  for (let start = 0; start < count; start += CHUNK) {
    const end = Math.min(start + CHUNK, count);
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
  await owner.query("checkpoint");
}

async function goRound({ house: { app }, owner, planted, plans, claims }: Side) {
  await planted.enrol(AT_ONCE, { isAnalyzed: false });
  while ((await countOnce({ app })) > 0); // as an engine does every other second
  const began = performance.now();
  while ((await planOnce({ app })) > 0);
  const planned = performance.now();
  for (const mailboxId of planted.mailboxes)
    await app.db.inTeam(
      planted.teamId,
      (db) =>
        claimFrom(byEngine(app, db, planted.teamId), {
          mailboxId,
          engineId: newId(),
          publicUrl: "http://localhost",
        }),
      "once",
    );
  claims.push(performance.now() - planned);
  plans.push(planned - began);
  // Out of the way, as if they had gone out.
  await owner.query(
    "update messages set delivery = 'sent', completed_at = now(), released_at = now() where delivery = 'claimed'",
  );
}

function configFor(dataDir: string) {
  const postgres = join(dataDir, "postgres");
  const { ownerPassword } = JSON.parse(readFileSync(join(postgres, "credentials.json"), "utf8")) as {
    ownerPassword: string;
  };
  const url = `postgres://cadenza_owner:${ownerPassword}@/cadenza?host=${encodeURIComponent(join(postgres, "socket"))}&port=5432`;
  return readConfig(
    {
      CADENZA_DATA_DIR: dataDir,
      DATABASE_URL: url,
      CADENZA_KEY_FILE: join(dataDir, "cadenza.key"),
      CADENZA_MAIL_ALLOW: "127.0.0.0/8",
      CADENZA_DATABASE_CONNECTIONS: "4",
    },
    [],
  );
}
