// What a test needs, for real: a database of its own, the whole server in this process, the SDK as the
// caller, and a clock that is moved by hand. Tests share a server per file, and each opens a team of its
// own, so none sees another's rows.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endpoints } from "@cadenza/contract";
import { type Client, type ClientOptions, createClient, Refused } from "@cadenza/sdk";
import { openDatabaseClock } from "../clock.ts";
import { type Config, readConfig } from "../config.ts";
import { SIGN_IN_ADDRESSES, type SignInAddresses } from "../domain/contacts/mail-sign-in.ts";
import { openLog } from "../kernel/log.ts";
import { type Running, start } from "../start.ts";
import { openTestDatabase } from "./database.ts";
import { openForTheFile } from "./for-the-file.ts";

export const BOOTSTRAP_KEY = "bootstrap-key-of-the-tests-0001";

export type Team = {
  id: string;
  /** Calls with the team's first master key. */
  api: Client;
  key: string;
  owner: { id: string; email: string; password: string };
};

export type World = {
  running: Running;
  url: string;
  /** The database's owner: for looking behind the scenes, never for the product. */
  ownerConnection: { host: string; port: number; user: string; password: string; database: string };
  appConnection: World["ownerConnection"];
  /** Everything the server has logged. */
  logged: string[];
  client(options?: Partial<ClientOptions>): Client;
  operator: Client;
  newTeam(name?: string): Promise<Team>;
  /** A browser's view: signed in, with the cookie and the origin a browser would send. */
  signIn(email: string, password: string): Promise<{ api: Client; cookie: string }>;
  advance(by: Temporal.DurationLike): void;
};

/**
 * Opens a world for the tests of a file, and closes it after the last. What a file arranges once belongs
 * in `arrange`: a `before` of its own would not wait for this one.
 */
export function useWorld(
  overrides: Partial<Config> = {},
  arrange: (world: World) => Promise<void> = async () => {},
): World {
  return openForTheFile(() => openWorld(overrides), arrange);
}

const nowhere = (path: string): SignInAddresses => ({
  ...SIGN_IN_ADDRESSES.google,
  authorizeUrl: `https://127.0.0.1:9/${path}/authorize`,
  tokenUrl: `https://127.0.0.1:9/${path}/token`,
});

/** A test that saves a client asks no real provider about it. */
const NOWHERE = { google: nowhere("google"), microsoft: nowhere("{tenant}") };

const logs = new Map<string, readonly string[]>();

/** Why calls to the world at this address failed, as its log has it. */
export function failuresAt(url: string) {
  return (logs.get(new URL(url).origin) ?? []).filter((line) => line.includes("a request failed"));
}

export async function openWorld(
  overrides: Partial<Config> = {},
): Promise<World & { close(): Promise<void> }> {
  const database = await openTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-world-"));
  const logged: string[] = [];
  const config: Config = {
    ...readConfig(
      { PORT: "0", HOST: "127.0.0.1", CADENZA_DATA_DIR: dataDir, CADENZA_BOOTSTRAP_KEY: BOOTSTRAP_KEY },
      [],
    ),
    databaseUrl: urlOf(database.owner),
    databaseConnections: 4, // fewer than a server has: what a connection has planned is used again by the next call
    signInAddresses: NOWHERE,
    engineLoops: 0, // what is not about sending is not to be disturbed by it
    ...overrides,
  };
  const running = await start(config, openLog("info", { write: (line) => void logged.push(line) }));
  const { url } = running;
  logs.set(new URL(url).origin, logged);
  let aheadMs = 0;
  const unmoved = openDatabaseClock().now; // not the app's own, which a clock file may have moved already
  if (!config.sandbox) running.app.now = () => unmoved().add({ milliseconds: aheadMs });

  const client = (options: Partial<ClientOptions> = {}) =>
    createClient({ baseUrl: url, onAnswer: checkAnswer, retries: 0, ...options });
  const operator = client({ apiKey: BOOTSTRAP_KEY });
  return {
    running,
    url,
    ownerConnection: database.owner,
    appConnection: database.app,
    logged,
    client,
    operator,
    newTeam: (name = "Norrland Kraft") => newTeam(name, operator, client),
    signIn: (email, password) => signIn(url, email, password, client),
    advance: (by) => {
      aheadMs += Temporal.Duration.from(by).total("milliseconds");
      running.app.forgetCallers();
    },
    async close() {
      await running.stop();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

let teamsOpened = 0;

async function newTeam(name: string, operator: Client, client: World["client"]): Promise<Team> {
  const email = `owner${++teamsOpened}@example.no`;
  const password = "a long sentence is a good password";
  const { team, api_key, invitation_url } = await operator.teams.create({ name, owner_email: email });
  const joined = await client().invitations.accept({
    token: tokenIn(invitation_url),
    name: "Ole Dahl",
    password,
  });
  return {
    id: team.id,
    key: api_key.key,
    api: client({ apiKey: api_key.key }),
    owner: { id: joined.user.id, email, password },
  };
}

/** One-time links carry their token behind the #, which browsers send to no server. */
export function tokenIn(url: string) {
  return url.split("#")[1] ?? "";
}

async function signIn(url: string, email: string, password: string, client: World["client"]) {
  let cookie = "";
  const visitor = client({
    onAnswer: (_name, _body, headers) => {
      cookie = headers.get("set-cookie")?.split(";")[0] ?? "";
    },
  });
  await visitor.sessions.start({ email, password });
  return { cookie, api: client({ fetch: asBrowser(cookie, url) }) };
}

function asBrowser(cookie: string, origin: string): typeof fetch {
  return (input, init) =>
    fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), cookie, origin } });
}

/** Every answer a test gets is held against the contract: an undeclared or a missing key fails the test. */
const ENDPOINTS = new Map(endpoints.map(({ name, endpoint }) => [name, endpoint]));

function checkAnswer(name: string, body: unknown) {
  const { dry_run: _, ...rest } = Array.isArray(body)
    ? { dry_run: undefined }
    : (body as Record<string, unknown>);
  ENDPOINTS.get(name)?.output.parse(Array.isArray(body) ? body : rest);
}

/** The refusal a call ends in; fails the test if it does not. */
export async function refused(call: Promise<unknown>): Promise<Refused> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error("the call should have been refused");
}

export function urlOf({ host, port, user, password, database }: World["ownerConnection"]) {
  const query = `host=${encodeURIComponent(host)}`;
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@localhost:${port}/${database}?${query}`;
}
