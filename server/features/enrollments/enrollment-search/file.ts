// All contacts in sequences that a search finds, as a file: each page goes on behind the last.

import type { ColumnId } from "@cadenza/contract";
import type { Db } from "../../../db/connect.ts";
import { wordsFor } from "../../../domain/enrollments/failure-words.ts";
import type { Csv } from "../../../http/csv.ts";
import type { CsvCell } from "../../../kernel/csv-lines.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import { askedColumns, type FileColumn } from "../../contacts/searching/file-columns.ts";
import {
  type EnrollmentFilter,
  type EnrollmentPaging,
  enrollmentsAfter,
  type FoundEnrollment,
} from "./store.ts";

const LINES_AT_ONCE = 500;

/** The columns of the table; a status has its reason beside it. */
const SHOWN_COLUMNS: Record<ColumnId<"sequence-contacts"> | "reason", FileColumn<FoundEnrollment>> = {
  name: { header: "Name", cell: ({ contactName }) => contactName },
  status: { header: "Status", cell: ({ state }) => state },
  reason: { header: "Reason", cell: reasonOf },
  step: { header: "Step", cell: ({ currentStepPosition }) => currentStepPosition },
  due: { header: "Next", cell: (row) => storedOrNull(nextOf(row)) },
  company: { header: "Company", cell: ({ organizationName }) => organizationName },
  mailbox: { header: "Sent from", cell: ({ sendFromEmail }) => sendFromEmail },
  added: { header: "Added", cell: ({ addedAt }) => stored(addedAt) },
  title: { header: "Title", cell: ({ title }) => title },
  email: { header: "Email", cell: ({ email }) => email },
  updated: { header: "Updated", cell: ({ updatedAt }) => stored(updatedAt) },
};

const WHOLE: readonly FileColumn<FoundEnrollment>[] = [
  { header: "Contact Id", cell: ({ contactId }) => contactId },
  ...[SHOWN_COLUMNS.name, SHOWN_COLUMNS.email, SHOWN_COLUMNS.title, SHOWN_COLUMNS.company],
  { header: "Sequence", cell: ({ sequenceName }) => sequenceName },
  ...[SHOWN_COLUMNS.status, SHOWN_COLUMNS.reason, SHOWN_COLUMNS.step, SHOWN_COLUMNS.due],
  ...[SHOWN_COLUMNS.mailbox, SHOWN_COLUMNS.added],
  { header: "Finished", cell: ({ finishedAt }) => storedOrNull(finishedAt) },
  { header: "Failed", cell: ({ failedAt }) => storedOrNull(failedAt) },
  SHOWN_COLUMNS.updated,
];

type Wish = Pick<EnrollmentPaging, "order" | "isAscending"> & { columns: readonly string[] | undefined };

export function enrollmentsFile(teamId: string, filter: EnrollmentFilter, { columns, ...sort }: Wish): Csv {
  const wanted = askedColumns({ own: SHOWN_COLUMNS, fields: [], valuesOf: () => ({}) }, columns) ?? WHOLE;
  let after: EnrollmentPaging["after"] = null;
  return {
    name: "sequence-contacts",
    columns: wanted.map(({ header }) => header),
    async next(page: Db) {
      for (;;) {
        const place = { ...sort, after, offset: 0, limit: LINES_AT_ONCE };
        const { rows, last } = await enrollmentsAfter(page, teamId, filter, place);
        after = last;
        // All of a page may be removed while it is read; that is not the end of the file.
        if (rows.length > 0 || last === null)
          return rows.map((row): CsvCell[] => wanted.map(({ cell }) => cell(row)));
      }
    },
  };
}

function reasonOf({ state, failureReason, inactiveReason }: FoundEnrollment) {
  const reason = state === "failed" ? (failureReason ?? inactiveReason) : inactiveReason;
  return state === "active" || reason === null ? null : wordsFor(reason);
}

function nextOf({ state, dueAt, resumeAt }: FoundEnrollment) {
  if (state === "active") return dueAt;
  return state === "paused" ? resumeAt : null;
}
