// How fast addresses are verified: what the name server and the mail servers take to answer, and what we add to it.

import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@cadenza/sdk";
import type pg from "pg";
import { openNameServer } from "../server/testing/name-server.ts";
import { type Figure, type Suite, sideBySide } from "./harness.ts";
import { connectAs, startServer } from "./processes.ts";

const KEY = "bootstrap-key-of-the-benchmark";
const PORT = 3921;
const DOMAINS = Number(process.env.CADENZA_BENCH_DOMAINS ?? 2_000);
const EACH = 5;
const ADDRESSES = DOMAINS * EACH;
const DNS_MS = 50;
const REPLY_MS = 100;
const AT_ONCE = 100; // as server/features/prospecting/verification/looking.ts has it
const ROUNDS = 2;

export const verification: Suite = {
  name: "Verification",
  about:
    `${ADDRESSES} contacts at ${DOMAINS} domains, mail servers asked. The name server takes ${DNS_MS} ms to answer, the mail servers ` +
    `${REPLY_MS} ms for each reply. Bare is that delay alone, slept through with as many domains at once (${AT_ONCE}), in turn.`,
  async run() {
    const dataDir = mkdtempSync(join(tmpdir(), "cadenza-bench-"));
    const dns = await openNameServer();
    dns.delayMs = DNS_MS;
    const peer = await openSlowPeer();
    const env = {
      CADENZA_DATA_DIR: dataDir,
      CADENZA_BOOTSTRAP_KEY: KEY,
      CADENZA_LOG_LEVEL: "warn",
      CADENZA_MAIL_ALLOW: "127.0.0.0/8",
      CADENZA_DNS: dns.address,
      CADENZA_PROBE_PORT: String(peer.port),
      CADENZA_ENGINE_LOOPS: "2",
    };
    const server = await startServer(["scripts/run.mjs", "start"], PORT, env);
    try {
      return await measure(server.url, dataDir, dns.mail);
    } finally {
      await server.stop();
      await Promise.all([dns.close(), peer.close()]);
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

async function measure(
  url: string,
  dataDir: string,
  mail: Map<string, readonly string[] | "refused">,
): Promise<Figure[]> {
  const owner = await connectAs(dataDir, "owner");
  const operator = createClient({ baseUrl: url, apiKey: KEY, retries: 0 });
  let round = 0;
  const ours = async () => {
    const name = `r${++round}`;
    for (let n = 0; n < DOMAINS; n++) mail.set(`d${n}.${name}.no`, ["localhost"]);
    const { team, api_key } = await operator.teams.create({ name, owner_email: `${name}@bench.example` });
    const api = createClient({ baseUrl: url, apiKey: api_key.key, retries: 0 });
    await api.emailVerifications.updateSettings({ probes: true, probe_from: "us@ours.no" });
    await plant(owner, team.id, name);
    const began = performance.now();
    const { entity_progress_job: job } = await api.emailVerifications.start({ contact_filter: {} });
    for (;;) {
      const { entity_progress_job: seen } = await api.progress.get({ id: job.id });
      if (seen.finished_at) {
        if (seen.counts.verified !== ADDRESSES) throw new Error(`verified as ${JSON.stringify(seen.counts)}`);
        break;
      }
      await sleep(50);
    }
    return (performance.now() - began) / 1000;
  };
  const { ours: seconds, theirs, ratio } = await sideBySide(ROUNDS, ours, bare);
  await owner.end();
  return [
    {
      name: `verifying ${ADDRESSES} addresses`,
      measured: `${seconds.toFixed(1)} s, ${ratio.toFixed(2)} of the bare delay`,
      target: "1.5 of the bare delay or less",
      isMet: ratio <= 1.5,
      detail: `the delay alone is ${theirs.toFixed(1)} s`,
    },
  ];
}

/** Greeting, EHLO, MAIL, the name that is made up, and each address; QUIT is not waited for. */
async function bare() {
  const began = performance.now();
  let left = DOMAINS;
  const lane = async () => {
    while (left-- > 0) {
      await sleep(DNS_MS);
      for (let reply = 0; reply < 4 + EACH; reply++) await sleep(REPLY_MS);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return (performance.now() - began) / 1000;
}

async function plant(owner: pg.Client, teamId: string, name: string) {
  await owner.query(
    `insert into contacts (team_id, id, first_name, last_name, email, email_status, source, original_source, created_at, updated_at)
     select $1::ident, new_ident(), 'Ines', 'Okafor' || n, 'i' || n || '@d' || (n % $3) || '.' || $2::text || '.no', 'unverified', 'api', 'api', now(), now()
       from generate_series(1, $4) as n`,
    [teamId, name, DOMAINS, ADDRESSES],
  );
  await owner.query("analyze contacts");
}

/** Knows everybody whose name begins with i and a number, and takes its time. */
async function openSlowPeer() {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    const say = (line: string) => setTimeout(() => socket.writable && socket.write(`${line}\r\n`), REPLY_MS);
    say("220 peer");
    createInterface({ input: socket }).on("line", (line) => {
      if (line.startsWith("QUIT")) socket.end("221 bye\r\n");
      else if (line.startsWith("RCPT") && !/<i\d+@/.test(line)) say("550 5.1.1 nobody of that name");
      else say("250 2.1.5 fine");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
