// Looks whether a server of ours is there. In a sentence: who lets us in with our password is ours, whatever its files
// say; who does not, is ours only if its command line names our cluster.

import { statSync } from "node:fs";
import { Client } from "pg";
import { OWNER } from "./cluster.ts";
import { CannotStartDatabase, codeOf, messageOf } from "./errors.ts";
import { type Endpoint, readRecord, type ServerRecord } from "./postmaster.ts";
import { isAlive, isPostmasterOf } from "./processes.ts";
import type { Site } from "./site.ts";

/**
 * `busy`: ours, but starting, recovering or shutting down. `stale`: only its files are left. `unknown`: a process has its
 * pid, and this platform does not tell whether it is ours.
 */
export type Sighting =
  | { state: "absent" }
  | { state: "ready" | "busy" | "stale" | "unknown"; record: ServerRecord };

const REFUSED_PASSWORD = "28P01";
/** Starting, shutting down or recovering; or full, which passes as well. */
const COMES_LATER = ["57P03", "53300", "57P01", "57P02"];

/** `isNotReadyYet` spares a server we are starting our knocking, which would only fill its log. */
export async function lookForServer(
  site: Site,
  isNotReadyYet: (record: ServerRecord) => boolean,
): Promise<Sighting> {
  const record = readRecord(site.places);
  if (!record) return { state: "absent" };
  if (isNotReadyYet(record)) return { state: "busy", record };
  const answer = await knock(site, record.endpoint);
  if (answer === "in") return { state: "ready", record };
  const isOurs = isAlive(record.pid) ? isPostmasterOf(record.pid, site.places.cluster) : false;
  const isBehindOurSocket = record.endpoint.host === site.places.socket;
  if (answer === REFUSED_PASSWORD && (isOurs || isBehindOurSocket)) throw changedPassword(site);
  const isTalking = COMES_LATER.includes(answer) && isBehindOurSocket;
  if (isTalking || isOurs) return { state: "busy", record };
  return { state: isOurs === null ? "unknown" : "stale", record };
}

/** "in", or the code of the refusal. */
async function knock(site: Site, endpoint: Endpoint): Promise<string> {
  const client = ownerClient(site, endpoint, "cadenza look");
  try {
    await client.connect();
    // On loopback the port may meanwhile be another server's, even one started from a copy of this folder.
    if (endpoint.host === site.places.socket) return "in";
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    return isSameFolder(rows[0]?.data_directory ?? "", site.places.cluster) ? "in" : "another server";
  } catch (error) {
    return codeOf(error) || messageOf(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A connection to the maintenance database, which exists before ours does. */
export function ownerClient(site: Site, endpoint: Endpoint, name: string): Client {
  const client = new Client({
    ...endpoint,
    user: OWNER,
    password: site.credentials.ownerPassword,
    database: "postgres",
    application_name: name,
    connectionTimeoutMillis: 5_000,
    options: "-c idle_session_timeout=0 -c statement_timeout=0",
  });
  // Without a listener a lost connection ends our process.
  client.on("error", () => undefined);
  return client;
}

function isSameFolder(one: string, other: string): boolean {
  try {
    const [a, b] = [statSync(one, { bigint: true }), statSync(other, { bigint: true })];
    return a.ino === b.ino && a.dev === b.dev;
  } catch {
    return false;
  }
}

function changedPassword(site: Site): CannotStartDatabase {
  return new CannotStartDatabase(
    `The running database does not accept the password in ${site.places.credentials}. Your data is safe. ` +
      `The password of ${OWNER} or the file was changed. Put the right password into the file.`,
  );
}
