// Which server, with which key: from the environment, or from a profile that `cadenza login` wrote. Keys are not taken
// as flags, because every user of a machine sees the flags of all programs.

import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import type { Attempt, Client } from "@cadenza/sdk";
import { Unusable } from "./exits.ts";

export type Common = { url?: string; profile?: string; json?: boolean; verbose?: boolean; timeout?: string };

export type Session = {
  env: NodeJS.ProcessEnv;
  url: string;
  hasKey: boolean;
  wantsJson: boolean;
  /** To stderr, line by line, without any secret. */
  complain(text: string): void;
  /** To stdout. */
  say(text: string): void;
  /** Reads the common flags; before this nothing is known of the server. */
  choose(common: Common): void;
  api(): Promise<Client>;
  /** Another server, with a key of its own: neither key is shown to the other one. */
  apiAt(url: string, key: string): Promise<Client>;
  /** For what the SDK has no call for. */
  ask(path: string, init?: RequestInit): Promise<Response>;
};

type Profile = { url?: string; api_key?: string };

export function setUp(env: NodeJS.ProcessEnv, argv: readonly string[]): Session {
  const secrets = new Set<string>();
  const known: Profile & { verbose: boolean; timeoutMs: number | null } = { verbose: false, timeoutMs: null };
  if (env.CADENZA_API_KEY) secrets.add(env.CADENZA_API_KEY);
  const session: Session = {
    env,
    url: "",
    hasKey: false,
    wantsJson: argv.includes("--json"),
    complain: (text) => void process.stderr.write(`${hide(text, secrets)}\n`),
    say: (text) => void process.stdout.write(text.endsWith("\n") ? text : `${text}\n`),
    choose(common) {
      const profile = readProfile(env, common.profile ?? env.CADENZA_PROFILE);
      known.url = common.url ?? env.CADENZA_URL ?? profile.url ?? "http://localhost:3000";
      // A profile's key belongs to the profile's server: it is not shown to another.
      const isItsOwn = known.url === profile.url;
      const key = env.CADENZA_API_KEY ?? (isItsOwn ? profile.api_key : undefined);
      if (key) known.api_key = key;
      if (key) secrets.add(key);
      known.verbose = common.verbose === true;
      known.timeoutMs = readTimeout(common.timeout);
      session.url = known.url;
      session.hasKey = Boolean(key);
    },
    api: () => clientOf(known),
    apiAt(url, key) {
      secrets.add(key);
      return clientOf({ url, api_key: key });
    },
    async ask(path, init = {}) {
      const root = (known.url ?? "").replace(/(?<!\/)\/+$/, "").replace(/(?:\/api)?\/v1$/, "");
      const headers = {
        ...(known.api_key && { "x-api-key": known.api_key }),
        ...(init.headers as Record<string, string>),
      };
      try {
        return await fetch(`${root}${path}`, { ...init, headers, redirect: "manual" });
      } catch (cause) {
        throw await unreached(path, cause);
      }
    },
  };
  async function clientOf({ url = "", api_key: key }: Profile) {
    const { createClient } = await import("@cadenza/sdk");
    return createClient({
      baseUrl: url,
      ...(key && { apiKey: key }),
      ...(known.timeoutMs !== null && { timeoutMs: known.timeoutMs }),
      headers: { "user-agent": "cadenza-cli" },
      onTry: (attempt) => {
        if (known.verbose || attempt.waitsMs !== null) session.complain(attemptLine(attempt));
      },
    });
  }
  return session;
}

function hide(text: string, secrets: ReadonlySet<string>) {
  let safe = text;
  for (const secret of secrets) if (secret.length > 3) safe = safe.replaceAll(secret, "***");
  return safe;
}

function attemptLine({ call, method, url, attempt, status, tookMs, requestId, waitsMs }: Attempt) {
  const outcome = status === null ? "no answer" : String(status);
  const next = waitsMs === null ? "" : `, again in ${(waitsMs / 1000).toFixed(1)} s`;
  const { pathname } = new URL(url); // the query is left out: it may hold what other people may not read
  return `${call}: ${method} ${pathname} ${outcome}, try ${attempt}, ${Math.round(tookMs)} ms${requestId ? `, request ${requestId}` : ""}${next}`;
}

function readTimeout(text: string | undefined) {
  if (text === undefined) return null;
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds < 0)
    throw new Unusable(`--timeout must be a number of seconds. You gave ${text}.`);
  return seconds * 1000;
}

function profileFile(env: NodeJS.ProcessEnv) {
  return join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), ".config"), "cadenza", "profiles.json");
}

function readProfiles(env: NodeJS.ProcessEnv): Record<string, Profile> {
  const file = profileFile(env);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return {};
  }
  try {
    return JSON.parse(text) as Record<string, Profile>;
  } catch {
    throw new Unusable(`${file} is not valid JSON.`, "Correct it, or delete it and run cadenza login.");
  }
}

function readProfile(env: NodeJS.ProcessEnv, name: string | undefined): Profile {
  const profiles = readProfiles(env);
  const profile = profiles[name ?? "default"];
  if (name !== undefined && !profile)
    throw new Unusable(`The profile ${name} does not exist.`, `Run cadenza login --profile ${name}.`);
  return profile ?? {};
}

/** Readable for its owner alone, and never half written. */
export function writeProfile(env: NodeJS.ProcessEnv, name: string, profile: Profile) {
  const file = profileFile(env);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const text = `${JSON.stringify({ ...readProfiles(env), [name]: profile }, null, 2)}\n`;
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
  return file;
}

/** As the SDK says it of its own calls; a wish to stop stays what it is. */
async function unreached(call: string, cause: unknown) {
  const { name, cause: reason } = cause as {
    name?: string;
    cause?: { code?: unknown; errors?: { code?: unknown }[] };
  };
  if (name === "AbortError" || name === "TimeoutError") return cause;
  const { Unreached } = await import("@cadenza/sdk");
  const code = reason?.code ?? reason?.errors?.[0]?.code;
  const said = typeof code === "string" ? ` (${code})` : "";
  return new Unreached("unreachable", `The server could not be reached${said}.`, { call, cause });
}
