// Probes for operators: is the process alive, and may traffic come. No version, no paths, no figures; those are on
// the metrics port. A loop that has put an item aside is named, and traffic may come all the same.

import type { FastifyInstance } from "fastify";
import type { App } from "../app.ts";

/** The loops that have put something aside. */
export type NameAside = () => Promise<string[]>;

export function mountProbes(server: FastifyInstance, app: Pick<App, "db">, nameAside: NameAside) {
  server.get("/health/live", async () => ({ status: "live" }));

  server.get("/health/ready", async (_request, reply) => {
    try {
      await app.db.ping();
      if (app.db.isFull()) return reply.code(503).send({ status: "not ready", database: "disk full" });
      const aside = await nameAside();
      return { status: "ready", database: "ok", ...(aside.length > 0 && { set_aside: aside }) };
    } catch {
      return reply.code(503).send({ status: "not ready", database: "unreachable" });
    }
  });
}
