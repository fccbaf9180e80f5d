// What a row of a file becomes, by kind. A further kind is a line in this table, and a file that says the same for it.

import type { Act } from "../../app.ts";
import type { Target } from "../../domain/import-columns.ts";
import type { Read, Values } from "../../domain/import-rows.ts";
import type { ImportJobType } from "../../domain/job-types.ts";
import type { Modality } from "../custom-fields/store.ts";
import { accounts } from "./accounts-kind.ts";
import { contacts } from "./contacts-kind.ts";
import { organizations } from "./organizations-kind.ts";
import { people } from "./people-kind.ts";
import type { Outcome, RowToUndo } from "./rows-store.ts";
import type { ImportRow, KindName } from "./store.ts";

/** A row that says something, on its way to a record. */
export type Told<Row> = { row: number; said: Row };

/** What a batch is part of. */
export type Work = Pick<ImportRow, "id" | "options">;

/** Everything an import has done about one record, first to last. */
export type Traces = { recordId: string; rows: readonly RowToUndo[] };

export type Kind<Row> = {
  jobType: ImportJobType;
  /** Under which records of this kind have fields of the team's own, if they have any. */
  modality: Modality | null;
  targets: readonly Target[];
  /** One of these at least must be mapped: by them a row tells who it is about. */
  knownBy: readonly string[];
  read(values: Values): Read<Row>;
  /** Writes a batch, in a few statements; one outcome for each row, in their order. */
  take(act: Act, work: Work, rows: readonly Told<Row>[]): Promise<Outcome[]>;
  /** Takes back what was done; answers for each record `undone`, or why it was left alone. */
  undo(act: Act, work: Work, traces: readonly Traces[]): Promise<{ recordId: string; code: string }[]>;
};

export const KINDS: Record<KindName, Kind<never>> = {
  contacts: contacts as Kind<never>,
  accounts: accounts as Kind<never>,
  people: people as Kind<never>,
  organizations: organizations as Kind<never>,
};
