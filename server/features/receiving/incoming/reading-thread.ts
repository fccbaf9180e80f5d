// Run in a thread of its own by apart.ts: mails of strangers are parsed and classified here, and nowhere else. One that
// never ends, or needs all memory, ends this thread, and the server goes on.

import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { classify } from "../../../domain/receiving/inbound.ts";
import { lookUpFor } from "../../../domain/receiving/inbound-facts.ts";
import { readAttachment, readMessage } from "../../../mail/read-message.ts";
import { type Crossing, factsAcross, mailAcross, mailBack, verdictAcross } from "./crossing.ts";

/** Which of the mails is being read; readable from outside also when this thread does not answer. */
const place = new Int32Array((workerData as { place: SharedArrayBuffer }).place);

parentPort?.on("message", async (asked: Crossing["asked"]) => {
  Atomics.store(place, 0, 0);
  const answers: unknown[] = [];
  for (const one of asked.all) {
    answers.push(await answer(asked.task, one));
    Atomics.add(place, 0, 1);
  }
  (parentPort as MessagePort).postMessage(answers);
});

/** What is thrown is the fault of this mail alone. */
async function answer(task: Crossing["asked"]["task"], one: unknown) {
  try {
    if (task === "read") return { result: await read(one as Uint8Array) };
    if (task === "extract") return { result: await extracted(one as Crossing["extract"]) };
    return { result: judged(one as Crossing["judge"]) };
  } catch (error) {
    return { thrown: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function extracted({ raw, position }: Crossing["extract"]): Promise<Crossing["extracted"]> {
  return readAttachment(bufferOf(raw), position);
}

function bufferOf(bytes: Uint8Array) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

async function read(bytes: Uint8Array) {
  const mail = await readMessage(bufferOf(bytes));
  return { mail: mailAcross(mail), lookUp: lookUpFor(mail) };
}

function judged({ mail, facts }: Crossing["judge"]) {
  return verdictAcross(classify(mailBack(mail), factsAcross.back(facts)));
}
