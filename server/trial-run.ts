// The sandbox of a trial run: a process of its own with a database of its own, so that what it does costs the installation no more than
// processor time. The engine starts it with a folder (engine/trial-runs/sandbox-process.ts), and reads line by line what it says.

import "./runtime/v8-tick-workaround.ts";
import { createReadStream, readFileSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { tellWhyNot } from "./cannot-start.ts";
import { readConfig } from "./config.ts";
import { fillTables, type TableRows } from "./db/fill-tables.ts";
import { openPrepared } from "./db/prepared.ts";
import { type Prepared, prepareTrial, readOutcome, turnDays } from "./engine/trial-runs/carry-out.ts";
import type { TrialLine, TrialOrder } from "./engine/trial-runs/sandbox-process.ts";
import { openLog } from "./kernel/log.ts";
import { Refusal, sentenceOf } from "./kernel/refusal.ts";
import { freePort, sandboxSettings } from "./sandbox-settings.ts";
import { start } from "./start.ts";

const LESS_THAN_USUAL = 10;

/** Its database is stopped with it, whatever happens: it would outlive us otherwise. */
let stop: () => Promise<void> = async () => {};

async function main(folder: string) {
  setPriority(LESS_THAN_USUAL); // real emails come first
  const order: TrialOrder = JSON.parse(readFileSync(join(folder, "order.json"), "utf8"));
  const place = {
    at: order.at,
    port: await freePort(),
    folder: join(folder, "data"),
    key: null,
    hasSample: false,
  };
  const { sandbox, ...config } = readConfig(sandboxSettings(place), []);
  const log = openLog(config.logLevel, { write: (line) => void process.stderr.write(line) });
  const prepared = Promise.withResolvers<Prepared>();
  const running = await start(
    { ...config, sandbox: sandbox && { ...sandbox, isKept: false } },
    log,
    async (app) => prepared.resolve(await prepareTrial(app, order.task)),
    async (settings, logTo) => {
      const opened = await openPrepared(settings, logTo);
      stop = opened.stop;
      await fillTables(opened.owner, rowsIn(join(folder, "rows.jsonl")));
      return opened;
    },
  );
  stop = running.stop;
  const { app } = running;
  const from = Temporal.Instant.from(order.at);
  say({ reached: `${from}` });
  await turnDays(app, order.task, (at) => say({ reached: `${at}` }));
  const outcome = await readOutcome(app, order.task, await prepared.promise, from);
  const asHere = (text: string | null) => text?.replaceAll(config.publicUrl, order.publicUrl) ?? null;
  for (const email of outcome.emails)
    say({ email: { ...email, bodyText: asHere(email.bodyText), bodyHtml: asHere(email.bodyHtml) } });
  for (const person of outcome.people) say({ person });
  say({ report: outcome.report });
}

async function* rowsIn(file: string): AsyncGenerator<TableRows> {
  for await (const line of createInterface({ input: createReadStream(file) }))
    yield JSON.parse(line) as TableRows;
}

function say(line: TrialLine) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

let isEnding = false;
async function end(code: number) {
  if (isEnding) return;
  isEnding = true;
  await stop().catch((error) => console.error(error));
  process.exit(code);
}

/** The engine is gone, or wants no more of it. */
for (const event of ["end", "error"]) process.stdin.on(event, () => void end(1));
process.stdin.resume();

main(process.argv[2] ?? "")
  .then(() => end(0))
  .catch((error) => {
    if (error instanceof Refusal) say({ refused: sentenceOf(error) });
    return end(error instanceof Refusal ? 0 : tellWhyNot("The trial run cannot start.", error));
  });
