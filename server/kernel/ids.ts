// Ids look like Apollo's: 24 lower-case hex characters, the first eight the seconds since 1970,
// so that they sort by time and clients that read a date out of them get the right one. Those that a process makes in one
// millisecond sort as they were made: what was added by one call keeps its order. They are names, never secrets.

import { hash, randomFillSync } from "node:crypto";

const pool = Buffer.alloc(4096);
let used = pool.length;

const last = { atMs: 0, number: 0 };

export function newId(nowMs = Date.now()) {
  if (nowMs === last.atMs) last.number += 1;
  else Object.assign(last, { atMs: nowMs, number: Number.parseInt(randomHex(6), 16) / 2 }); // half of them are left above it
  const seconds = Math.floor(nowMs / 1000);
  const fraction = Math.floor(((nowMs % 1000) / 1000) * 0x10000);
  return hex(seconds, 8) + hex(fraction, 4) + hex(Math.floor(last.number), 12);
}

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, "0");

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
