// One migration at work: where it reads, where it writes, what is copied and what is said of it.

import type { Client } from "../client.ts";
import type { CallOptions } from "../sending.ts";
import type { Kind, Ledger } from "./ledger.ts";
import { NotShown } from "./reading.ts";
import type { Report } from "./report.ts";

export type Copying = {
  source: Client;
  target: Client;
  ledger: Ledger;
  report: Report;
  /** Nothing is written. */
  isDry: boolean;
  /** The user of the target's key, who gets what belongs to users that are not there. */
  ownId: string;
  /** Each contact's places in sequences, met while contacts are read. */
  places: Map<string, Place[]>;
  /** Tells a person who watches how far it is. */
  show: Show;
};

/** Tells how far it is. */
export type Show = (done: number, total: number, what: string) => void;

/** A contact in a sequence of the source. */
export type Place = {
  contactId: string;
  /** For people: an email address or a name. */
  name: string;
  /** Counted from 1; null: unknown. */
  step: number | null;
  isOver: boolean;
  /** The contact was paused by a user or by an absence note. null: it is active, or waits for its sequence to be activated. */
  paused: { until: string | null } | null;
  mailboxId: string | null;
};

type One = { kind: Kind; from: string; name: string };

/** Copies one record, unless it was copied before. Answers its id at the target; null if the target refuses it. */
export async function copyOne(
  { ledger, report, isDry }: Copying,
  { kind, from, name }: One,
  write: (options: CallOptions) => Promise<string>,
): Promise<string | null> {
  const known = ledger.get(kind, from);
  if (known !== undefined) {
    report.count(kind, "before", 1);
    return known;
  }
  try {
    const to = isDry ? `new ${from}` : await write({ idempotencyKey: ledger.keyFor(kind, from) });
    await ledger.put([{ kind, from, to, made: true }]);
    report.count(kind, "made", 1);
    return to;
  } catch (error) {
    report.leaveOut(kind, await refusalIn(error), name);
    return null;
  }
}

/** Keeps what the target has already, under the same name or address. */
export async function useExisting({ ledger, report }: Copying, kind: Kind, from: string, to: string) {
  const isNew = ledger.get(kind, from) === undefined;
  if (isNew) await ledger.put([{ kind, from, to, made: false }]);
  report.count(kind, isNew ? "existing" : "before", 1);
}

/** What the target says of a record that it refuses. Everything else ends the migration, which can be taken up again. */
export async function refusalIn(error: unknown): Promise<string> {
  const { Refused } = await import("../errors.ts");
  const isOfRecord = error instanceof Refused && [400, 404, 409, 422].includes(error.status);
  if (!isOfRecord) throw error;
  return error.message;
}

/** The target's ids of those that are copied; what is not is left away. */
export function idsAt({ ledger }: Copying, kind: Kind, ids: readonly string[] | null | undefined) {
  return (ids ?? []).flatMap((id) => ledger.get(kind, id) ?? []);
}

export function idAt({ ledger }: Copying, kind: Kind, id: string | null | undefined) {
  return (id && ledger.get(kind, id)) || undefined;
}

export const ownerAt = (copying: Copying, id: string | null | undefined) =>
  idAt(copying, "users", id) ?? copying.ownId;

/** Without what has no value: the target's own defaults stand. */
export function given<T extends object>(values: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) =>
        value !== null &&
        value !== undefined &&
        value !== "" &&
        !(Array.isArray(value) && value.length === 0),
    ),
  ) as { [Key in keyof T]?: NonNullable<T[Key]> };
}

/** Values that the target did not take, by the position of their row. */
export function tellUnread(
  { report }: Copying,
  kind: Kind,
  errors: Record<string, Record<string, string>> | undefined,
  nameOf: (row: number) => string | null | undefined,
) {
  for (const [row, fields] of Object.entries(errors ?? {}))
    for (const [field, why] of Object.entries(fields))
      report.loseValue(kind, field, `${nameOf(Number(row)) ?? "without a name"}: ${why}`);
}

/** What the source does not show is told, and the rest is copied. */
export async function ifShown({ report }: Copying, copy: () => Promise<void>) {
  try {
    await copy();
  } catch (error) {
    if (!(error instanceof NotShown)) throw error;
    report.note(`The source does not show this to your key: ${error.message}`);
  }
}

/** Of a search that shows only its first 50,000: how many are missing. */
export const tellCut =
  ({ report }: Copying, what: string) =>
  (missing: number) =>
    report.note(`${missing} ${what} of the source cannot be read: it shows 50,000 of each search.`);
