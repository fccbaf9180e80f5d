// One machine of the rig: a network of its own behind a cable that can be pulled, and the programs that run on it.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { programAt } from "./programs.ts";

const BRIDGE = "cables";
/** Of the rig itself, where the mail server listens. */
export const RIG_ADDRESS = "10.0.0.1";

export function ip(...args: string[]) {
  return execFileSync(programAt("ip"), args, { encoding: "utf8" });
}

/** What all cables lead to. */
export function openNetwork() {
  mkdirSync("/run/netns", { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "tmpfs", "/run/netns"]); // the names are the rig's alone
  ip("link", "set", "lo", "up");
  ip("link", "add", BRIDGE, "type", "bridge");
  ip("addr", "add", `${RIG_ADDRESS}/24`, "dev", BRIDGE);
  ip("link", "set", BRIDGE, "up");
}

type Owner = { uid: number; gid: number };

export class Machine {
  readonly name: string;
  readonly address: string;
  readonly folder: string;
  readonly #children = new Map<string, ChildProcess>();

  constructor(name: string, address: string, folder: string) {
    this.name = name;
    this.address = address;
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    ip("netns", "add", name);
    ip("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name);
    ip("link", "set", name, "master", BRIDGE, "up");
    ip("-n", name, "addr", "add", `${address}/24`, "dev", "eth0");
    ip("-n", name, "link", "set", "eth0", "up");
    ip("-n", name, "link", "set", "lo", "up");
  }

  /** Runs a program here. What it says goes into a file of its name. */
  start(what: string, file: string, args: readonly string[], env: Record<string, string>, owner?: Owner) {
    const log = openSync(join(this.folder, `${what}.log`), "a");
    const as = owner ? ["-S", String(owner.uid), "-G", String(owner.gid)] : [];
    const child = spawn("nsenter", [`--net=/run/netns/${this.name}`, ...as, file, ...args], {
      cwd: this.folder,
      stdio: ["ignore", log, log],
      env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C.UTF-8", HOME: this.folder, ...env },
    });
    this.#children.set(what, child);
    return child;
  }

  hasEnded(what: string) {
    const child = this.#children.get(what);
    return !child || child.exitCode !== null || child.signalCode !== null;
  }

  /** All processes here, or those of some programs. */
  processes(isMeant: (command: string) => boolean = () => true) {
    const numbers = ip("netns", "pids", this.name).split("\n").filter(Boolean).map(Number);
    return numbers.filter((pid) => isMeant(commandOf(pid)));
  }

  signal(signal: NodeJS.Signals, isMeant?: (command: string) => boolean) {
    const numbers = this.processes(isMeant);
    for (const pid of numbers) {
      try {
        process.kill(pid, signal);
      } catch {} // it ended meanwhile
    }
    return numbers.length;
  }

  /** As by a power cut. */
  async kill() {
    const running = [...this.#children.values()].filter(
      ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
    );
    const ended = running.map((child) => once(child, "exit"));
    while (this.signal("SIGKILL") > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all(ended);
  }

  pullCable() {
    ip("link", "set", this.name, "down");
  }

  plugCable() {
    ip("link", "set", this.name, "up");
  }
}

/** Its name, as the system has it. */
function commandOf(pid: number) {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return "";
  }
}
