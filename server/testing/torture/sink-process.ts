// The recording sink in a process of its own: whichever process is killed, it goes on, and what it says is on the
// disk.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "../doors.ts";
import { readRecording } from "../recording.ts";
import type { SinkLine, SinkOptions, Unanswered } from "../sink.ts";

const SINK = fileURLToPath(new URL("../sink.ts", import.meta.url));

export class SinkProcess {
  readonly file: string;
  readonly #door = freePort();
  port = 0;
  #child: ChildProcess | null = null;
  #isClosed = false;

  constructor(file: string) {
    this.file = file;
  }

  /** Started again it has another mood, and the same door. */
  async start(mood: Omit<SinkOptions, "file" | "port"> = {}) {
    this.port = await this.#door;
    const args = Object.entries({ file: this.file, port: this.port, ...mood });
    const child = spawn(process.execPath, [SINK, ...args.map(([name, value]) => `--${name}=${value}`)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#child = child;
    const died = once(child, "exit").then(() => assert.fail("the sink ended before it listened"));
    await Promise.race([once(child.stdout, "data"), died]);
    died.catch(() => {}); // killed later on, as it is to be
  }

  async kill() {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  /** For good: what still waits for a mail fails instead of waiting on. */
  async close() {
    this.#isClosed = true;
    await this.kill();
  }

  /** Whose mails were left without an answer. */
  unanswered() {
    return readRecording<Unanswered>(`${this.file}.unanswered`);
  }

  lines(): SinkLine[] {
    assert.ok(!this.#isClosed, "nobody takes mails any more");
    return readRecording(this.file);
  }
}
