// Reads files of sequences as ours does, and meets some that it has no end with: whatever the parsers are by now, so a file that stops
// its reader is always at hand.

import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { type GivenFile, readFiles } from "../features/editing/sequence-files/files-input.ts";

const port = parentPort as MessagePort;
const place = new Int32Array((workerData as { place: SharedArrayBuffer }).place);

port.on("message", (files: GivenFile[]) => {
  Atomics.store(place, 0, 0);
  const read = readFiles(files, (path) => {
    const at = files.findIndex((one) => one.path === path);
    Atomics.store(place, 0, at + 1);
    const text = files[at]?.text ?? "";
    if (text.includes("never ends")) for (;;);
    if (text.includes("eats memory")) eat();
    if (text.includes("ends the thread")) process.exit(3);
  });
  port.postMessage({ read });
});

function eat(): never {
  const eaten: object[] = [];
  for (;;) eaten.push(Array.from({ length: 1_000 }, (_, n) => ({ n })));
}
