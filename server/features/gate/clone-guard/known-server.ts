// Whether a database server that is reached by a name nobody has used is the one that was sent from, spelled in another way. It is
// if it has been running since then, or if one of the names that are known leads to the same machine and port.

import { lookup } from "node:dns/promises";
import type { FenceRow } from "./store.ts";

export async function isKnownServer(row: FenceRow, address: string | null) {
  const { addresses } = row;
  if (address === null || addresses.length === 0 || addresses.includes(address)) return false;
  if (runsSince(row)) return true;
  const [here, ...known] = await Promise.all([address, ...addresses].map(endpointsOf));
  return known.some((one) => one.some((endpoint) => here?.includes(endpoint)));
}

/** A copy of a server is started by itself, at another time. */
export function runsSince({ serverStarted, serverStartedHere }: FenceRow) {
  return serverStarted?.equals(serverStartedHere) ?? false;
}

/** `db1:5432,db2:5432/cadenza` as the machines and ports that it leads to, with the database. */
async function endpointsOf(address: string) {
  const at = address.lastIndexOf("/");
  const [servers, database] = [address.slice(0, at).split(","), address.slice(at + 1)];
  const found = await Promise.all(
    servers.map(async (server) => {
      const colon = server.lastIndexOf(":");
      const [host, port] = [server.slice(0, colon), server.slice(colon + 1)];
      if (host.startsWith("/")) return [`${host}:${port}/${database}`];
      const machines = await lookup(host, { all: true }).catch(() => []); // a name that leads nowhere any more
      return machines.map((machine) => `${machine.address}:${port}/${database}`);
    }),
  );
  return found.flat();
}
