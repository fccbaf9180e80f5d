// An outside PostgreSQL, by DATABASE_URL: how to connect to it, and whether it will do.

import pg from "pg";
import type { Logger } from "pino";
import type { ConnectionOptions } from "./connect.ts";
import { type DatabaseUrl, readDatabaseUrl, type Tls } from "./database-url.ts";
import { DialedStream, dial, type Server, tlsOptions } from "./dialing.ts";
import { refuseUnsafeSettings } from "./embedded/durability.ts";
import { refuseSharedSessions, refuseUnfit } from "./fitness.ts";
import { watchSilence } from "./silent-servers.ts";
import { findWritable } from "./writable-server.ts";

export type DatabaseServers = [Server, ...Server[]];

/** Connects, and refuses a database that will not do. */
export async function reachOutside(databaseUrl: string, log: Pick<Logger, "warn">) {
  const url = readDatabaseUrl(databaseUrl);
  const connection = connectionTo(url);
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {}); // a lost connection rejects the query that was running
  await client.connect();
  try {
    await refuseSharedSessions(client, connection);
    await refuseUnfit(client);
    await refuseUnsafeSettings(client);
  } finally {
    await client.end();
  }
  if (url.tls && isUnchecked(url.tls))
    log.warn(
      `the certificate of the database's server is not checked (sslmode=${url.tls.mode} in DATABASE_URL); sslmode=verify-full checks it`,
    );
  return { connection, servers: serversIn(url) };
}

/** Each server of the URL: none of them may be reached by what users name. */
function serversIn({ places: [first, ...more] }: Pick<DatabaseUrl, "places">): DatabaseServers {
  return [withDefaults(first), ...more.map(withDefaults)];
}

/** As restarts compare it: without the user and the password. */
export function addressOf(databaseUrl: string) {
  const { user, database, places } = readDatabaseUrl(databaseUrl);
  const servers = serversIn({ places }).map(({ host, port }) => `${host}:${port}`);
  return `${servers.join(",")}/${new pg.Client({ user, database }).database}`;
}

function connectionTo({ places, tls, ...credentials }: DatabaseUrl): ConnectionOptions {
  const servers = serversIn({ places });
  const [first] = servers;
  const given = { ...credentials, ...first };
  const encrypted = { ...given, ssl: false }; // the stream is
  if (servers.length > 1) {
    const opened = watchSilence(findWritable(servers, credentials, tls));
    return { ...encrypted, stream: () => opened((server, signal) => dial(server, tls, signal)) };
  }
  if (tls === null) return given;
  if (tls.mode !== "prefer") return { ...given, ssl: tlsOptions(tls, first.host) ?? false };
  return { ...encrypted, stream: () => new DialedStream((signal) => dial(first, tls, signal)) };
}

function withDefaults(place: Partial<Server>): Server {
  const { host, port } = new pg.Client(place);
  return { host, port };
}

function isUnchecked({ mode, ca }: Tls) {
  return mode === "prefer" || (mode === "require" && ca === undefined);
}
