// A file of lines that are on the disk before anybody is told so. Lines that come together share one fsync, which is
// what lets thousands a second be written and each of them be true.

import { existsSync, readFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

type Waiting = { text: string; done: () => void; failed: (error: unknown) => void };

export class Recording {
  /** How many lines there are. */
  lines: number;
  readonly #file: FileHandle;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;

  private constructor(file: FileHandle, lines: number) {
    this.#file = file;
    this.lines = lines;
  }

  /** Goes on where the file ends. Half a line is what a killed writer never told anybody of. */
  static async open(path: string) {
    const file = await open(path, "a+");
    const text = await file.readFile("utf8");
    const whole = wholeLines(text);
    if (whole.length < text.length) await file.truncate(Buffer.byteLength(whole));
    return new Recording(file, whole.split("\n").length - 1);
  }

  /** Settles with the number of the line, when it is on the disk. */
  async add(line: object) {
    this.lines += 1;
    const n = this.lines;
    await new Promise<void>((done, failed) => {
      this.#waiting.push({ text: `${JSON.stringify({ n, ...line })}\n`, done, failed });
      this.#writing ??= this.#writeAll();
    });
    return n;
  }

  async close() {
    await this.#writing;
    await this.#file.close();
  }

  async #writeAll() {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      try {
        await this.#file.appendFile(batch.map(({ text }) => text).join("")); // all of it: a write may stop before the end
        await this.#file.datasync();
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#writing = null;
  }
}

/** What such a file says so far. It may be read while it is written to: the end may be half a line. */
export function readRecording<Line>(path: string): Line[] {
  if (!existsSync(path)) return []; // nothing happened yet
  return wholeLines(readFileSync(path, "utf8"))
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

const wholeLines = (text: string) => text.slice(0, text.lastIndexOf("\n") + 1);
