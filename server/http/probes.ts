// Probes for operators: is the process alive, may traffic come, and may email go out. No version, no paths, no figures; those
// are on the metrics port. A loop that has put an item aside is named, and traffic may come all the same.

import type { FastifyInstance } from "fastify";
import type { App } from "../app.ts";

export type ProbeSources = {
  /** The loops that have put something aside. */
  nameAside(): Promise<string[]>;
  sending(): Promise<SendingState>;
};

/** `no engine`: no process with the role engine has given a sign of life for seconds. */
type SendingState =
  | { state: "ready" | "no engine" }
  /** Codes as `installation.sending.reasons` has them. */
  | { state: "held"; because: readonly string[] };

export function mountProbes(server: FastifyInstance, app: Pick<App, "db">, sources: ProbeSources) {
  server.get("/health/live", async () => ({ status: "live" }));

  server.get("/health/ready", async (_request, reply) => {
    try {
      await app.db.ping();
      if (app.db.isFull()) return reply.code(503).send({ status: "not ready", database: "disk full" });
      const [aside, sending] = await Promise.all([sources.nameAside(), sources.sending()]);
      return {
        status: "ready",
        database: "ok",
        api: "ready",
        sending: sending.state,
        ...(aside.length > 0 && { set_aside: aside }),
      };
    } catch {
      return reply.code(503).send({ status: "not ready", database: "unreachable" });
    }
  });

  server.get("/health/sending", async (_request, reply) => {
    try {
      const { state, ...rest } = await sources.sending();
      return reply.code(state === "ready" ? 200 : 503).send({ status: state, ...rest });
    } catch {
      return reply.code(503).send({ status: "unknown", database: "unreachable" });
    }
  });
}
