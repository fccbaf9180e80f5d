// How much of what is said of an existing record is believed, and what that changed. Records are matched only while
// they are written, so the writer asks here in between.

import {
  difference as differenceOf,
  type FieldSnapshot,
  type RecordDifference,
} from "../../../domain/imports/import-undo.ts";

/** What became of one who was told of. */
export type Saved = {
  id: string;
  outcome: "created" | "updated" | "unchanged";
  /** Set where the caller asked what was changed. */
  difference?: RecordDifference | null;
};

/** Answers what is taken of what is said, in the same order. */
type MergePolicy = (
  known: readonly { id: string; said: FieldSnapshot; facts: FieldSnapshot }[],
) => Promise<readonly FieldSnapshot[]>;

/** `ofCompanies`: the same, of the companies that people are said to work for. `note` is told what became of whom. */
export type Taking = { heed: MergePolicy; ofCompanies?: Taking; note?(saved: readonly Saved[]): void };

type Look = (ids: readonly string[]) => Promise<ReadonlyMap<string, FieldSnapshot>>;

/** Not facts, but keys that identify the record. */
const NAMING = ["id", "externalId", "isNew"] as const;

/** Without `taking`, all that is said is taken, and differences are not computed. */
export async function heedingOf<Row extends { id: string }>(
  look: Look,
  taking: Taking | undefined,
  rows: readonly Row[],
) {
  if (!taking)
    return {
      rows: [...rows],
      differences: async () => () => ({ outcome: "updated" as const }),
    };
  const ids = rows.map(({ id }) => id);
  const before = ids.length > 0 ? await look(ids) : new Map<string, FieldSnapshot>();
  const taken = await taking.heed(
    rows.map((row) => ({ id: row.id, said: saidIn(row), facts: before.get(row.id) ?? {} })),
  );
  const changed = rows.flatMap((row, at): Row[] => {
    const facts = taken[at] ?? {};
    const naming = Object.fromEntries(
      Object.entries(row).filter(([key]) => (NAMING as readonly string[]).includes(key)),
    );
    return Object.keys(facts).length > 0 ? [{ ...naming, ...facts } as Row] : [];
  });
  return {
    rows: changed,
    /** To be asked once they are written. */
    async differences() {
      const after =
        changed.length > 0 ? await look(changed.map(({ id }) => id)) : new Map<string, FieldSnapshot>();
      return (id: string) => {
        const is = after.get(id);
        const difference = is ? differenceOf(before.get(id) ?? {}, is) : null;
        return { outcome: difference ? ("updated" as const) : ("unchanged" as const), difference };
      };
    },
  };
}

function saidIn(row: object): FieldSnapshot {
  return Object.fromEntries(
    Object.entries(row).filter(
      ([key, value]) => value !== null && value !== undefined && !(NAMING as readonly string[]).includes(key),
    ),
  );
}
