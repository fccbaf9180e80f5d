// How much of what is said of somebody who is there already is believed, and what that changed. Who is there is only known
// once they were looked for, so whoever writes asks here, in between.

import { type Difference, difference as differenceOf, type Facts } from "../../domain/import-undo.ts";

/** What became of one who was told of. */
export type Saved = {
  id: string;
  outcome: "created" | "updated" | "unchanged";
  /** Where somebody asked how much is taken. */
  difference?: Difference | null;
};

/** Answers what is taken of what is said, in the same order. */
export type Heed = (known: readonly { id: string; said: Facts; facts: Facts }[]) => Promise<readonly Facts[]>;

/** `ofCompanies`: the same, of the companies that people are said to work for. `note` is told what became of whom. */
export type Taking = { heed: Heed; ofCompanies?: Taking; note?(saved: readonly Saved[]): void };

type Look = (ids: readonly string[]) => Promise<ReadonlyMap<string, Facts>>;

/** Not facts, but what somebody is known by. */
const NAMING = ["id", "externalId", "isNew"] as const;

/** Without `taking`, all that is said is taken, and nobody looks what it changed. */
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
  const before = ids.length > 0 ? await look(ids) : new Map<string, Facts>();
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
      const after = changed.length > 0 ? await look(changed.map(({ id }) => id)) : new Map<string, Facts>();
      return (id: string) => {
        const is = after.get(id);
        const difference = is ? differenceOf(before.get(id) ?? {}, is) : null;
        return { outcome: difference ? ("updated" as const) : ("unchanged" as const), difference };
      };
    },
  };
}

function saidIn(row: object): Facts {
  return Object.fromEntries(
    Object.entries(row).filter(
      ([key, value]) => value !== null && value !== undefined && !(NAMING as readonly string[]).includes(key),
    ),
  );
}
