// Ports that are closed and opened again. A port the system hands out may also go to outgoing connections, and may be
// in use by one while it is closed. The ports below are never given away unasked.

import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

const FIRST = 10_000; // above what is commonly at home on a machine
const BEYOND = 32_000; // Linux gives ways out from 32,768 on, others from 49,152 on

/** A port without a listener, and that no outgoing connection uses by chance. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, BEYOND);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number) {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
