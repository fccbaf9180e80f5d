// What ramps, brakes, throttles, usual hours and branches add to the cost of a mail, as processor time: the same mails from a team
// that has all of them, from one that has none, and from one whose contacts come to a branch first.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient } from "@cadenza/sdk";
import type pg from "pg";
import { openNameServer } from "../server/testing/name-server.ts";
import { type Figure, median, progress, type Suite } from "./harness.ts";
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
/** So many contacts share a company, its domain and what is limited for both. */
const PER_COMPANY = 5;

const ROOM = 100_000;

type SideName = "plain" | "limited" | "branched" | keyof typeof LIMITS;

export const limitsCost: Suite = {
  name: "The cost of limits and branches",
  about:
    `${MAILS} mails of one step from ${MAILBOXES} mailboxes through one engine, as processor time of the engine with its start and of the ` +
    "database, of three teams in turn. The plain one has no limits and no brakes. The limited one has all at once, each with room: a ramp, " +
    "a limit a day, an hour and of new contacts for each mailbox, a limit of new contacts and usual hours for its sequence, limits for each " +
    `recipient's domain and provider, contact frequency limits, and brakes; ${PER_COMPANY} contacts share a domain. In the branched one the ` +
    "contacts come to a branch first, whose condition looks at each contact, and then get the same mail on its path. " +
    "`CADENZA_BENCH_LIMITS=brakes,touches` adds teams that have one of the limits alone.",
  run,
};

async function run(): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
  const dns = await openNameServer();
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
    const planted = new Map<SideName, Planted>();
    for (const side of SIDES) {
      const made = await operator.teams.create({ name: side, owner_email: `${side}@bench.example` });
      const api = createClient({ baseUrl: server.url, apiKey: made.api_key.key, retries: 0 });
      const how = { mailboxes: MAILBOXES, port: sink.port, isBranched: side === "branched" };
      const team = await plantMailing(owner, api, made.team.id, { ...how, perCompany: PER_COMPANY });
      planted.set(side, team);
      await setBrakes(api, false);
      for (const [name, set] of Object.entries(LIMITS))
        if (side === "limited" || side === name) await set(api, team);
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

const ofMailboxes =
  (change: Omit<Parameters<Client["emailAccounts"]["update"]>[0], "id">) =>
  async (api: Client, { mailboxes }: Planted) => {
    for (const id of mailboxes) await api.emailAccounts.update({ id, ...change });
  };

const ofTeam = (change: Parameters<Client["teams"]["update"]>[0]) => (api: Client) =>
  api.teams.update(change);

const LIMITS = {
  brakes: (api: Client) => setBrakes(api, true),
  companies: ofTeam({ max_emails_per_recipient_domain_per_day: ROOM }),
  touches: ofTeam({
    touch_limits: [
      { scope: "person", counts: "touches", most: 10_000, days: 7 },
      { scope: "company", counts: "new_contacts", most: 10_000, days: 1 },
    ],
  }),
  recipients: ofTeam({
    recipient_limits: [
      { to: "domain", most: ROOM, per: "day" },
      { to: "provider", provider: null, most: ROOM, per: "hour" },
    ],
  }),
  sequence: (api: Client, { sequenceId }: Planted) =>
    api.sequences.change({ id: sequenceId, max_new_contacts_per_day: ROOM, send_at_usual_hour: true }),
  mailbox: ofMailboxes({ email_daily_threshold: ROOM, max_outbound_emails_per_hour: ROOM }),
  newContacts: ofMailboxes({ max_new_contacts_per_day: ROOM }),
  ramp: ofMailboxes({ email_daily_threshold: ROOM, ramp: { start: 1_000, step: 100, ceiling: ROOM } }),
};

const ALONE = (process.env.CADENZA_BENCH_LIMITS ?? "").split(",").filter(Boolean) as (keyof typeof LIMITS)[];
const SIDES: readonly SideName[] = ["plain", "limited", "branched", ...ALONE];

async function setBrakes(api: Client, enabled: boolean) {
  const { rules } = await api.brakes.list({});
  await api.brakes.update({ rules: rules.map(({ cause }) => ({ cause, enabled })) });
}

type Place = { owner: pg.Client; sink: Sink; dataDir: string };

type Cost = { engineMs: number; databaseMs: number };

async function measure({ owner, sink, dataDir }: Place, planted: ReadonlyMap<SideName, Planted>) {
  const costs: Map<SideName, Cost>[] = [];
  for (let round = -1; round < ROUNDS; round++) {
    const cost = new Map<SideName, Cost>();
    for (const [side, team] of round % 2 === 0 ? planted : [...planted].toReversed()) {
      const spent = await oneRound(owner, MAILS, (hooks) =>
        withEngine(owner, team, sink, dataDir, { mails: MAILS, ...hooks }),
      );
      progress(
        `${side}: ${spent.engineMs.toFixed(2)} ms of the engine, ${spent.databaseMs.toFixed(2)} of the database`,
      );
      cost.set(side, spent);
    }
    if (round >= 0) costs.push(cost); // the first one warms caches and disk
  }
  return costs;
}

function figuresOf(costs: readonly ReadonlyMap<SideName, Cost>[]): Figure[] {
  const both = (cost: ReadonlyMap<SideName, Cost>, side: SideName) => {
    const { engineMs = Number.NaN, databaseMs = Number.NaN } = cost.get(side) ?? {};
    return engineMs + databaseMs;
  };
  const typical = (side: SideName) => median(costs.map((cost) => both(cost, side))).toFixed(2);
  const against = (side: SideName) => median(costs.map((cost) => both(cost, side) / both(cost, "plain")));
  const [limits, branch] = [against("limited"), against("branched") - 1];
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
    ...ALONE.map((side) => ({
      name: `a mail under ${side} alone`,
      measured: `${against(side).toFixed(3)} times`,
      target: "to look at",
      isMet: true,
      detail: `${typical(side)} ms`,
    })),
  ];
}
