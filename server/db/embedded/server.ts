// The embedded PostgreSQL server: started or taken over, watched, restarted when it dies, and stopped cleanly.

import type { Binaries } from "./binaries.ts";
import { OWNER } from "./cluster.ts";
import { prepareSite } from "./site.ts";
import { supervise } from "./supervisor.ts";

export { CannotStartDatabase } from "./errors.ts";

export type Connection = { host: string; port: number; user: string; password: string; database: string };

export type EmbeddedServer = {
  /** The superuser, on our database. For migrations and for nothing that answers a request. */
  owner: Connection;
  /** For the role `cadenza_app`, which the caller creates. It is kept with the owner's password. */
  appPassword: string;
  /** Whether a server left behind by a killed process was taken over. */
  adopted: boolean;
  /** What it runs. */
  programs: Binaries;
  /** Resolves when the server process is gone and everything is on disk. */
  stop(): Promise<void>;
};

const DATABASE = "cadenza";

/** Throws `CannotStartDatabase`, whose message is written for the person who started Cadenza. */
export async function startEmbedded(options: {
  dataDir: string;
  log: (message: string, facts?: Record<string, unknown>) => void;
}): Promise<EmbeddedServer> {
  const site = await prepareSite(options);
  const { endpoint, adopted, stop } = await supervise(site, DATABASE);
  return {
    owner: { ...endpoint, user: OWNER, password: site.credentials.ownerPassword, database: DATABASE },
    appPassword: site.credentials.appPassword,
    adopted,
    programs: site.binaries,
    stop,
  };
}
