// The only reader of the environment. The table below is what there is to set; it is read from
// here and printed into docs/configuration.md from here, so the page cannot be wrong.

import { isIP } from "node:net";
import { isAbsolute, resolve } from "node:path";
import { type AllowEntry, readAllowEntry } from "./reach/addresses.ts";

type Setting = { default: string; help: string };

export const settings = {
  PORT: { default: "3000", help: "Where the API and the web app listen." },
  HOST: { default: "0.0.0.0", help: "The address to listen on. `127.0.0.1` keeps it to this machine." },
  CADENZA_PUBLIC_URL: {
    default: "http://localhost:<PORT>",
    help: "The address people and mail links reach Cadenza by. With `https://`, cookies are marked Secure.",
  },
  CADENZA_DATA_DIR: {
    default: "./data",
    help: "Folder of the embedded database, the key file and whatever else must survive.",
  },
  DATABASE_URL: {
    default: "",
    help: "A PostgreSQL 15 or newer to use instead of the embedded one. Its user owns the tables and must be able to create roles; the product itself works as `cadenza_app`, which owns nothing.",
  },
  CADENZA_ROLE: {
    default: "all",
    help: "`api` answers callers, `engine` does the work, `all` does both. The flag `--role=` wins. Separate processes share one `DATABASE_URL` and one key file.",
  },
  CADENZA_KEY_FILE: {
    default: "<CADENZA_DATA_DIR>/cadenza.key",
    help: "The key that encrypts mailbox passwords and tokens. Made at the first start, readable by its owner only. Without it they cannot be read: back it up, apart from the database.",
  },
  CADENZA_BOOTSTRAP_KEY: {
    default: "",
    help: "On the first start with an empty database, this becomes a master key of a first team. At least 24 characters.",
  },
  CADENZA_SAMPLE_TEAM: {
    default: "",
    help: "`1` gives the first team of an empty database a sample to look around in: contacts, accounts, sequences with history. All of it is invented, and its mail goes nowhere.",
  },
  CADENZA_DATABASE_CONNECTIONS: {
    default: "20",
    help: "Most connections one process opens to the database.",
  },
  CADENZA_ENGINE_LOOPS: {
    default: "16",
    help: "From how many mailboxes one process sends at the same time. `0`: no steps are carried out and no mail is sent.",
  },
  CADENZA_IMAP_POLL_MS: {
    default: "60000",
    help: "How often a mailbox is asked for new mail, in milliseconds. Servers that tell of new mail by themselves are heard at once.",
  },
  CADENZA_RATE_LIMITS: {
    default: "",
    help: "Calls a team may make per endpoint, as `minute/hour/day`, for example `200/400/2000`. Empty: none are refused.",
  },
  CADENZA_OAUTH_REGISTRATION: {
    default: "open",
    help: "`open` lets applications register themselves, as agents and Apollo's command line do; whom they act for is asked each time. `off`: only admins add applications.",
  },
  CADENZA_ACCESS_TOKEN_DAYS: {
    default: "30",
    help: "How long an application may act by an OAuth access token before it has to renew it.",
  },
  CADENZA_TRUSTED_PROXIES: {
    default: "",
    help: "Addresses or CIDR ranges, comma-separated, whose `X-Forwarded-For` is believed. Empty: nobody's is.",
  },
  CADENZA_MAIL_ALLOW: {
    default: "",
    help: "Private and loopback mail servers that mailboxes may use, comma-separated: CIDR ranges (`10.0.0.0/8`), addresses or `host:port`. Public ones need no mention; link-local and metadata addresses and our own database are never allowed.",
  },
  CADENZA_ALLOW_PLAINTEXT_MAIL: {
    default: "",
    help: "`1` lets mailboxes speak to other hosts than loopback without TLS. Passwords and mail then travel readable.",
  },
  CADENZA_CATCHER: {
    default: "",
    help: "`1` runs the built-in mail catcher: an SMTP and an IMAP server on loopback, for mailboxes of the type `catcher`, whose mail stays in the house. `0` never runs it. Empty: where there is such a mailbox, as the sample team has.",
  },
  CADENZA_PROSPECTS: {
    default: "3-20",
    help: "After how many seconds invented people answer what was caught for them, as `3-20`. `off`: nobody answers.",
  },
  CADENZA_WEBHOOK_ALLOW: {
    default: "",
    help: "Private places that webhooks may be sent to, and that providers and language models may be at, comma-separated, in the same words. Empty: public addresses only.",
  },
  CADENZA_LOOKUP_LEASE_MS: {
    default: "15000",
    help: "How long whoever asks providers about somebody may show no sign of life before another goes on in their stead.",
  },
  CADENZA_PROBE_PORT: {
    default: "25",
    help: "The port at which mail servers are asked whether there is anybody at an address, where a team has switched that on. Other than 25 for tests only.",
  },
  CADENZA_DNS: {
    default: "",
    help: "Name servers that are asked for SPF, DKIM and DMARC of sending domains and for who takes mail, comma-separated, as `192.0.2.1` or `192.0.2.1:53`. Empty: the system's.",
  },
  CADENZA_METRICS_PORT: {
    default: "",
    help: "Serves Prometheus metrics at `/metrics` on a port of its own, and the health probes beside them, which is how an engine process is watched. Empty: not at all.",
  },
  CADENZA_METRICS_HOST: { default: "127.0.0.1", help: "The address the metrics listen on." },
  CADENZA_LOG_LEVEL: { default: "info", help: "`debug`, `info`, `warn`, `error` or `silent`." },
  CADENZA_TEST_SEAMS: {
    default: "",
    help: "`1` opens the seams that outside checks use (a movable clock, crash points). Never in production; announced loudly.",
  },
  CADENZA_CLOCK_FILE: {
    default: "",
    help: "With the seams open: a file holding a number of milliseconds by which the clock is ahead. Empty or gone, the last number counts.",
  },
  CADENZA_CRASH: {
    default: "",
    help: "With the seams open: `point=kill|stop|delay:ms|error[:probability[:seed]]`, comma-separated.",
  },
} as const satisfies Record<string, Setting>;

