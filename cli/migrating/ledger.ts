// What a migration has copied so far, in a file: one line for each record, written before the next one is copied. A migration that
// was interrupted goes on from there, and `--undo` reads it.
//
// Easy to get wrong: the process may end in the middle of a line. Such a line is cut off, and its record is copied again under the
// same idempotency key, so the server answers with the one that it has made.

import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { type Batch, type Copied, KEPT_MS, KINDS, type Kind, type Ledger } from "@cadenza/sdk/moving";
import { Unusable } from "../exits.ts";

type Head = { id: string; source: string; target: string; team: string };

type FileLedger = Ledger & { retire(): void; close(): void };

/** Without a path nothing is written. */
export function openLedger(path: string | null, between: Omit<Head, "id">): FileLedger {
  const known = new Map<Kind, Map<string, Copied>>(KINDS.map((kind) => [kind, new Map()]));
  const remember = (one: Copied) => void known.get(one.kind)?.set(one.from, one);
  let sent: Batch | null = null;
  let head: Head = { id: randomBytes(8).toString("hex"), ...between };
  let file: number | null = null;
  if (path !== null) {
    mkdirSync(dirname(path), { recursive: true });
    const before = existsSync(path) ? readLedger(path) : null;
    if (before) {
      refuseOthers(path, before.head, between);
      head = before.head;
      for (const one of before.copied) remember(one);
      sent = before.sent;
    }
    if (existsSync(path)) truncateSync(path, before?.bytes ?? 0);
    file = openSync(path, "a", 0o600);
    if (!before) writeSync(file, `${JSON.stringify(head)}\n`);
  }

  const write = (lines: readonly object[]) => {
    if (file === null) return;
    writeSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    fsyncSync(file);
  };

  return {
    get: (kind, from) => known.get(kind)?.get(from)?.to,
    all: (kind) => [...(known.get(kind)?.values() ?? [])],
    keyFor: (kind, from) => `migrate-${head.id}-${kind}-${from}`,
    async put(copied) {
      if (copied.length === 0) return;
      for (const one of copied) remember(one);
      write(copied);
    },
    async send(kind, ids, rows) {
      const key = `migrate-${head.id}-${kind}-${ids[0]}-${ids.length}`;
      write([{ kind, ids, rows, key, sentAt: Date.now() } satisfies Batch]);
      return key;
    },
    unanswered(kind) {
      if (sent?.kind !== kind || Date.now() - sent.sentAt > KEPT_MS) return null;
      return sent.ids.some((id) => known.get(kind)?.has(id)) ? null : sent;
    },
    /** After all of it was taken back: another migration into this folder begins anew. */
    retire() {
      if (path !== null) renameSync(path, `${path}.undone-${head.id}`);
    },
    close() {
      if (file !== null) closeSync(file);
    },
  };
}

function readLedger(path: string) {
  const text = readFileSync(path, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const [first, ...lines] = whole.split("\n").filter(Boolean);
  if (first === undefined) return null;
  try {
    const head = JSON.parse(first) as Head;
    const entries = lines.map((line) => JSON.parse(line) as Copied | Batch);
    const copied = entries.filter((one): one is Copied => "to" in one);
    const sent = entries.findLast((one): one is Batch => "rows" in one) ?? null;
    return { head, copied, sent, bytes: Buffer.byteLength(whole) };
  } catch {
    throw new Unusable(`${path} is not the record of a migration.`, "Name another folder with --folder.");
  }
}

function refuseOthers(path: string, { source, target, team }: Head, between: Omit<Head, "id">) {
  if (source === between.source && target === between.target && team === between.team) return;
  throw new Unusable(
    `${path} is the record of a migration from ${source} to ${target}, into another team or from another server.`,
    "Name another folder with --folder.",
  );
}
