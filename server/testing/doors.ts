// Doors that are shut and opened again. One the system hands out is also handed to whoever calls out, and may be
// somebody's way out while it stands shut; those below are never given away unasked.

import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

const FIRST = 10_000; // above what is commonly at home on a machine
const BEYOND = 32_000; // Linux gives ways out from 32,768 on, others from 49,152 on

/** A port nobody listens on, and nobody's connection comes from by chance. */
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
