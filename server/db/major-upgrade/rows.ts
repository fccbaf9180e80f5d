// Rows from one server to another by COPY, and what proves that they arrived: how many there are, and a sum of their digests. The sum does
// not depend on their order, which two versions of PostgreSQL may choose differently.

import { hash } from "node:crypto";
import type pg from "pg";
import { copyIn, copyOut } from "../copying.ts";

export type Digest = { rows: number; sum: string };

const PIECE_BYTES = 128 * 1024;

/** So that a value has one text on both servers. */
export const SAME_TEXTS =
  "set datestyle = 'ISO'; set intervalstyle = 'postgres'; set extra_float_digits = 1; set timezone = 'UTC'; set bytea_output = 'hex'; set client_encoding = 'UTF8'";

/** `copied` is told how many bytes went since it was told last, and waited for. */
export async function copyAcross(
  [from, out]: [pg.Client, string],
  [to, into]: [pg.Client, string],
  copied: (bytes: number) => Promise<void> | undefined,
): Promise<Digest> {
  const summing = openSum();
  const handed = openHandover();
  const reading = readRows(from, out, summing.add, async (piece) => {
    await copied(piece.length);
    await handed.give(piece);
  }).then(handed.end, handed.fail);
  try {
    await copyIn(to, into, handed.pieces());
  } catch (error) {
    handed.refuse(error);
    throw error;
  } finally {
    await reading;
  }
  return summing.digest();
}

export async function digestOf(client: pg.Client, out: string): Promise<Digest> {
  const summing = openSum();
  await readRows(client, out, summing.add, async () => {});
  return summing.digest();
}

/** PostgreSQL sends each row as a piece of its own; they go on many at a time. */
async function readRows(
  client: pg.Client,
  sql: string,
  see: (row: Buffer) => void,
  take: (piece: Buffer) => Promise<void>,
) {
  let waiting: Buffer[] = [];
  let bytes = 0;
  const flush = () => {
    const piece = Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
    return take(piece);
  };
  await copyOut(client, sql, async (row) => {
    see(row);
    waiting.push(row);
    bytes += row.length;
    if (bytes >= PIECE_BYTES) await flush();
  });
  if (bytes > 0) await flush();
}

function openSum() {
  const parts = new Uint32Array(4);
  let rows = 0;
  return {
    add(row: Buffer) {
      rows += 1;
      const digest = hash("sha256", row, "buffer");
      for (const n of parts.keys()) parts[n] = (parts[n] ?? 0) + digest.readUInt32LE(n * 4); // wraps around
    },
    digest: (): Digest => ({
      rows,
      sum: [...parts].map((part) => part.toString(16).padStart(8, "0")).join(""),
    }),
  };
}

/** One piece at a time: nothing is read faster than it is written. */
function openHandover() {
  let arrived = Promise.withResolvers<Buffer | null>();
  let taken = Promise.withResolvers<void>();
  arrived.promise.catch(() => {}); // told by what waits for it
  taken.promise.catch(() => {});
  return {
    async give(piece: Buffer) {
      const isTaken = taken.promise;
      arrived.resolve(piece);
      await isTaken;
    },
    end: () => arrived.resolve(null),
    fail: (error: unknown) => arrived.reject(error),
    refuse: (error: unknown) => taken.reject(error),
    async *pieces() {
      for (;;) {
        const piece = await arrived.promise;
        if (piece === null) return;
        arrived = Promise.withResolvers<Buffer | null>();
        arrived.promise.catch(() => {});
        yield piece;
        const done = taken;
        taken = Promise.withResolvers<void>();
        taken.promise.catch(() => {});
        done.resolve();
      }
    },
  };
}
