#!/usr/bin/env node
// The program `cadenza`. Whatever goes wrong ends in sentences and an exit code that means something.

import process from "node:process";
import { setUp } from "./connection.ts";
import { EXIT, tellFailure } from "./exits.ts";
import { run } from "./program.ts";

// The reader may close the pipe early: `cadenza … | head` is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) =>
  process.exit(error.code === "EPIPE" ? 0 : EXIT.fault),
);
process.on("SIGINT", () => process.exit(EXIT.interrupted));

const session = setUp(process.env, process.argv);
try {
  process.exitCode = await run(process.argv.slice(2), session);
} catch (error) {
  process.exitCode = await tellFailure(error, session);
}
