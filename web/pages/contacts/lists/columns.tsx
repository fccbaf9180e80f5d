// The columns of the lists: as they are shown, and as a file has them and the table is sorted.

import type { ColumnId } from "@cadenza/contract";
import { useMemo } from "react";
import { t } from "../../../language/t.ts";
import { figure } from "../../../parts/figures.ts";
import { Moment } from "../../../parts/Moment.tsx";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import type { Sort } from "../../../parts/records/RecordTable.tsx";
import type { RowCells } from "../../../parts/records/rows-csv.ts";
import { usePeople } from "../../settings/people/queries.ts";
import type { List } from "./queries.ts";

type Own = "name" | "of" | "count" | "owner" | "created";
type Cells = RowCells<List, Own>;

export function useListCells(): Cells {
  const { data: people } = usePeople();
  return useMemo(
    () => ({
      name: ({ name }) => name,
      of: ({ modality }) => (modality === "contacts" ? t("Contacts") : t("Companies")),
      count: ({ cached_count }) => cached_count,
      owner: ({ user_id }) => people?.find(({ id }) => id === user_id)?.name,
      created: ({ created_at }) => created_at,
    }),
    [people],
  );
}

export function useListColumns({ name, of, owner }: Cells): readonly RecordColumn<List, ColumnId<"lists">>[] {
  return [
    { id: "name", header: t("Name"), width: 280, sort: "name", cell: name },
    { id: "of", header: t("Type"), width: 120, sort: "of", cell: of },
    {
      id: "count",
      header: t("Size"),
      width: 100,
      align: "right",
      sort: "count",
      sortFirst: "descending",
      cell: ({ cached_count }) => figure(cached_count),
    },
    { id: "owner", header: t("Created by"), width: 160, sort: "owner", cell: owner },
    {
      id: "created",
      header: t("Created"),
      width: 120,
      align: "right",
      sort: "created",
      sortFirst: "descending",
      cell: ({ created_at }) => <Moment at={created_at} />,
    },
  ];
}

const OWN: readonly string[] = ["name", "of", "count", "owner", "created"] satisfies Own[];

/** The column that an order names; by name where it names none. */
export function columnOf(sort: Sort | null): Own {
  return sort && OWN.includes(sort.by) ? (sort.by as Own) : "name";
}
