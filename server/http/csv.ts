// What is asked for as a file: lines of cells, written as they are read, a page in a transaction of its own. So nothing
// is held in memory, and nobody who reads slowly holds a transaction open.
//
// Easy to get wrong here: a file that ends early must not look whole, so the connection is cut off then.

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FastifyReply } from "fastify";
import type { App, Caller } from "../app.ts";
import { type Lines, printLines } from "../csv-lines.ts";
import type { Db } from "../db/connect.ts";
import type { Call } from "./call.ts";
import type { SafeHeaders } from "./safe-headers.ts";

export type Csv = {
  /** Without `.csv`; letters, digits and hyphens. */
  name: string;
  columns: readonly string[];
  /** The lines after those it has answered; none when it is through. */
  next(db: Db): Promise<Lines>;
};

/** Whether a file is what they would rather have. Whoever takes anything gets JSON. */
export function wantsCsv(accept: string | undefined) {
  if (!accept) return false;
  const weights = new Map(accept.split(",").map(readRange));
  const csv = weights.get("text/csv") ?? 0;
  return csv > 0 && csv >= (weights.get("application/json") ?? 0);
}

function readRange(range: string): [string, number] {
  const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
  const weight = parameters.find((one) => one.startsWith("q="))?.slice(2);
  return [type, weight === undefined ? 1 : Number(weight) || 0];
}

export async function writeCsv(
  { db, log }: App,
  { teamId }: Caller,
  { reply, safe, call }: { reply: FastifyReply; safe: SafeHeaders; call: Call },
  csv: Csv,
) {
  const page = () => db.inTeam(teamId, (open) => csv.next(open));
  const first = await page(); // what is refused, or fails, is still told in an answer of its own
  reply.hijack();
  reply.raw.writeHead(200, {
    ...safe,
    ...call.limits,
    "x-request-id": reply.request.id,
    "cache-control": "no-store",
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="${csv.name}.csv"`,
  });
  try {
    await pipeline(Readable.from(textOf(csv, first, page), { objectMode: false }), reply.raw);
  } catch (error) {
    log.warn({ request: reply.request.id, err: error }, "a file was cut off");
  }
}

async function* textOf({ columns }: Csv, first: Lines, page: () => Promise<Lines>) {
  yield printLines([columns]);
  for (let rows = first; rows.length > 0; rows = await page()) yield printLines(rows);
}
