// Undoes what an import created along the way, unless other records use it or it was changed since. Open positions
// and news go before the rows, so that what is left at a company belongs to others. Companies go after the rows, when
// the people the import put there are gone.

import type { Act } from "../../../app.ts";
import type { RecordDifference } from "../../../domain/imports/import-undo.ts";
import { lockWorld } from "../../contacts/organizations/store.ts";
import {
  type ByproductKind,
  type ByproductRow,
  nextByproducts,
  noteByproductsUndone,
} from "../../prospecting/import-rows/byproducts-store.ts";
import { removeJobPostings } from "../../prospecting/job-postings/store.ts";
import { removeNews } from "../../prospecting/news/store.ts";
import { type ImportInProgress, KINDS, type Traces } from "./kinds.ts";
import { undoLists } from "./lists-made.ts";

export const BEFORE_ROWS: readonly ByproductKind[] = ["article", "job_posting"];
export const AFTER_ROWS: readonly ByproductKind[] = ["account", "organization", "label"];

/** As the counts of the work call them. */
const NAMES: Record<ByproductKind, string> = {
  account: "companies",
  organization: "companies",
  job_posting: "positions",
  article: "news",
  label: "lists",
};

type Told = { recordId: string; code: string };
type Undo = (act: Act, work: ImportInProgress, rows: readonly ByproductRow[]) => Promise<readonly Told[]>;

const UNDO: Record<ByproductKind, Undo> = {
  account: (act, work, rows) => KINDS.accounts.undo(act, work, rows.map(traceOf)),
  organization: (act, work, rows) => KINDS.organizations.undo(act, work, rows.map(traceOf)),
  label: (act, _, rows) => undoLists(act, rows),
  job_posting: async (act, _, rows) => {
    await lockWorld(act.db, act.caller.teamId);
    return codesOf(rows, await removeJobPostings(act.db, act.caller.teamId, rows));
  },
  article: async (act, _, rows) => {
    await lockWorld(act.db, act.caller.teamId);
    const laidTo = rows.map((row) => ({ ...row, organizationIds: row.differences as string[] }));
    return codesOf(rows, await removeNews(act.db, act.caller.teamId, laidTo));
  },
};

/** The next records of these kinds. Null: there are no more; otherwise the results, counted. */
export async function undoByproducts(
  act: Act,
  work: ImportInProgress,
  kinds: readonly ByproductKind[],
  limit: number,
): Promise<Record<string, number> | null> {
  const { db, caller } = act;
  const rows = await nextByproducts(db, caller.teamId, work.id, kinds, limit);
  if (rows.length === 0) return null;
  const counts: Record<string, number> = {};
  for (const kind of kinds) {
    const some = rows.filter((row) => row.kind === kind);
    if (some.length === 0) continue;
    const told = await UNDO[kind](act, work, some);
    await noteByproductsUndone(
      db,
      caller.teamId,
      work.id,
      told.map((one) => ({ ...one, kind })),
    );
    for (const { code } of told) {
      const word = `${NAMES[kind]}_${code === "undone" || code === "gone_already" ? "undone" : "left"}`;
      counts[word] = (counts[word] ?? 0) + 1;
    }
  }
  return counts;
}

/** As if rows of the file had done it. */
function traceOf({ recordId, wasMade, differences, touchedAt }: ByproductRow): Traces {
  const row = { row: 0, recordId, sameAs: null, enrollment: null, touchedAt };
  const changes = (differences as RecordDifference[]).map(
    (difference) => ({ ...row, verdict: "updated", difference }) as const,
  );
  return {
    recordId,
    rows: wasMade ? [{ ...row, verdict: "created", difference: null }, ...changes] : changes,
  };
}

function codesOf(
  rows: readonly ByproductRow[],
  { gone, there }: { gone: readonly string[]; there: readonly string[] },
) {
  const [taken, left] = [new Set(gone), new Set(there)];
  return rows.map(({ recordId }) => ({
    recordId,
    code: taken.has(recordId) ? "undone" : left.has(recordId) ? "changed_since" : "gone_already",
  }));
}
