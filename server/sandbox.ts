// `cadenza sandbox`: a whole sandbox in one command. It lies in a folder of its own, which is gone when it ends. With `--json` it
// prints one line for programs that start it, and with `--end-with-input` it ends when that program does.

import "./runtime/v8-tick-workaround.ts";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Logger } from "pino";
import { tellWhyNot } from "./cannot-start.ts";
import { type Config, readConfig } from "./config.ts";
import { openDatabase } from "./db/open.ts";
import { openPrepared } from "./db/prepared.ts";
import { openLog } from "./kernel/log.ts";
import { freePort, sandboxSettings } from "./sandbox-settings.ts";
import { BadConfiguration } from "./setting-values.ts";
import type { Running } from "./start.ts";

const USAGE = `Usage: cadenza sandbox [flags]

Starts a sandbox: its time can be moved, its contacts answer by a script, and nothing leaves.
It forgets everything at the end.

  --port <number>     port of the API and the web app; default: a free one
  --at <time>         where its time begins, such as 2027-01-04T09:00:00Z; it then stands still.
                      Default: now, and it runs
  --sample            with sample data
  --keep <folder>     keep everything in this folder, and go on from it the next time
  --json              print one line of JSON, for programs
  --end-with-input    end when standard input ends, for programs
`;

type Wish = {
  port: string | null;
  at: string;
  sample: boolean;
  keep: string | null;
  asJson: boolean;
  endsWithInput: boolean;
};

async function main(args: string[]) {
  const wish = readArguments(args);
  if (!wish) {
    console.log(USAGE);
    return;
  }
  const folder = wish.keep ? resolve(wish.keep) : mkdtempSync(join(tmpdir(), "cadenza-sandbox-"));
  mkdirSync(folder, { recursive: true });
  const key = keyIn(folder);
  const port = wish.port ?? (await freePort()); // links in emails name it, so it has to be known before
  const { sandbox, ...config } = readConfig(
    sandboxSettings({ at: wish.at, port, folder, key, hasSample: wish.sample }),
    [],
  );
  const log = openLog(config.logLevel, { write: (line) => void process.stderr.write(line) });
  const isKept = wish.keep !== null;
  const starting = startBeside({ ...config, sandbox: sandbox && { ...sandbox, isKept } }, log);
  endWhenTold(starting, wish, () => wish.keep === null && rmSync(folder, { recursive: true, force: true }));
  greet(await starting, key, wish);
}

/** The server is loaded while its database starts: both take a second or two. */
async function startBeside(config: Config, log: Logger): Promise<Running> {
  const opening = config.sandbox?.isKept ? openDatabase(config, log) : openPrepared(config, log);
  opening.catch(() => {}); // told to the one who waits for it
  try {
    const { start } = await import("./start.ts");
    return await start(config, log, undefined, () => opening);
  } catch (error) {
    await opening.then(({ stop }) => stop()).catch(() => {});
    throw error;
  }
}

function readArguments(args: string[]): Wish | null {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: "string" },
        at: { type: "string" },
        sample: { type: "boolean" },
        keep: { type: "string" },
        json: { type: "boolean" },
        "end-with-input": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) return null;
    return {
      port: values.port ?? null,
      at: values.at ?? "1",
      sample: values.sample ?? false,
      keep: values.keep ?? null,
      asJson: values.json ?? false,
      endsWithInput: values["end-with-input"] ?? false,
    };
  } catch (error) {
    throw new BadConfiguration(`${(error as Error).message} See cadenza sandbox --help.`);
  }
}

/** The same one where the folder is kept. */
function keyIn(folder: string) {
  const file = join(folder, "sandbox-key");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const key = `sandbox_${randomBytes(24).toString("base64url")}`;
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return key;
}

function greet({ app, url, setupUrl }: Running, key: string, { asJson, keep }: Wish) {
  const now = app.now().toString();
  if (asJson) {
    console.log(JSON.stringify({ url, api_key: key, now, setup_url: setupUrl }));
    return;
  }
  const lines = [
    `The sandbox is ready at ${url}`,
    `  API key  ${key}`,
    `  Time     ${now}`,
    ...(setupUrl ? [`  Web app  ${setupUrl}`] : []),
    "",
    keep ? "Ctrl-C stops it." : "Ctrl-C stops it and deletes everything.",
    `Move its time:  curl -X POST '${url}/api/v1/sandbox/clock/advance' -H 'X-Api-Key: ${key}' -d days=1`,
  ];
  console.log(`\n${lines.join("\n")}\n`);
}

function endWhenTold(starting: Promise<Running>, { endsWithInput }: Wish, forget: () => void) {
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    starting
      .then((running) => running.stop())
      .catch((error) => console.error(error))
      .finally(() => {
        forget();
        process.exit();
      });
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  if (!endsWithInput) return;
  process.stdin.on("end", end);
  process.stdin.on("error", end);
  process.stdin.resume();
}

main(process.argv.slice(2)).catch((error) => process.exit(tellWhyNot("The sandbox cannot start.", error)));
