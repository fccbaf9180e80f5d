// The rig runs in namespaces of its own: its networks, mounts and processes are no other program's, and all of them end with it,
// however it ends.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { programAt } from "./programs.ts";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));
const INSIDE = "CADENZA_HA_ROOM";
const OWN = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
/** The first process there takes in what killed servers leave behind, which Node does not. */
const FIRST = ["sh", "-c", '"$@"; exit $?', "sh"];

export const isInside = () => process.env[INSIDE] === "1";

/** Runs the same command inside. Answers its exit code. */
export async function runInside(args: readonly string[]): Promise<number> {
  const unshare = ["--pdeathsig", "KILL", programAt("unshare"), ...OWN]; // it ends with this process
  const child = spawn(programAt("setpriv"), [...unshare, ...FIRST, process.execPath, MAIN, ...args], {
    stdio: "inherit",
    env: { ...process.env, [INSIDE]: "1" },
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => child.kill("SIGKILL")); // all inside end with it
  const [code] = await once(child, "exit");
  return typeof code === "number" ? code : 1;
}
