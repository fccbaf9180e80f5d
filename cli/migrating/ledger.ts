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
import { Unusable } from "../exits.ts";

export const KINDS = [
  "users",
  "mailboxes",
  "contact_stages",
  "account_stages",
  "deal_stages",
  "fields",
  "lists",
  "schedules",
  "accounts",
  "contacts",
  "sequences",
  "enrollments",
  "deals",
  "tasks",
  "calls",
  "notes",
] as const;

export type Kind = (typeof KINDS)[number];

const KEPT_MS = 23 * 3_600_000;

/** `made`: the migration has created it; otherwise it was there before. */
export type Copied = { kind: Kind; from: string; to: string; made: boolean };

/**
 * Records that go to the target in one call, written before it is made. Without it, a run that was killed would not know whether
 * they were created.
 */
export type Batch = { kind: Kind; ids: string[]; rows: unknown[]; key: string; sentAt: number };

type Head = { id: string; source: string; target: string; team: string };

export type Ledger = ReturnType<typeof openLedger>;

/** Without a path nothing is written. */
export function openLedger(path: string | null, between: Omit<Head, "id">) {
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
    /** The id of the copy; undefined: the record was not copied yet. */
    get: (kind: Kind, from: string) => known.get(kind)?.get(from)?.to,
    all: (kind: Kind): readonly Copied[] => [...(known.get(kind)?.values() ?? [])],
    keyFor: (kind: Kind, from: string) => `migrate-${head.id}-${kind}-${from}`,
    put(copied: readonly Copied[]) {
      if (copied.length === 0) return;
      for (const one of copied) remember(one);
      write(copied);
    },
    /** Before the call. Answers the key under which it is made. */
    send(kind: Kind, ids: string[], rows: unknown[]) {
      const key = `migrate-${head.id}-${kind}-${ids[0]}-${ids.length}`;
      write([{ kind, ids, rows, key, sentAt: Date.now() } satisfies Batch]);
      return key;
    },
    /** The last batch of an earlier run, if that run did not learn its result. Servers keep a key for a day. */
    unanswered(kind: Kind): Batch | null {
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
