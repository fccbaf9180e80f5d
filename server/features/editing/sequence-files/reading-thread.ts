// Run in a thread of its own by run-in-worker.ts: files of sequences are read here, and nowhere else. One that never ends, or needs
// all memory, ends this thread, and the server goes on.

import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { Refusal } from "../../../kernel/refusal.ts";
import { type GivenFile, readFiles } from "./files-input.ts";
import type { FilesAnswer } from "./run-in-worker.ts";

const port = parentPort as MessagePort;
/** Which of the files is being read, from 1; readable from outside also when this thread does not answer. */
const place = new Int32Array((workerData as { place: SharedArrayBuffer }).place);

port.on("message", (files: readonly GivenFile[]) => {
  Atomics.store(place, 0, 0);
  port.postMessage(answer(files));
});

function answer(files: readonly GivenFile[]): FilesAnswer {
  const at = new Map(files.map(({ path }, index) => [path, index + 1]));
  try {
    return { read: readFiles(files, (path) => Atomics.store(place, 0, at.get(path) ?? 0)) };
  } catch (error) {
    if (error instanceof Refusal) {
      const { code, facts, details } = error;
      return { refused: { code, facts, details } };
    }
    return { thrown: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
