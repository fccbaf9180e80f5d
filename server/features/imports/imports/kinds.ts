// What a row of a file becomes, by kind. A further kind is a line in this table, and a file that says the same for it.

import type { Act } from "../../../app.ts";
import type { ImportJobType } from "../../../domain/basics/job-types.ts";
import type { ImportField } from "../../../domain/imports/import-columns.ts";
import type { FieldModality } from "../../contacts/custom-fields/store.ts";
import type { ImportRowOutcome, RowToUndo } from "../../prospecting/import-rows/rows-store.ts";
import type { ImportRow, KindName } from "../../prospecting/import-rows/store.ts";
import { accounts } from "./accounts-kind.ts";
import { contacts } from "./contacts-kind.ts";
import { deals } from "./deals-kind.ts";
import { organizations } from "./organizations-kind.ts";
import { people } from "./people-kind.ts";

/** A row that says something, on its way to a record. */
export type ParsedRow<Row> = { row: number; said: Row };

/** What a batch is part of. */
export type ImportInProgress = Pick<ImportRow, "id" | "options">;

/** Everything an import has done about one record, first to last. */
export type Traces = { recordId: string; rows: readonly RowToUndo[] };

export type ImportDefinition<Row> = {
  jobType: ImportJobType;
  /** Under which records of this kind have fields of the team's own, if they have any. */
  modality: FieldModality | null;
  targets: readonly ImportField[];
  /** At least one of them must be mapped, to say who or what a row is about. */
  knownBy: readonly string[];
  /** Writes a batch, in a few statements; one outcome for each row, in their order. */
  take(act: Act, work: ImportInProgress, rows: readonly ParsedRow<Row>[]): Promise<ImportRowOutcome[]>;
  /** Takes back what was done; answers for each record `undone`, or why it was left alone. */
  undo(
    act: Act,
    work: ImportInProgress,
    traces: readonly Traces[],
  ): Promise<{ recordId: string; code: string }[]>;
};

export const KINDS: Record<KindName, ImportDefinition<never>> = {
  contacts: contacts as ImportDefinition<never>,
  accounts: accounts as ImportDefinition<never>,
  opportunities: deals as ImportDefinition<never>,
  people: people as ImportDefinition<never>,
  organizations: organizations as ImportDefinition<never>,
};
