// Pages of records that a batch has found and that are not candidates yet. The transaction that makes the candidates
// deletes the page. So each record becomes a candidate once, and a killed process leaves the page as it was.

import type { Db } from "../../../db/connect.ts";
import { notAside } from "../../events/set-aside/store.ts";

export type FoundPage = {
  runId: string;
  page: number;
  workflowId: string;
  version: number;
  runsAnyway: boolean;
  foundAt: Temporal.Instant;
  entities: string[];
  contacts: (string | null)[];
  owners: (string | null)[];
};

export const COLUMNS =
  "run_id, page, workflow_id, version, runs_anyway, found_at, entities, contacts, owners";
const OF_F = COLUMNS.replace(/\w+/g, "f.$&");

export function insertPages(db: Db, teamId: string, pages: readonly FoundPage[]) {
  return Promise.all(
    pages.map((page) =>
      db.run(
        `insert into workflow_found (team_id, ${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          ...[teamId, page.runId, page.page, page.workflowId, page.version, page.runsAnyway, page.foundAt],
          ...[page.entities, page.contacts, page.owners],
        ],
      ),
    ),
  );
}

/** The next page; pages that another process has locked are passed over. */
export function nextPage(db: Db, teamId: string) {
  return db.row<FoundPage>(
    `select ${OF_F} from workflow_found f
       join workflows w on w.team_id = f.team_id and w.id = f.workflow_id and (w.is_active or f.runs_anyway)
                      and w.archived_at is null
      where f.team_id = $1 and ${notAside("run-workflows", "f.workflow_id")}
      order by f.found_at, f.run_id, f.page limit 1 for update of f skip locked`,
    [teamId],
  );
}

/** Deletes the page for the caller, which makes candidates of it. Null where another process is doing so, or did. */
export function takePage(db: Db, teamId: string, { runId, page }: Pick<FoundPage, "runId" | "page">) {
  return db.row<FoundPage>(
    `with held as (select run_id as id from workflow_found where team_id = $1 and run_id = $2 and page = $3 for update skip locked)
     delete from workflow_found f using held where f.team_id = $1 and f.run_id = held.id and f.page = $3 returning ${OF_F}`,
    [teamId, runId, page],
  );
}

/** All of a run, or of a workflow. */
export async function takePages(
  db: Db,
  teamId: string,
  { runId = null, workflowId = null }: { runId?: string | null; workflowId?: string | null },
) {
  const pages = await db.rows<FoundPage>(
    `delete from workflow_found
      where team_id = $1 and ($2::text is null or run_id = $2) and ($3::text is null or workflow_id = $3)
     returning ${COLUMNS}`,
    [teamId, runId, workflowId],
  );
  return pages.sort((a, b) => Temporal.Instant.compare(a.foundAt, b.foundAt) || a.page - b.page);
}

/** Whether a record is in a page that is not processed yet. */
export async function isFound(db: Db, teamId: string, workflowId: string, entityId: string) {
  const rows = await db.rows(
    "select from workflow_found where team_id = $1 and workflow_id = $2 and $3 = any(entities) limit 1",
    [teamId, workflowId, entityId],
  );
  return rows.length > 0;
}
