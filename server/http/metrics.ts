// Prometheus metrics, on a port of their own: they count all teams, so no team's key may read them. An engine-only
// process has no other port, so its probes are here too. Which metrics there are is in kernel/metrics.ts.

import Fastify, { type FastifyInstance } from "fastify";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { App } from "../app.ts";
import { type Figure, METRICS, type Metric, type Metrics } from "../kernel/metrics.ts";
import { mountProbes, type ProbeSources } from "./probes.ts";

type Sources = {
  connections(): { total: number; idle: number; waiting: number };
  mostConnections: number;
  /** What the database knows. Rejects where it does not answer. */
  figures(): Promise<readonly Figure[]>;
};

/** The answer for Prometheus, and its content type. */
type Page = { type: string; write(): Promise<string>; close(): void };

/** Several Prometheus servers, or one that asks every second, cost no more than one. */
const FIGURES_KEPT_MS = 5_000;

export function openRegistry(sources: Sources): { metrics: Metrics; page: Page } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // Some of the package's names break Prometheus's conventions, and none of them is worth a name of ours.
  const known = METRICS as Record<string, Metric>;
  for (const { name } of registry.getMetricsAsArray()) if (!known[name]) registry.removeSingleMetric(name);
  const counters = new Map<string, Counter>();
  const histograms = new Map<string, Histogram>();
  const gauges = new Map<string, Gauge>();
  for (const [name, { type, help, labels = [], buckets, of }] of Object.entries(known)) {
    if (of === "node") continue;
    const common = { name, help, labelNames: [...labels], registers: [registry] };
    if (type === "counter") counters.set(name, new Counter(common));
    else if (type === "gauge") gauges.set(name, new Gauge(common));
    else histograms.set(name, new Histogram({ ...common, ...(buckets && { buckets: [...buckets] }) }));
  }
  const metrics: Metrics = {
    count: (name, labels, by = 1) => counters.get(name)?.inc(labels, by),
    observe: (name, labels, seconds) => histograms.get(name)?.observe(labels, seconds),
  };
  const timer = watchEventLoop(metrics);
  const set = ({ name, labels = {}, value }: Figure) => gauges.get(name)?.set(labels, value);
  const readFigures = keptFor(FIGURES_KEPT_MS, sources.figures);
  const ofDatabase = [...gauges].filter(([name]) => known[name]?.of === "database");
  return {
    metrics,
    page: {
      type: registry.contentType,
      async write() {
        const figures = await readFigures().catch(() => null);
        for (const [, gauge] of ofDatabase) gauge.reset(); // a mailbox that is empty by now is gone
        if (!figures) for (const [, gauge] of ofDatabase) gauge.remove(); // missing is not zero
        for (const figure of [...(figures ?? []), ...ownFigures(sources, figures !== null)]) set(figure);
        return registry.metrics();
      },
      close: () => clearInterval(timer),
    },
  };
}

const LOOP_LOOKED_AT_MS = 100;

/** The package's own gauges start anew at each reading, so that two Prometheus servers would each see half. */
function watchEventLoop(metrics: Metrics) {
  let expected = performance.now() + LOOP_LOOKED_AT_MS;
  return setInterval(() => {
    const lateMs = Math.max(0, performance.now() - expected);
    metrics.observe("cadenza_event_loop_delay_seconds", {}, lateMs / 1000);
    expected = performance.now() + LOOP_LOOKED_AT_MS;
  }, LOOP_LOOKED_AT_MS).unref();
}

function ownFigures({ connections, mostConnections }: Sources, isUp: boolean): Figure[] {
  const { total, idle, waiting } = connections();
  return [
    { name: "cadenza_database_up", value: isUp ? 1 : 0 },
    { name: "cadenza_database_connections", labels: { state: "busy" }, value: total - idle },
    { name: "cadenza_database_connections", labels: { state: "idle" }, value: idle },
    { name: "cadenza_database_connections_max", value: mostConnections },
    { name: "cadenza_database_requests_waiting", value: waiting },
  ];
}

/** A failure is kept too: a database in trouble is not asked more often. */
function keptFor<T>(ms: number, read: () => Promise<T>) {
  let kept: { at: number; value: Promise<T> } | null = null;
  return () => {
    if (!kept || performance.now() - kept.at >= ms) kept = { at: performance.now(), value: read() };
    return kept.value;
  };
}

/** By the name of the call as in the log, not by its path: a path that nobody serves makes no series of its own. */
export function countCalls(metrics: Metrics, server: FastifyInstance) {
  server.addHook("onResponse", async (request, reply) => {
    const { url, config } = request.routeOptions;
    const operation = config?.scope ?? url ?? "unknown";
    metrics.count("cadenza_http_requests_total", { operation, status: String(reply.statusCode) });
    metrics.observe("cadenza_http_request_duration_seconds", { operation }, reply.elapsedTime / 1000);
  });
}

export async function serveMetrics(
  app: Pick<App, "db">,
  page: Page,
  probes: ProbeSources,
  at: { host: string; port: number },
) {
  const server = Fastify({ logger: false });
  mountProbes(server, app, probes);
  server.get("/metrics", async (_request, reply) => reply.type(page.type).send(await page.write()));
  await server.listen(at);
  return server;
}
