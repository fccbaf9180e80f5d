// Contacts of a sequence as a file.

import { t } from "../../../language/t.ts";
import { sortedBy } from "../../../parts/records/sort.ts";
import { api } from "../../../session.ts";
import type { Export } from "../../contacts/views/ExportMenu.tsx";
import { exportRecords, type ShownColumn } from "../../contacts/views/export.ts";

type Search = NonNullable<Parameters<typeof api.enrollments.search>[0]>;

/** All that match, sorted as the table is. */
export function exportOf(search: Search, sort: Parameters<typeof sortedBy>[0]): Export {
  return (shown) =>
    void exportRecords(
      "sequence-contacts",
      (wish) => api.enrollments.search.csv({ ...search, ...sortedBy(sort), ...wish }),
      shown && withReason(shown),
    );
}

/** In the table a status has its reason in the same cell. */
function withReason(shown: readonly ShownColumn[]): ShownColumn[] {
  return shown.flatMap((column) =>
    column.id === "status" ? [column, { id: "reason", header: t("Reason") }] : [column],
  );
}
