// Prometheus figures, on a port of their own: they count all teams, so no team's key may read them. An engine-only
// process has no other port, so its probes are here too.

import Fastify, { type FastifyInstance } from "fastify";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { App } from "../app.ts";
import { mountProbes, type NameAside } from "./probes.ts";

/** What the engine has put aside, by its loops and by team. */
type CountAside = () => Promise<{ loop: string; teamId: string; subjects: number }[]>;

/** How far the reading of inboxes is behind. */
type MeasureLag = () => Promise<{ behind: number; longestSeconds: number }>;

/** For how long a transaction that has locked something has been open. */
type MeasureLocks = () => Promise<number>;

/** What every process can say of itself. */
export function measureProcess(
  app: App,
  {
    countAside,
    measureLag,
    measureLocks,
  }: { countAside: CountAside; measureLag: MeasureLag; measureLocks: MeasureLocks },
): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "cadenza_database_connections",
    help: "Database connections of this process",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(app.db.counts())) this.set({ state }, count);
    },
  });
  new Gauge({
    name: "cadenza_set_aside",
    help: "Teams and rows that an engine loop skips for now because they failed",
    labelNames: ["loop", "team"],
    registers: [registry],
    async collect() {
      this.reset();
      const rows = await countAside().catch(() => []);
      for (const { loop, teamId, subjects } of rows) this.set({ loop, team: teamId }, subjects);
    },
  });
  const longest = new Gauge({
    name: "cadenza_inbox_lag_seconds",
    help: "Age of the oldest last read of an inbox",
    registers: [registry],
  });
  new Gauge({
    name: "cadenza_inboxes_behind",
    help: "Mailboxes on hold because their inbox was last read too long ago",
    registers: [registry],
    async collect() {
      const lag = await measureLag().catch(() => null);
      if (!lag) return;
      this.set(lag.behind);
      longest.set(lag.longestSeconds);
    },
  });
  new Gauge({
    name: "cadenza_longest_lock_seconds",
    help: "Age of the oldest transaction that holds a lock",
    registers: [registry],
    async collect() {
      const seconds = await measureLocks().catch(() => null);
      if (seconds !== null) this.set(seconds);
    },
  });
  return registry;
}

/** And what one that answers callers can add. */
export function measureCalls(registry: Registry, server: FastifyInstance) {
  const calls = new Counter({
    name: "cadenza_http_calls_total",
    help: "Answered calls",
    labelNames: ["route", "status"],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: "cadenza_http_seconds",
    help: "Time to answer",
    labelNames: ["route"],
    registers: [registry],
    buckets: [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  });
  server.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "unknown";
    calls.inc({ route, status: reply.statusCode });
    seconds.observe({ route }, reply.elapsedTime / 1000);
  });
}

export async function serveMetrics(
  app: App,
  registry: Registry,
  nameAside: NameAside,
  at: { host: string; port: number },
) {
  const server = Fastify({ logger: false });
  mountProbes(server, app, nameAside);
  server.get("/metrics", async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  await server.listen(at);
  return server;
}
