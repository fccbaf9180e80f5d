// The program: reads the configuration, starts the house, says where it is, and stops it when told.

import "./tick-shape.ts";
import type { Logger } from "pino";
import { BadConfiguration, readConfig } from "./config.ts";
import { UnsafeDatabase } from "./db/embedded/durability.ts";
import { CannotStartDatabase } from "./db/embedded/errors.ts";
import { CannotMigrate } from "./db/migrate.ts";
import { CannotReachDatabase } from "./db/waiting.ts";
import { clearLeftovers } from "./leftovers.ts";
import { openLog } from "./log.ts";
import { BadKeyFile } from "./secrets.ts";
import { type Running, start } from "./start.ts";

const LONGEST_STOP_MS = 14_500;

async function main() {
  const config = readConfig();
  const log = openLog(config.logLevel);
  if (config.seams)
    log.warn(
      "THE TEST SEAMS ARE OPEN: the clock can be moved and crashes planned. Never run like this in production.",
    );
  // Callers are answered before the rest is up: whoever stops us then stops all of it.
  const starting = start(config, log, clearLeftovers);
  stopWhenTold(starting, log);
  greet(await starting);
}

function greet({ app, url, setupUrl }: Running) {
  const lines = url ? [`Cadenza is ready at ${app.config.publicUrl}`] : ["Cadenza's engine is running."];
  if (setupUrl)
    lines.push("Nobody is here yet. Make yourself the owner by this link (it works once):", `  ${setupUrl}`);
  console.log(`\n${lines.join("\n")}\n`);
}

/** The first signal drains and stops; a second one, or a stop that hangs, ends the process at once. */
function stopWhenTold(starting: Promise<Running>, log: Logger) {
  let isStopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(130);
    isStopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
    starting
      .then((running) => running.stop())
      .then(
        () => log.flush(() => process.exit(0)),
        (error) => {
          log.error({ err: error }, "the stop did not go well");
          process.exit(1);
        },
      );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

/** What a person can mend is said in a sentence; anything else is a fault of ours and shown whole. */
function explain(error: unknown) {
  const expected = [
    BadConfiguration,
    BadKeyFile,
    CannotMigrate,
    CannotReachDatabase,
    CannotStartDatabase,
    UnsafeDatabase,
  ];
  const isExpected =
    expected.some((kind) => error instanceof kind) || (error as { code?: string }).code === "EADDRINUSE";
  console.error(isExpected ? `\nCadenza cannot start. ${(error as Error).message}\n` : error);
  process.exit(1);
}

main().catch(explain);
