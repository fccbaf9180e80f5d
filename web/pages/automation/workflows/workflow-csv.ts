// Workflows as a file: the columns of their table as text.

import type { ColumnId } from "@cadenza/contract";
import { csvOfRows, type RowCells } from "../../../parts/records/rows-csv.ts";
import type { Listed } from "./queries.ts";
import { sayTrigger, triggerOf } from "./trigger.ts";
import { stateOf, TARGETS } from "./words.tsx";

type Own = Exclude<ColumnId<"workflows">, `field:${string}`>;
type NameOf = (userId: string) => string | undefined;

/** How many contacts the last run included: those it is done with, those that wait, those with which it failed. */
export const includedIn = ({ counts: { waiting, done, failed } }: NonNullable<Listed["last_run"]>) =>
  waiting + done + failed;

const cellsFor = (ownerOf: NameOf): RowCells<Listed, Own> => ({
  name: ({ name }) => name,
  state: (workflow) => stateOf(workflow)[1],
  target: ({ entity }) => TARGETS[entity].many,
  trigger: (workflow) => sayTrigger(triggerOf(workflow)),
  last: ({ last_run }) => last_run?.started_at,
  took: ({ last_run }) => last_run && includedIn(last_run),
  skipped: ({ last_run }) => last_run?.counts.skipped,
  waiting: ({ num_waiting }) => num_waiting,
  next: ({ next_run_at }) => next_run_at,
  owner: ({ user_id }) => ownerOf(user_id),
  updated: ({ updated_at }) => updated_at,
});

export function csvOfWorkflows(
  columns: readonly { id: string; header: string }[],
  workflows: readonly Listed[],
  ownerOf: NameOf,
) {
  return csvOfRows(columns, workflows, cellsFor(ownerOf));
}
