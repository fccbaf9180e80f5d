// `cadenza keys create` and `cadenza login`: how a key comes to be, and where it is kept.

import process from "node:process";
import { Writable } from "node:stream";
import { newCommand } from "./building.ts";
import { type Common, type Session, writeProfile } from "./connection.ts";
import { EXIT, Unusable } from "./exits.ts";
import type { Flow } from "./flows.ts";
import { jsonOf } from "./table.ts";

type KeyWish = Common & {
  name: string;
  master?: boolean;
  readOnly?: boolean;
  scope?: string[];
  user?: string;
  expires?: string;
};

export const createKey: Flow = {
  under: "apiKeys",
  name: "create",
  add(group, session, _finish, common) {
    group.addCommand(
      common(newCommand("create"))
        .description("Create an API key and print it. The key is shown only once, alone on standard output.")
        .requiredOption("--name <text>", "What it is for")
        .option("--master", "Allow everything")
        .option("--read-only", "Allow every call that changes nothing")
        .option("--scope <a,b>", "api/v1/<controller>/<action>", (text: string, before: string[] = []) => [
          ...before,
          ...text.split(","),
        ])
        .option("--user <id>", "User the key acts as")
        .option("--expires <time>", "Time the key expires")
        .action(async (wish: KeyWish) => {
          session.choose(wish);
          await make(session, wish);
        }),
    );
  },
};

async function make(session: Session, { name, master, readOnly, scope = [], user, expires, json }: KeyWish) {
  if (!master && !readOnly && scope.length === 0)
    throw new Unusable("No permissions given. Use --master, --read-only or --scope.");
  const api = await session.api();
  const { api_key } = await api.apiKeys.create({
    name,
    ...(master ? { master: true } : { scopes: [...(readOnly ? ["read_only"] : []), ...scope] }),
    ...(user && { user_id: user }),
    ...(expires && { expires_at: expires }),
  });
  if (json) return session.say(jsonOf({ api_key }));
  session.complain(`Key ${api_key.id}, ${api_key.name}. It is shown only once:`);
  session.say(api_key.key);
}

export const login: Flow = {
  name: "login",
  add(program, session, finish, common) {
    program.addCommand(
      common(newCommand("login"))
        .description(
          "Save a server and its API key after testing them. Asks for the key, or reads it from standard input.",
        )
        .action(async (options: Common) => finish(await remember(session, options))),
    );
  },
};

async function remember(session: Session, options: Common) {
  const url = options.url ?? session.env.CADENZA_URL ?? "http://localhost:3000";
  const key = (await readSecret(`API key for ${url}: `)).trim();
  if (!key) throw new Unusable("No API key given.");
  session.env.CADENZA_API_KEY = key;
  session.choose({ ...options, url, profile: undefined } as Common);
  const api = await session.api();
  const { is_logged_in } = await api.auth.health();
  if (!is_logged_in)
    throw new Unusable(
      `${url} does not accept this key.`,
      "Create one under Settings, API keys.",
      EXIT.notAllowed,
    );
  const name = options.profile ?? "default";
  const file = writeProfile(session.env, name, { url, api_key: key });
  session.complain(`Saved as ${name} in ${file}. Only you can read this file.`);
  return EXIT.done;
}

/** Typed without being shown. */
async function readSecret(question: string) {
  if (!process.stdin.isTTY) {
    let text = "";
    for await (const part of process.stdin.setEncoding("utf8")) text += part;
    return text;
  }
  const { createInterface } = await import("node:readline/promises");
  process.stderr.write(question);
  const dark = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: dark, terminal: true });
  try {
    return await reader.question("");
  } finally {
    reader.close();
    process.stderr.write("\n");
  }
}
