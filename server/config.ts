// The only reader of the environment. What there is to set stands in settings.ts.

import { isIP } from "node:net";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import {
  type BackupSettings,
  readableCopies,
  readBackup,
  readBucket,
  readWalArchive,
  type WalArchiveSettings,
} from "./backup-settings.ts";
import { BadDatabaseUrl, readDatabaseUrl } from "./db/database-url.ts";
import {
  type SignInAddresses,
  type SignInProvider,
  signInAddressesFor,
} from "./domain/contacts/mail-sign-in.ts";
import type { Failover } from "./domain/gate/clone-guard.ts";
import { unknownSettings } from "./kernel/misspelt-settings.ts";
import { type Setting, settings } from "./kernel/settings.ts";
import { type AllowEntry, readAllowEntry } from "./network-policy/addresses.ts";
import { absolute, BadConfiguration, list, oneOf, whole } from "./setting-values.ts";
import { readTraces, type TraceSettings } from "./trace-settings.ts";

export type RateLimits = { minute: number; hour: number; day: number };
type ProcessRole = "api" | "engine" | "all";

export type Config = {
  port: number;
  host: string;
  publicUrl: string;
  dataDir: string;
  /** What it holds can be made anew. */
  cacheDir: string;
  databaseUrl: string | null;
  /** The folder of an earlier PostgreSQL's programs; null: it is looked for. */
  oldPrograms: string | null;
  /** Whether a standby that takes over is trusted by proof, or once a person has confirmed. */
  failover: Failover;
  role: ProcessRole;
  keyFile: string;
  bootstrapKey: string | null;
  sampleTeam: boolean;
  databaseConnections: number;
  databaseWaitMs: number;
  /** A statement that takes so long is logged; 0: none is. */
  slowStatementMs: number;
  engineLoops: number;
  imapPollMs: number;
  /** Mail goes out from a mailbox whose inbox was read no longer ago than this. */
  inboxAgeMs: number;
  rateLimits: RateLimits | null;
  oauthRegistration: boolean;
  accessTokenDays: number;
  trustedProxies: string[];
  mailAllow: readonly AllowEntry[];
  allowPlaintextMail: boolean;
  /** Null: not a sandbox. `at`: where its time begins; null: now. `isKept`: it outlives the process. */
  sandbox: { at: Temporal.Instant | null; isKept: boolean } | null;
  /** Null: on where a mailbox needs it. */
  catcher: boolean | null;
  /** How long invented people take to answer; null: they do not. */
  prospects: { leastMs: number; mostMs: number } | null;
  webhookAllow: readonly AllowEntry[];
  /** Where Microsoft Graph is, without a slash at its end. */
  graphUrl: string;
  /** Where the Gmail API is, in the same way. */
  gmailUrl: string;
  /** Where people sign in to connect a mailbox. Only the cloud that Graph is in changes it. */
  signInAddresses: Readonly<Record<SignInProvider, SignInAddresses>>;
  dnsServers: readonly string[];
  /** Blocklists of domains, as names in the DNS. */
  blocklists: readonly string[];
  lookupLeaseMs: number;
  probePort: number;
  /** Null: no scheduled backups. */
  backup: BackupSettings | null;
  /** Null: no archive. */
  walArchive: WalArchiveSettings | null;
  metrics: { port: number; host: string } | null;
  /** Null: no traces are sent. */
  traces: TraceSettings | null;
  logLevel: string;
  seams: { clockFile: string | null; crash: string } | null;
};

/** Variables that are ignored, and settings under a name that was changed, as sentences. */
export function warningsAbout(env: NodeJS.ProcessEnv = process.env): string[] {
  const ignored = unknownSettings(env).map(
    ({ name }) => `${name} is not a setting of Cadenza and is ignored.`,
  );
  return [...ignored, ...oldNames(env), ...readableCopies(env)];
}

function oldNames(env: NodeJS.ProcessEnv) {
  return Object.entries<Setting>(settings).flatMap(([name, { formerly }]) => {
    if (!formerly || !env[formerly]) return [];
    return env[name]
      ? `${formerly} is ignored, because its new name ${name} is set.`
      : `${formerly} is now called ${name}. The old name still works. Rename it in your configuration.`;
  });
}

