// The program: reads the configuration, starts the server, prints its address, and stops it on a signal.

import "./runtime/v8-tick-workaround.ts";
import type { Logger } from "pino";
import { tellWhyNot } from "./cannot-start.ts";
import { readConfig, warningsAbout } from "./config.ts";
import { StoppedUpgrade } from "./db/major-upgrade/stopping.ts";
import { openLog } from "./kernel/log.ts";
import { clearLeftovers } from "./runtime/gc-after-start.ts";
import { type Running, start } from "./start.ts";

const LONGEST_STOP_MS = 14_500;

async function main() {
  const config = readConfig();
  const log = openLog(config.logLevel);
  for (const sentence of warningsAbout()) log.warn(sentence);
  if (config.seams)
    log.warn(
      "THE TEST SEAMS ARE OPEN (CADENZA_TEST_SEAMS=1): the clock can be moved and crashes can be planned. Never use this in production.",
    );
  // Callers are answered before the rest is up: a signal to stop then stops all of it.
  const starting = start(config, log, clearLeftovers);
  stopWhenTold(starting, log);
  const running = await starting.catch((error) => {
    if (error instanceof StoppedUpgrade) return null; // a signal ended it, and ends the process
    throw error;
  });
  if (running) greet(running);
}

function greet({ app, url, setupUrl }: Running) {
  const lines = url ? [`Cadenza is ready at ${app.config.publicUrl}`] : ["Cadenza's engine is running."];
  if (setupUrl)
    lines.push(
      "There are no users yet. Open this link to become the owner (it works once):",
      `  ${setupUrl}`,
    );
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
      .catch((error) => {
        if (!(error instanceof StoppedUpgrade)) throw error;
        console.error(`\n${error.message}\n`);
        process.exit(0);
      })
      .then((running) => running.stop())
      .then(
        () => log.flush(() => process.exit(0)),
        (error) => {
          log.error({ err: error }, "stopping failed");
          process.exit(1);
        },
      );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

main().catch((error) => process.exit(tellWhyNot("Cadenza cannot start.", error)));
