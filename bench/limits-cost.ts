// What ramps, brakes, throttles, usual hours and branches add to the cost of a mail, as processor time: the same mails from a team
// that has all of them, from one that has none, and from one whose contacts come to a branch first.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient } from "@cadenza/sdk";
import type pg from "pg";
import { openNameServer } from "../server/testing/name-server.ts";
import { type Figure, median, type Suite } from "./harness.ts";
import { oneRound } from "./mail-cost.ts";
import { connectAs, startServer } from "./processes.ts";
import { type Sink, startSink, withEngine } from "./sending.ts";
import { type Planted, plantMailing } from "./sending-rows.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3919;
/** All rounds together stay below what a ramp may begin with. */
const MAILS = Number(process.env.CADENZA_BENCH_MAILS ?? 2_000);
const MAILBOXES = 10;
const ROUNDS = Number(process.env.CADENZA_BENCH_ROUNDS ?? 4);
const SIDES = ["plain", "limited", "branched"] as const;

type SideName = (typeof SIDES)[number];

export const limitsCost: Suite = {
  name: "The cost of limits and branches",
  about:
    `${MAILS} mails of one step from ${MAILBOXES} mailboxes through one engine, as processor time of the engine with its start and of the ` +
    "database, of three teams in turn. The plain one has no limits and no brakes. The limited one has all at once, each with room: a ramp, " +
    "a limit a day, an hour and of new contacts for each mailbox, a limit of new contacts and usual hours for its sequence, limits for each " +
    "recipient's domain and provider, contact frequency limits, and brakes. In the branched one the contacts come to a branch first, whose " +
    "condition looks at each contact, and then get the same mail on its path.",
  run,
};

async function run(): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
  const dns = await openNameServer();
  dns.mail.set("people.example", ["mx.people.example"]);
  process.env.CADENZA_DNS = dns.address; // of the engines
  const server = await startServer(["scripts/run.mjs", "start"], PORT, {
    CADENZA_DATA_DIR: dataDir,
    CADENZA_BOOTSTRAP_KEY: KEY,
    CADENZA_LOG_LEVEL: "warn",
    CADENZA_ENGINE_LOOPS: "0",
    CADENZA_MAIL_ALLOW: "127.0.0.0/8",
  });
  const sink = await startSink(dataDir, "sink");
  try {
    const owner = await connectAs(dataDir, "owner");
    const operator = createClient({ baseUrl: server.url, apiKey: KEY, retries: 0 });
    const planted = {} as Record<SideName, Planted>;
    for (const side of SIDES) {
      const made = await operator.teams.create({ name: side, owner_email: `${side}@bench.example` });
      const api = createClient({ baseUrl: server.url, apiKey: made.api_key.key, retries: 0 });
      const how = { mailboxes: MAILBOXES, port: sink.port, isBranched: side === "branched" };
      planted[side] = await plantMailing(owner, api, made.team.id, how);
      if (side !== "limited") await setBrakes(api, false);
      else await setLimits(api, planted[side]);
    }
    const costs = await measure({ owner, sink, dataDir }, planted);
    await owner.end();
    return figuresOf(costs);
  } finally {
    sink.stop();
    await server.stop();
    await dns.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const ROOM = 100_000;

async function setLimits(api: Client, { mailboxes, sequenceId }: Planted) {
  await setBrakes(api, true);
  await api.teams.update({
    max_emails_per_recipient_domain_per_day: ROOM,
    touch_limits: [
      { scope: "person", counts: "touches", most: 10_000, days: 7 },
      { scope: "company", counts: "new_contacts", most: 10_000, days: 1 },
    ],
    recipient_limits: [
      { to: "domain", most: ROOM, per: "day" },
      { to: "provider", provider: null, most: ROOM, per: "hour" },
    ],
  });
  await api.sequences.change({ id: sequenceId, max_new_contacts_per_day: ROOM, send_at_usual_hour: true });
  for (const id of mailboxes)
    await api.emailAccounts.update({
      id,
      email_daily_threshold: ROOM,
      max_outbound_emails_per_hour: ROOM,
      max_new_contacts_per_day: ROOM,
      ramp: { start: 1_000, step: 100, ceiling: ROOM },
    });
}

async function setBrakes(api: Client, enabled: boolean) {
  const { rules } = await api.brakes.list({});
  await api.brakes.update({ rules: rules.map(({ cause }) => ({ cause, enabled })) });
}

type Place = { owner: pg.Client; sink: Sink; dataDir: string };

async function measure({ owner, sink, dataDir }: Place, planted: Record<SideName, Planted>) {
  const costs: Record<SideName, number>[] = [];
  for (let round = -1; round < ROUNDS; round++) {
    const cost = { plain: 0, limited: 0, branched: 0 };
    for (const side of round % 2 === 0 ? SIDES : SIDES.toReversed()) {
      const { engineMs, databaseMs } = await oneRound(owner, MAILS, (hooks) =>
        withEngine(owner, planted[side], sink, dataDir, { mails: MAILS, ...hooks }),
      );
      cost[side] = engineMs + databaseMs;
    }
    if (round >= 0) costs.push(cost); // the first one warms caches and disk
  }
  return costs;
}

function figuresOf(costs: readonly Record<SideName, number>[]): Figure[] {
  const typical = (side: SideName) => median(costs.map((cost) => cost[side])).toFixed(2);
  const limits = median(costs.map(({ limited, plain }) => limited / plain));
  const branch = median(costs.map(({ branched, plain }) => branched / plain - 1));
  return [
    {
      name: "a mail under all limits against one without any",
      measured: `${limits.toFixed(3)} times`,
      target: "1.05 times or less",
      isMet: limits <= 1.05,
      detail: `${typical("limited")} against ${typical("plain")} ms of processor time, medians of ${ROUNDS} rounds`,
    },
    {
      name: "a contact through a branch against one through a step with a mail",
      measured: `${branch.toFixed(2)} times`,
      target: "1 times or less",
      isMet: branch <= 1,
      detail: `with a branch before the mail ${typical("branched")} against ${typical("plain")} ms`,
    },
  ];
}
