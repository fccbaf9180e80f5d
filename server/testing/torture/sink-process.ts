// The recording sink in a process of its own: whoever is killed, it goes on, and what it says is on the disk.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { readLines } from "../sending.ts";
import type { SinkLine, SinkOptions, Unanswered } from "../sink.ts";

const SINK = fileURLToPath(new URL("../sink.ts", import.meta.url));

export class SinkProcess {
  readonly file: string;
  port = 0;
  #child: ChildProcess | null = null;

  constructor(file: string) {
    this.file = file;
  }

  /** Started again it has another mood, and the same door. */
  async start(mood: Omit<SinkOptions, "file" | "port"> = {}) {
    const args = Object.entries({ file: this.file, port: this.port, ...mood });
    const child = spawn(process.execPath, [SINK, ...args.map(([name, value]) => `--${name}=${value}`)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#child = child;
    const [said] = (await once(child.stdout, "data")) as [Buffer];
    this.port = (JSON.parse(said.toString()) as { port: number }).port;
  }

  async kill() {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  /** Whose mails were left without an answer. */
  unanswered() {
    return readLines<Unanswered>(`${this.file}.unanswered`);
  }

  lines(): SinkLine[] {
    return readLines(this.file);
  }
}