/** For a program that goes by few of them. */
export function pickedSettings(names: readonly (keyof typeof settings)[], env = process.env) {
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

/** For a program that needs no other settings. */
export function bucketSettings(env = process.env) {
  return readBucket((name) => env[name]?.trim() || settings[name].default);
}

export function cacheFolder(env = process.env) {
  return absolute(env.CADENZA_CACHE_DIR?.trim() || join(userCache(env), "cadenza"));
}

/** Where programs of this system keep what can be made anew. */
function userCache(env: NodeJS.ProcessEnv) {
  switch (process.platform) {
    case "darwin":
      return join(homedir(), "Library", "Caches");
    case "win32":
      return env.LOCALAPPDATA || join(homedir(), "AppData", "Local");
    default:
      return env.XDG_CACHE_HOME || join(homedir(), ".cache");
  }
}

export function readConfig(
  env: NodeJS.ProcessEnv = process.env,
  args: readonly string[] = process.argv.slice(2),
): Config {
  refuseMisspelt(env);
  const get = (name: keyof typeof settings) => {
    const { default: usual, formerly }: Setting = settings[name];
    return env[name]?.trim() || (formerly && env[formerly]?.trim()) || (usual.includes("<") ? "" : usual);
  };
  const port = whole("PORT", get("PORT"), 0, 65535);
  const dataDir = absolute(get("CADENZA_DATA_DIR"));
  const metricsPort = get("CADENZA_METRICS_PORT");
  const ownRole = role(args, get("CADENZA_ROLE"));
  const sandbox = sandboxOf(get("CADENZA_SANDBOX"), ownRole);
  const engineLoops = whole("CADENZA_ENGINE_LOOPS", get("CADENZA_ENGINE_LOOPS"), 0, 500);
  if (sandbox && engineLoops === 0)
    throw new BadConfiguration("The engine moves a sandbox's time: CADENZA_ENGINE_LOOPS must not be 0.");
  const inboxAgeMs = whole("CADENZA_INBOX_AGE_MS", get("CADENZA_INBOX_AGE_MS"), 10_000, 86_400_000);
  const imapPollMs = whole("CADENZA_IMAP_POLL_MS", get("CADENZA_IMAP_POLL_MS"), 10, 86_400_000);
  const graphUrl = apiAddress("CADENZA_MICROSOFT_GRAPH_URL", get("CADENZA_MICROSOFT_GRAPH_URL"));
  return {
    port,
    host: get("HOST"),
    publicUrl: publicUrl(get("CADENZA_PUBLIC_URL") || `http://localhost:${port}`),
    dataDir,
    cacheDir: cacheFolder(env),
    databaseUrl: databaseUrl(get("DATABASE_URL")),
    oldPrograms: get("CADENZA_OLD_POSTGRES_BIN") ? absolute(get("CADENZA_OLD_POSTGRES_BIN")) : null,
    failover: failover(get("CADENZA_FAILOVER"), get("DATABASE_URL")),
    role: ownRole,
    keyFile: absolute(get("CADENZA_KEY_FILE") || resolve(dataDir, "cadenza.key")),
    bootstrapKey: bootstrapKey(get("CADENZA_BOOTSTRAP_KEY")),
    sampleTeam: get("CADENZA_SAMPLE_TEAM") === "1",
    databaseConnections: whole("CADENZA_DATABASE_CONNECTIONS", get("CADENZA_DATABASE_CONNECTIONS"), 2, 500),
    databaseWaitMs:
      whole("CADENZA_DATABASE_WAIT_SECONDS", get("CADENZA_DATABASE_WAIT_SECONDS"), 0, 86_400) * 1000,
    slowStatementMs: whole("CADENZA_SLOW_STATEMENT_MS", get("CADENZA_SLOW_STATEMENT_MS"), 0, 3_600_000),
    engineLoops,
    imapPollMs: Math.min(imapPollMs, Math.floor(inboxAgeMs / 2)), // or it would have to wait for its next reading
    inboxAgeMs,
    rateLimits: limits(get("CADENZA_RATE_LIMITS")),
    oauthRegistration:
      oneOf("CADENZA_OAUTH_REGISTRATION", get("CADENZA_OAUTH_REGISTRATION"), ["open", "off"]) === "open",
    accessTokenDays: whole("CADENZA_ACCESS_TOKEN_DAYS", get("CADENZA_ACCESS_TOKEN_DAYS"), 1, 365),
    trustedProxies: list(get("CADENZA_TRUSTED_PROXIES")),
    mailAllow: sandbox ? [] : allowList("CADENZA_MAIL_ALLOW", get("CADENZA_MAIL_ALLOW")),
    allowPlaintextMail: get("CADENZA_ALLOW_PLAINTEXT_MAIL") === "1",
    sandbox,
    catcher: sandbox ? true : get("CADENZA_CATCHER") === "" ? null : get("CADENZA_CATCHER") === "1",
    prospects: prospects(get("CADENZA_AUTOREPLY_SECONDS")),
    webhookAllow: allowList("CADENZA_WEBHOOK_ALLOW", get("CADENZA_WEBHOOK_ALLOW")),
    graphUrl,
    gmailUrl: apiAddress("CADENZA_GMAIL_API_URL", get("CADENZA_GMAIL_API_URL")),
    signInAddresses: signInAddressesFor(graphUrl),
    dnsServers: nameServers(get("CADENZA_DNS")),
    blocklists: blocklists(get("CADENZA_BLOCKLISTS")),
    lookupLeaseMs: whole("CADENZA_LOOKUP_LEASE_MS", get("CADENZA_LOOKUP_LEASE_MS"), 200, 600_000),
    probePort: whole("CADENZA_PROBE_PORT", get("CADENZA_PROBE_PORT"), 1, 65535),
    backup: readBackup(get),
    walArchive: readWalArchive(get),
    metrics: metricsPort
      ? { port: whole("CADENZA_METRICS_PORT", metricsPort, 0, 65535), host: get("CADENZA_METRICS_HOST") }
      : null,
    traces: sandbox ? null : readTraces(get),
    logLevel: oneOf("CADENZA_LOG_LEVEL", get("CADENZA_LOG_LEVEL"), [
      "trace",
      "debug",
      "info",
      "warn",
      "error",
      "silent",
    ]),
    seams:
      get("CADENZA_TEST_SEAMS") === "1"
        ? { clockFile: get("CADENZA_CLOCK_FILE") || null, crash: get("CADENZA_CRASH") }
        : null,
  };
}

/** One process does everything: it alone knows the time. */
function sandboxOf(text: string, ownRole: ProcessRole): Config["sandbox"] {
  if (text === "") return null;
  if (ownRole !== "all")
    throw new BadConfiguration("A sandbox is one process: with CADENZA_SANDBOX, CADENZA_ROLE must be all.");
  if (text === "1") return { at: null, isKept: true };
  try {
    return { at: Temporal.Instant.from(text), isKept: true };
  } catch {
    throw new BadConfiguration(
      `CADENZA_SANDBOX must be 1 or a time such as 2027-01-04T09:00:00Z, not "${text}".`,
    );
  }
}

function refuseMisspelt(env: NodeJS.ProcessEnv) {
  const sentences = unknownSettings(env).flatMap(({ name, meant }) =>
    meant ? `${name} is not a setting. Did you mean ${meant}?` : [],
  );
  if (sentences.length > 0) throw new BadConfiguration(sentences.join(" "));
}

/** Its text is not repeated: a password may be in it. */
function databaseUrl(text: string) {
  if (!text) return null;
  try {
    readDatabaseUrl(text);
    return text;
  } catch (error) {
    throw error instanceof BadDatabaseUrl ? new BadConfiguration(error.message) : error;
  }
}

function failover(text: string, url: string): Failover {
  const wanted = oneOf("CADENZA_FAILOVER", text, ["confirm", "synchronous"] as const);
  if (wanted === "synchronous" && !url)
    throw new BadConfiguration(
      "CADENZA_FAILOVER=synchronous needs DATABASE_URL: the embedded database has no standby that could take over.",
    );
  return wanted;
}

function apiAddress(name: string, text: string) {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== "/" || url.search || url.username)
    throw new BadConfiguration(
      `${name} must be an address such as https://graph.microsoft.us, not "${text}".`,
    );
  return url.origin;
}