export type Limits = { minute: number; hour: number; day: number };
export type Role = "api" | "engine" | "all";

export type Config = {
  port: number;
  host: string;
  publicUrl: string;
  dataDir: string;
  databaseUrl: string | null;
  role: Role;
  keyFile: string;
  bootstrapKey: string | null;
  sampleTeam: boolean;
  databaseConnections: number;
  engineLoops: number;
  imapPollMs: number;
  rateLimits: Limits | null;
  oauthRegistration: boolean;
  accessTokenDays: number;
  trustedProxies: string[];
  mailAllow: readonly AllowEntry[];
  allowPlaintextMail: boolean;
  /** Null: where somebody needs it. */
  catcher: boolean | null;
  /** How long invented people take to answer; null: they do not. */
  prospects: { leastMs: number; mostMs: number } | null;
  webhookAllow: readonly AllowEntry[];
  dnsServers: readonly string[];
  lookupLeaseMs: number;
  probePort: number;
  metrics: { port: number; host: string } | null;
  logLevel: string;
  seams: { clockFile: string | null; crash: string } | null;
};

export class BadConfiguration extends Error {}

export function readConfig(
  env: NodeJS.ProcessEnv = process.env,
  args: readonly string[] = process.argv.slice(2),
): Config {
  const get = (name: keyof typeof settings) =>
    env[name]?.trim() || (settings[name].default.includes("<") ? "" : settings[name].default);
  const port = whole("PORT", get("PORT"), 0, 65535);
  const dataDir = absolute(get("CADENZA_DATA_DIR"));
  const metricsPort = get("CADENZA_METRICS_PORT");
  return {
    port,
    host: get("HOST"),
    publicUrl: publicUrl(get("CADENZA_PUBLIC_URL") || `http://localhost:${port}`),
    dataDir,
    databaseUrl: get("DATABASE_URL") || null,
    role: role(args, get("CADENZA_ROLE")),
    keyFile: absolute(get("CADENZA_KEY_FILE") || resolve(dataDir, "cadenza.key")),
    bootstrapKey: bootstrapKey(get("CADENZA_BOOTSTRAP_KEY")),
    sampleTeam: get("CADENZA_SAMPLE_TEAM") === "1",
    databaseConnections: whole("CADENZA_DATABASE_CONNECTIONS", get("CADENZA_DATABASE_CONNECTIONS"), 2, 500),
    engineLoops: whole("CADENZA_ENGINE_LOOPS", get("CADENZA_ENGINE_LOOPS"), 0, 500),
    imapPollMs: whole("CADENZA_IMAP_POLL_MS", get("CADENZA_IMAP_POLL_MS"), 10, 86_400_000),
    rateLimits: limits(get("CADENZA_RATE_LIMITS")),
    oauthRegistration:
      oneOf("CADENZA_OAUTH_REGISTRATION", get("CADENZA_OAUTH_REGISTRATION"), ["open", "off"]) === "open",
    accessTokenDays: whole("CADENZA_ACCESS_TOKEN_DAYS", get("CADENZA_ACCESS_TOKEN_DAYS"), 1, 365),
    trustedProxies: list(get("CADENZA_TRUSTED_PROXIES")),
    mailAllow: allowList("CADENZA_MAIL_ALLOW", get("CADENZA_MAIL_ALLOW")),
    allowPlaintextMail: get("CADENZA_ALLOW_PLAINTEXT_MAIL") === "1",
    catcher: get("CADENZA_CATCHER") === "" ? null : get("CADENZA_CATCHER") === "1",
    prospects: prospects(get("CADENZA_PROSPECTS")),
    webhookAllow: allowList("CADENZA_WEBHOOK_ALLOW", get("CADENZA_WEBHOOK_ALLOW")),
    dnsServers: nameServers(get("CADENZA_DNS")),
    lookupLeaseMs: whole("CADENZA_LOOKUP_LEASE_MS", get("CADENZA_LOOKUP_LEASE_MS"), 200, 600_000),
    probePort: whole("CADENZA_PROBE_PORT", get("CADENZA_PROBE_PORT"), 1, 65535),
    metrics: metricsPort
      ? { port: whole("CADENZA_METRICS_PORT", metricsPort, 0, 65535), host: get("CADENZA_METRICS_HOST") }
      : null,
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

function list(text: string) {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
}

function role(args: readonly string[], fallback: string): Role {
  const flag = args.find((arg) => arg.startsWith("--role="))?.slice("--role=".length);
  return oneOf("--role", flag ?? fallback, ["api", "engine", "all"] as const);
}

function whole(name: string, text: string, least: number, most: number) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new BadConfiguration(`${name} must be a whole number from ${least} to ${most}, not "${text}".`);
  }
  return number;
}

