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
        .description("Makes a key and prints it: the key alone on standard output, this once only.")
        .requiredOption("--name <text>", "What it is for")
        .option("--master", "May do everything")
        .option("--read-only", "May do what changes nothing")
        .option("--scope <a,b>", "api/v1/<controller>/<action>", (text: string, before: string[] = []) => [
          ...before,
          ...text.split(","),
        ])
        .option("--user <id>", "Acts as this person")
        .option("--expires <time>", "Until when it is good")
        .action(async (wish: KeyWish) => {
          session.choose(wish);
          await make(session, wish);
        }),
    );
  },
};

async function make(session: Session, { name, master, readOnly, scope = [], user, expires, json }: KeyWish) {
  if (!master && !readOnly && scope.length === 0)
    throw new Unusable("What may it do? Say --master, --read-only or --scope.");
  const api = await session.api();
  const { api_key } = await api.apiKeys.create({
    name,
    ...(master ? { master: true } : { scopes: [...(readOnly ? ["read_only"] : []), ...scope] }),
    ...(user && { user_id: user }),
    ...(expires && { expires_at: expires }),
  });
  if (json) return session.say(jsonOf({ api_key }));
  session.complain(`Key ${api_key.id}, ${api_key.name}. It is shown this once only:`);
  session.say(api_key.key);
}

export const login: Flow = {
  name: "login",
  add(program, session, finish, common) {
    program.addCommand(
      common(newCommand("login"))
        .description(
          "Remembers a server and a key for it, after trying them. The key is asked for, or read from standard input.",
        )
        .action(async (options: Common) => finish(await remember(session, options))),
    );
  },
};

async function remember(session: Session, options: Common) {
  const url = options.url ?? session.env.CADENZA_URL ?? "http://localhost:3000";
  const key = (await readSecret(`API key for ${url}: `)).trim();
  if (!key) throw new Unusable("No key was given.");
  session.env.CADENZA_API_KEY = key;
  session.choose({ ...options, url, profile: undefined } as Common);
  const api = await session.api();
  const { is_logged_in } = await api.auth.health();
  if (!is_logged_in)
    throw new Unusable(
      `${url} does not know this key.`,
      "Make one under Settings, API keys.",
      EXIT.notAllowed,
    );
  const name = options.profile ?? "default";
  const file = writeProfile(session.env, name, { url, api_key: key });
  session.complain(`Remembered as ${name} in ${file}, for your eyes only.`);
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