function role(args: readonly string[], fallback: string): ProcessRole {
  const flag = args.find((arg) => arg.startsWith("--role="))?.slice("--role=".length);
  return oneOf("--role", flag ?? fallback, ["api", "engine", "all"] as const);
}

function publicUrl(text: string) {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new BadConfiguration(`CADENZA_PUBLIC_URL must be an http or https address, not "${text}".`);
  }
  return (url.origin + url.pathname).replace(/(?<!\/)\/+$/, "");
}

// A key that is guessable is worse than none, and this one is chosen by a person.
function bootstrapKey(text: string) {
  if (!text) return null;
  if (text.length < 24) throw new BadConfiguration("CADENZA_BOOTSTRAP_KEY must have at least 24 characters.");
  return text;
}

function limits(text: string): RateLimits | null {
  if (!text) return null;
  const parts = text.split("/").map((part) => whole("CADENZA_RATE_LIMITS", part, 1, 1_000_000_000));
  const [minute, hour, day] = parts;
  if (parts.length !== 3 || !minute || !hour || !day) {
    throw new BadConfiguration(
      `CADENZA_RATE_LIMITS must have the form minute/hour/day, such as 200/400/2000, not "${text}".`,
    );
  }
  return { minute, hour, day };
}

function prospects(text: string) {
  if (text === "off") return null;
  const [, least, most] = /^(\d{1,6})-(\d{1,6})$/.exec(text) ?? [];
  if (!least || Number(most) < Number(least))
    throw new BadConfiguration(
      `CADENZA_AUTOREPLY_SECONDS must be a range such as 3-20, or off, not "${text}".`,
    );
  return { leastMs: Number(least) * 1000, mostMs: Number(most) * 1000 };
}

const MOST_BLOCKLISTS = 10;

function blocklists(text: string) {
  const names = list(text).map((name) => name.toLowerCase());
  const wrong = names.find((name) => !/^[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}$/.test(name));
  if (wrong !== undefined || names.length > MOST_BLOCKLISTS)
    throw new BadConfiguration(
      `CADENZA_BLOCKLISTS must be at most ${MOST_BLOCKLISTS} names such as dbl.spamhaus.org, not "${wrong ?? text}".`,
    );
  return names;
}

function nameServers(text: string) {
  return list(text).map((entry) => {
    const bare = entry.replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1").replace(/^\[([^\]]+)\](?::\d+)?$/, "$1");
    if (!isIP(bare))
      throw new BadConfiguration(`CADENZA_DNS must be a list of IP addresses, not "${entry}".`);
    return entry;
  });
}

function allowList(name: string, text: string) {
  return list(text).map((entry) => {
    const read = readAllowEntry(entry);
    if (!read)
      throw new BadConfiguration(
        `${name} must be a list of CIDR ranges, addresses or host:port, not "${entry}".`,
      );
    return read;
  });
}
