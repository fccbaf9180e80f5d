// Everything that is settled before a server runs: where, with what, as whom, and how it is reached.

import { chooseLaunch, type Launch } from "./account.ts";
import { type Binaries, prepareBinaries } from "./binaries.ts";
import { clusterExists, createCluster } from "./cluster.ts";
import { type Credentials, readOrCreateCredentials } from "./credentials.ts";
import { preparePlaces, type ServerPlaces } from "./places.ts";
import { finishSwitch } from "./switching.ts";

export type Log = (message: string, facts?: Record<string, unknown>) => void;

export type Site = {
  places: ServerPlaces;
  binaries: Binaries;
  launch: Launch;
  credentials: Credentials;
  log: Log;
  /** Settings of the server beside those that it always has. */
  settings?: Readonly<Record<string, string>>;
};

export async function prepareSite(
  options: Pick<Site, "log" | "settings"> & { dataDir: string },
): Promise<Site> {
  await finishSwitch(options.dataDir);
  const places = preparePlaces(options.dataDir);
  const binaries = await prepareBinaries();
  const credentials = await readOrCreateCredentials(places.credentials, clusterExists(places.cluster));
  const launch = await chooseLaunch(places, binaries.postgres);
  const { log, settings = {} } = options;
  const site = { places, binaries, launch, credentials, log, settings };
  if (!clusterExists(places.cluster)) await createCluster(site);
  return site;
}
