// Ports that are closed and opened again. A port the system hands out may also go to outgoing connections, and may be
// in use by one while it is closed. The ports below are never given away unasked.

import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

const FIRST = 10_000; // above what is commonly at home on a machine
const BEYOND = 32_000; // Linux gives ways out from 32,768 on, others from 49,152 on

const SHARES = 200; // test files run at once, so each process draws from ports of its own, and none of them twice
const SHARE = Math.floor((BEYOND - FIRST) / SHARES);
const given = new Set<number>();

/** A port without a listener, and that no outgoing connection uses by chance. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + (process.pid % SHARES) * SHARE + randomInt(SHARE);
    if (given.size === SHARE) given.clear();
    if (given.has(port)) continue;
    given.add(port);
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
