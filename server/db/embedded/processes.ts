// What can be learned about a process we did not start. A number alone proves little: pids are reused. A dead process
// that was never waited for (a zombie, common in containers without an init) still answers to signal 0.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

export function isAlive(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    // "pid (name) state …": the name may hold anything, so look behind its last bracket.
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    return status.slice(status.lastIndexOf(")") + 2).startsWith("Z");
  } catch {
    return true; // gone meanwhile
  }
}

/** Whether this process is the postmaster of this cluster; null where the platform does not tell. */
export function isPostmasterOf(pid: number, cluster: string): boolean | null {
  try {
    if (process.platform === "linux") {
      const args = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return args[args.indexOf("-D") + 1] === cluster && args.includes("-D");
    }
    if (process.platform === "win32") return null;
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).includes(
      `-D ${cluster} `,
    );
  } catch {
    return false;
  }
}

/** Every process working inside the cluster's folder. Known on Linux only; elsewhere none. */
export function processesIn(cluster: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && workingFolderOf(pid) === cluster && isAlive(pid));
}

function workingFolderOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}