function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === text);
  if (!found) throw new BadConfiguration(`${name} must be one of ${allowed.join(", ")}, not "${text}".`);
  return found;
}

function publicUrl(text: string) {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new BadConfiguration(`CADENZA_PUBLIC_URL must be an http or https address, not "${text}".`);
  }
  return (url.origin + url.pathname).replace(/\/+$/, "");
}

// A key that is guessable is worse than none, and this one is chosen by a person.
function bootstrapKey(text: string) {
  if (!text) return null;
  if (text.length < 24) throw new BadConfiguration("CADENZA_BOOTSTRAP_KEY must have at least 24 characters.");
  return text;
}

function limits(text: string): Limits | null {
  if (!text) return null;
  const parts = text.split("/").map((part) => whole("CADENZA_RATE_LIMITS", part, 1, 1_000_000_000));
  const [minute, hour, day] = parts;
  if (parts.length !== 3 || !minute || !hour || !day) {
    throw new BadConfiguration(`CADENZA_RATE_LIMITS must read minute/hour/day, not "${text}".`);
  }
  return { minute, hour, day };
}

function prospects(text: string) {
  if (text === "off") return null;
  const [, least, most] = /^(\d{1,6})-(\d{1,6})$/.exec(text) ?? [];
  if (!least || Number(most) < Number(least))
    throw new BadConfiguration(`CADENZA_PROSPECTS must read like 3-20, or off, not "${text}".`);
  return { leastMs: Number(least) * 1000, mostMs: Number(most) * 1000 };
}

function nameServers(text: string) {
  return list(text).map((entry) => {
    const bare = entry.replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1").replace(/^\[([^\]]+)\](?::\d+)?$/, "$1");
    if (!isIP(bare)) throw new BadConfiguration(`CADENZA_DNS takes addresses, not "${entry}".`);
    return entry;
  });
}

function allowList(name: string, text: string) {
  return list(text).map((entry) => {
    const read = readAllowEntry(entry);
    if (!read)
      throw new BadConfiguration(`${name} takes CIDR ranges, addresses and host:port, not "${entry}".`);
    return read;
  });
}

function absolute(path: string) {
  return isAbsolute(path) ? path : resolve(path);
}

/** docs/configuration.md. */
export function configurationPage() {
  const rows = Object.entries(settings).map(
    ([name, { default: value, help }]) =>
      `| \`${name}\` | ${value ? `\`${value}\`` : "not set"} | ${help.replaceAll("|", "\\|")} |`,
  );
  return [
    "# Configuration",
    "",
    "Everything is set by the environment. This page is generated from `server/config.ts`.",
    "",
    "| name | default | what it does |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
