// For whoever runs us: is the process alive, and may traffic come. No version, no paths, no figures;
// those are on the metrics port.

import type { FastifyInstance } from "fastify";
import type { App } from "../app.ts";

export function mountProbes(server: FastifyInstance, app: Pick<App, "db">) {
  server.get("/health/live", async () => ({ status: "live" }));

  server.get("/health/ready", async (_request, reply) => {
    try {
      await app.db.ping();
      if (app.db.isFull()) return reply.code(503).send({ status: "not ready", database: "disk full" });
      return { status: "ready", database: "ok" };
    } catch {
      return reply.code(503).send({ status: "not ready", database: "unreachable" });
    }
  });
}
