// What an operator watches a process by: its probes, its metrics and its traces.

import type { FastifyInstance } from "fastify";
import type { App } from "./app.ts";
import type { DatabaseServers } from "./db/outside.ts";
import { backupFigures, walArchiveFigures } from "./features/administration/backups/figures.ts";
import { countAside } from "./features/events/set-aside/store.ts";
import { sendingState } from "./features/gate/clone-guard/commands.ts";
import { figuresOf } from "./features/insight/installation/figures.ts";
import { gatherFigures } from "./features/insight/installation/gathering.ts";
import { openOutgoing } from "./outgoing/door.ts";
import type { TraceSettings } from "./trace-settings.ts";

export function probesOf(app: App) {
  return { nameAside: () => loopsAside(app), sending: () => app.db.inTransaction(sendingState) };
}

async function loopsAside({ db, now }: App) {
  const aside = await db.inTransaction((open) => countAside(open, now()));
  return [...new Set(aside.map(({ loop }) => loop))];
}

/** Loaded only where metrics are on: the package that counts takes seven megabytes. */
export async function openMetrics(app: App) {
  const { countCalls, openRegistry, serveMetrics } = await import("./http/metrics.ts");
  const { metrics, page } = openRegistry({
    connections: () => app.db.counts(),
    mostConnections: app.config.databaseConnections,
    figures: async () => [
      ...figuresOf(await gatherFigures(app)),
      ...(await backupFigures(app)),
      ...walArchiveFigures(app),
    ],
  });
  app.metrics = metrics;
  return {
    countCalls: (server: FastifyInstance) => countCalls(metrics, server),
    async serve(at: { host: string; port: number }) {
      const server = await serveMetrics(app, page, probesOf(app), at);
      return async () => {
        page.close();
        await server.close();
      };
    },
  };
}

/** The operator names the collector, so it may be on a private address. Loaded only where traces are on. */
export async function sendTraces(app: App, settings: TraceSettings, ownDatabase: DatabaseServers) {
  const { openTraces } = await import("./runtime/send-traces.ts");
  const { host, port } = settings;
  const outgoing = openOutgoing({ allowed: [{ host, port }], ownDatabase });
  const traces = openTraces(settings, { outgoing, metrics: () => app.metrics, log: app.log });
  app.traces = traces;
  return traces.stop;
}
