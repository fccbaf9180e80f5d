// What is asked for as a CSV file: lines of cells, written as they are read, a page in a transaction of its own. So
// nothing is held in memory, and a slow reader holds no transaction open.
//
// Easy to get wrong here: a file that ends early must not look whole, so the connection is cut off then.

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FastifyReply } from "fastify";
import type { App, Caller } from "../app.ts";
import type { Db } from "../db/connect.ts";
import { type Lines, printLines } from "../kernel/csv-lines.ts";
import type { CallContext } from "./call.ts";
import { compressor, type Encoding } from "./compression.ts";
import type { SafeHeaders } from "./safe-headers.ts";
import { readWeights } from "./weights.ts";

export type Csv = {
  /** Without `.csv`; letters, digits and hyphens. */
  name: string;
  columns: readonly string[];
  /** The lines after those it has answered; none when it is through. */
  next(db: Db): Promise<Lines>;
};

/** Whether the caller prefers a file. A caller that takes anything gets JSON. */
export function wantsCsv(accept: string | undefined) {
  if (!accept) return false;
  const weights = readWeights(accept);
  const csv = weights.get("text/csv") ?? 0;
  return csv > 0 && csv >= (weights.get("application/json") ?? 0);
}

type Answering = { reply: FastifyReply; safe: SafeHeaders; call: CallContext; encoding: Encoding | null };

export async function writeCsv(
  { db, log }: App,
  { teamId }: Caller,
  { reply, safe, call, encoding }: Answering,
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
    vary: "accept, accept-encoding",
    ...(encoding && { "content-encoding": encoding }),
  });
  const lines = Readable.from(textOf(csv, first, page), { objectMode: false });
  try {
    await (encoding ? pipeline(lines, compressor(encoding), reply.raw) : pipeline(lines, reply.raw));
  } catch (error) {
    log.warn({ request: reply.request.id, err: error }, "a file download ended early");
  }
}

async function* textOf({ columns }: Csv, first: Lines, page: () => Promise<Lines>) {
  yield printLines([columns]);
  for (let rows = first; rows.length > 0; rows = await page()) yield printLines(rows);
}
