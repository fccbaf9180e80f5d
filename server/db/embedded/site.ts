// Everything that is settled before a server runs: where, with what, as whom, and how it is reached.

import { chooseLaunch, type Launch } from "./account.ts";
import { type Binaries, prepareBinaries } from "./binaries.ts";
import { clusterExists, createCluster } from "./cluster.ts";
import { type Credentials, readOrCreateCredentials } from "./credentials.ts";
import { preparePlaces, type ServerPlaces } from "./places.ts";

export type Log = (message: string, facts?: Record<string, unknown>) => void;

export type Site = {
  places: ServerPlaces;
  binaries: Binaries;
  launch: Launch;
  credentials: Credentials;
  log: Log;
};

export async function prepareSite(options: { dataDir: string; log: Log }): Promise<Site> {
  const places = preparePlaces(options.dataDir);
  const binaries = await prepareBinaries();
  const credentials = await readOrCreateCredentials(places.credentials, clusterExists(places.cluster));
  const launch = await chooseLaunch(places, binaries.postgres);
  const site = { places, binaries, launch, credentials, log: options.log };
  if (!clusterExists(places.cluster)) await createCluster(site);
  return site;
}
