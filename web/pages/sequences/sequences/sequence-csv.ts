// Sequences as a file: the columns of the table as text, and numbers as the counts behind the rates.

import type { ColumnId } from "@cadenza/contract";
import { t } from "../../../language/t.ts";
import { csvOfChart } from "../../../parts/charts/chart-table.ts";
import type { Sequence } from "./queries.ts";
import { stateOf } from "./words.tsx";

type Names = {
  userId: string;
  ownerOf: (id: string) => string | null;
  folderOf: (id: string | null) => string | null;
};
type Cell = (sequence: Sequence, names: Names) => string | number | null;
type Column = ColumnId<"sequences">;

/** The compiler sees to it that no column of the table is missing. */
const CELLS: Readonly<Record<Column, Cell>> = {
  name: ({ name }) => name,
  star: ({ starred_by_user_ids }, { userId }) => (starred_by_user_ids.includes(userId) ? t("Yes") : t("No")),
  state: (sequence) => stateOf(sequence).word,
  owner: ({ user_id }, { ownerOf }) => ownerOf(user_id),
  steps: ({ num_steps }) => num_steps,
  contacts: ({ num_contacts }) => num_contacts,
  scheduled: ({ unique_scheduled }) => unique_scheduled,
  delivered: ({ unique_delivered }) => unique_delivered,
  opened: ({ unique_opened }) => unique_opened,
  replied: ({ unique_replied }) => unique_replied,
  bounced: ({ unique_bounced }) => unique_bounced,
  clicked: ({ unique_clicked }) => unique_clicked,
  demoed: ({ unique_demoed }) => unique_demoed,
  folder: ({ folder_id }, { folderOf }) => folderOf(folder_id),
  used: ({ last_used_at }) => last_used_at,
  created: ({ created_at }) => created_at,
  updated: ({ updated_at }) => updated_at,
};

export function csvOfSequences(
  columns: readonly { id: string; header: string }[],
  sequences: readonly Sequence[],
  names: Names,
) {
  const known = columns.filter((column): column is { id: Column; header: string } => column.id in CELLS);
  const [first, ...rest] = known;
  if (!first) return "";
  const rows = sequences.map((sequence) =>
    Object.fromEntries(known.map(({ id }) => [id, CELLS[id]?.(sequence, names)])),
  );
  const series = rest.map(({ id, header }) => ({ name: id, label: header, color: "" }));
  return csvOfChart({ key: first.id, label: first.header }, series, rows);
}
