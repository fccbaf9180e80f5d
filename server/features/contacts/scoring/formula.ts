import type { Db } from "../../../db/connect.ts";
import { DEFAULT_FORMULA } from "../../../domain/contacts/prospect-score.ts";
import { type FormulaRow, findFormula } from "./formulas-store.ts";

/** The team's own, or the one that all begin with. */
export async function readFormula(db: Db, teamId: string): Promise<FormulaRow> {
  const own = await findFormula(db, teamId);
  return own ?? { ...DEFAULT_FORMULA, version: null, changedAt: null, changedBy: null };
}
