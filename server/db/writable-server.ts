// Which of several servers takes writes, asked anew for every connection: after a failover the next connection leads to the new
// primary, and none to a standby.

import pg from "pg";
import type { Tls } from "./database-url.ts";
import { DialedStream, dial, type Server } from "./dialing.ts";
import { whyAway } from "./why-away.ts";

export type Credentials = {
  user: string | undefined;
  password: string | undefined;
  database: string | undefined;
  options: string | undefined;
};

const ONE_SERVER_MS = 5_000; // the pool gives a connection ten seconds

/** By its code it is taken for a database that is away (`away.ts`): a standby may become the primary any moment. */
export class NoWritableServer extends Error {
  readonly code = "08001";
  readonly causes: readonly unknown[];

  constructor(servers: readonly Server[], causes: readonly unknown[]) {
    const reasons = causes.map((cause, n) => {
      const { host, port } = servers[n] as Server;
      return `${host}:${port}: ${whyAway(cause).replace(/\.$/, "")}`;
    });
    super(`none of its servers takes writes (${reasons.join("; ")}).`);
    this.causes = causes;
  }
}

/** All are asked at once, so one that is gone costs no time. */
export function findWritable(servers: readonly Server[], credentials: Credentials, tls: Tls | null) {
  let looking: Promise<Server> | null = null;
  return () => {
    looking ??= Promise.any(servers.map((server) => askWhetherWritable(server, credentials, tls)))
      .catch((error: AggregateError) => {
        throw new NoWritableServer(servers, error.errors);
      })
      .finally(() => {
        looking = null;
      });
    return looking;
  };
}

async function askWhetherWritable(server: Server, credentials: Credentials, tls: Tls | null) {
  const client = new pg.Client({
    ...credentials,
    ...server,
    ssl: false,
    stream: () => new DialedStream((signal) => dial(server, tls, signal)),
    application_name: "cadenza servers",
    connectionTimeoutMillis: ONE_SERVER_MS,
    query_timeout: ONE_SERVER_MS,
  });
  client.on("error", () => {}); // a lost connection rejects the query that was running
  try {
    await client.connect();
    const { rows } = await client.query<{ readonly: string }>(
      "select current_setting('transaction_read_only') as readonly",
    );
    if (rows[0]?.readonly !== "off") throw new ReadOnlyServer();
    return server;
  } finally {
    client.end().catch(() => {});
  }
}

class ReadOnlyServer extends Error {
  readonly code = "25006";
}
