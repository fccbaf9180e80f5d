// Reads mails as ours does, and meets some that it has no end with: whatever the patterns and parsers are by now, so a mail
// that stops its reader is always at hand.

import { existsSync } from "node:fs";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { lookUpFor } from "../domain/receiving/inbound-facts.ts";
import { mailAcross } from "../features/receiving/incoming/crossing.ts";
import { readMessage } from "../mail/read-message.ts";

const place = new Int32Array((workerData as { place: SharedArrayBuffer }).place);

parentPort?.on("message", async ({ all }: { all: Uint8Array[] }) => {
  Atomics.store(place, 0, 0);
  const answers: unknown[] = [];
  for (const bytes of all) {
    const raw = Buffer.from(bytes);
    if (raw.includes("never ends")) for (;;);
    const end = /works until (\S+)/.exec(raw.toString())?.[1];
    while (end && !existsSync(end));
    if (raw.includes("eats memory")) eat();
    if (raw.includes("ends the thread")) process.exit(3);
    if (raw.includes("throws")) answers.push({ thrown: "planted" });
    else {
      const mail = await readMessage(raw);
      answers.push({ result: { mail: mailAcross(mail), lookUp: lookUpFor(mail) } });
    }
    Atomics.add(place, 0, 1);
  }
  (parentPort as MessagePort).postMessage(answers);
});

function eat(): never {
  const eaten: object[] = [];
  for (;;) eaten.push(Array.from({ length: 1_000 }, (_, n) => ({ n })));
}
