// The server, started anew when its sources change, beside a web build that follows its own. Both end together.

import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./packages.mjs";

// By default a developer's mail is caught instead of sent, and there is a sample team to look at.
process.env.CADENZA_CATCHER ??= "1";
process.env.CADENZA_SAMPLE_TEAM ??= "1";

const vite = join(ROOT, "node_modules", "vite", "bin", "vite.js");
const children: ChildProcess[] = [
  start(["--watch", "--watch-preserve-output", "server/main.ts", ...process.argv.slice(2)], ROOT),
  start(
    [vite, "build", "--watch", "--outDir", "dist", "--emptyOutDir", "--logLevel", "warn"],
    join(ROOT, "web"),
  ),
];

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopAll());

function start(args: string[], cwd: string) {
  const child = spawn(process.execPath, args, { cwd, stdio: "inherit" });
  child.once("exit", (code) => {
    process.exitCode ||= code ?? 0;
    stopAll();
  });
  return child;
}

// SIGTERM, also for Ctrl-C: node --watch passes that one on to the server, and waits for it.
function stopAll() {
  for (const child of children) {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
  }
}
