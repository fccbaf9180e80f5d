// Ids look like Apollo's: 24 lower-case hex characters, the first eight the seconds since 1970,
// so that they sort roughly by time and clients that read a date out of them get the right one.
// They are names, never secrets.

import { hash, randomFillSync } from "node:crypto";

const pool = Buffer.alloc(4096);
let used = pool.length;

export function newId(nowMs = Date.now()) {
  const seconds = Math.floor(nowMs / 1000);
  const fraction = Math.floor(((nowMs % 1000) / 1000) * 0x10000);
  return seconds.toString(16).padStart(8, "0") + fraction.toString(16).padStart(4, "0") + randomHex(6);
}

/** Drawn many at a time: asking the system costs more than the bytes. What was handed out is wiped. */
export function randomHex(bytes: number) {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const drawn = pool.toString("hex", used, used + bytes);
  pool.fill(0, used, used + bytes);
  used += bytes;
  return drawn;
}

/** Clients know the role of a contact in a deal by its type: the id of a type follows from the team and the words. */
export function roleTypeIdOf(teamId: string, name: string) {
  return hash("sha256", `deal role ${teamId} ${name.toLowerCase()}`).slice(0, 24);
}
