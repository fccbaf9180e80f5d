// Imports. A file is looked at before anything is begun: what cannot be read is refused while no transaction is open.

import { contract } from "@cadenza/contract";
import type { Act } from "../../../app.ts";
import { refuseOutOfReach, route, routeAlsoCsv, routeWithBefore } from "../../../http/route.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { seenAmong } from "../../access/sharing/store.ts";
import { presentSurges } from "../../enrollments/enrolling/surges.ts";
import { presentProgressEntry } from "../../events/progress/present.ts";
import { findProgress } from "../../events/progress/store.ts";
import { countRows, searchRows } from "../../prospecting/import-rows/rows-store.ts";
import { type ImportRow, searchImports } from "../../prospecting/import-rows/store.ts";
import { getImport, previewImport, startImport, undoImport, undoUntil } from "./commands.ts";
import { rowsFile } from "./file.ts";
import { importFileOf, readImport, saidOf } from "./imports-input.ts";
import { presentImport, presentImportPreview, presentRehearsedRow, presentRow } from "./present.ts";
import { ourFileReaders } from "./run-in-worker.ts";

const SHOWN = 1_000;

export const routes = [
  routeWithBefore(
    contract.imports.create,
    ({ input, caller }) => {
      // A file must not do what the caller could not do by a direct call.
      if (input.add_to_sequence) refuseOutOfReach(caller, contract.joining.addContacts);
      return ourFileReaders.inspect(caller.teamId, importFileOf(input), saidOf(input), input.kind);
    },
    async ({ input, before, cookie: _, ...act }) => {
      const wish = readImport(input, act.now);
      const { found, rehearsed } = await startImport(act, wish, importFileOf(input), before);
      const shown = await show(act, found);
      if (!rehearsed) return shown;
      const { outcomes, called, isWhole } = rehearsed;
      const place = { afterRow: 0, limit: SHOWN, offset: 0 };
      const rows = await searchRows(act.db, act.caller.teamId, found, filterOf({}), place);
      const names = new Map(rows.map(({ row, name }) => [row, name]));
      const nameOf = (row: number) => names.get(row) ?? called.get(row) ?? null;
      return {
        ...shown,
        rows: outcomes.slice(0, SHOWN).map((row) => presentRehearsedRow(row, found.kind, nameOf(row.row))),
        num_tried: outcomes.length,
        at_least: !isWhole,
        ...(wish.joining && { first_email_surges: await presentSurges(act, found.id) }),
      };
    },
  ),

  routeWithBefore(
    contract.imports.preview,
    ({ input, caller }) =>
      ourFileReaders.inspect(caller.teamId, importFileOf(input), saidOf(input), input.kind, input.is_part),
    async ({ input, before, ...act }) => {
      const shown = await previewImport(act, input.kind, input.mapping, before);
      const { size } = importFileOf(input);
      return { preview: presentImportPreview(input.kind, { size, isPart: input.is_part }, before, shown) };
    },
  ),

  route(contract.imports.list, async ({ input, app, db, caller }) => {
    const { page, per_page } = input;
    const wish = { kind: input.kind ?? null, limit: per_page, offset: (page - 1) * per_page };
    const { rows, total } = await searchImports(db, caller.teamId, wish);
    return {
      imports: (await withinSight({ db, caller }, rows)).map((row) =>
        presentImport(row, undoUntil(row), app.config.publicUrl),
      ),
      pagination: { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) },
    };
  }),

  route(contract.imports.get, async ({ input, ...act }) => show(act, await getImport(act, input.id))),

  routeAlsoCsv(
    contract.imports.rows,
    async ({ input, ...act }) => {
      const { db, caller } = act;
      const found = await getImport(act, input.id);
      const filter = filterOf(input);
      const { page, per_page, after_row } = input;
      const place = {
        afterRow: after_row ?? 0,
        limit: per_page,
        offset: after_row === undefined ? (page - 1) * per_page : 0,
      };
      const [rows, total] = await Promise.all([
        searchRows(db, caller.teamId, found, filter, place),
        countRows(db, caller.teamId, found.id, filter),
      ]);
      return {
        rows: rows.map((row) => presentRow(row, found.kind)),
        pagination: { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) },
      };
    },
    async ({ input, ...act }) => {
      const found = await getImport(act, input.id);
      return rowsFile(act.caller.teamId, found, filterOf(input), input.after_row ?? 0);
    },
  ),

  route(contract.imports.undo, async ({ input, ...act }) => {
    const { found, progress } = await undoImport(act, input.id);
    const { publicUrl } = act.app.config;
    return {
      import: presentImport(found, undoUntil(found), publicUrl),
      entity_progress_job: presentProgressEntry(progress, publicUrl),
    };
  }),
];

type Filter = { verdict?: string | undefined; code?: string | undefined; enrollment?: string | undefined };

function filterOf({ verdict, code, enrollment }: Filter) {
  return {
    verdict: (verdict ?? null) as "created" | null,
    code: code ?? null,
    enrollment: (enrollment ?? null) as "enrolled" | null,
  };
}

async function show({ app, db, caller }: Pick<Act, "app" | "db" | "caller">, found: ImportRow) {
  const { publicUrl } = app.config;
  const progress = await findProgress(db, caller.teamId, found.undoId ?? found.id);
  if (!progress) throw new Error("an import without its progress");
  const [shown] = await withinSight({ db, caller }, [found]);
  return {
    import: presentImport(shown ?? found, undoUntil(found), publicUrl),
    entity_progress_job: presentProgressEntry(progress, publicUrl),
  };
}

/** Which sequence a file went into is not told where it is hidden. */
async function withinSight({ db, caller }: Pick<Act, "db" | "caller">, rows: readonly ImportRow[]) {
  const named = rows.flatMap(({ options }) => options.joining?.sequenceId ?? []);
  const seen = await seenAmong(db, caller.teamId, named, viewerIn(caller));
  return rows.map((row) => {
    const { joining } = row.options;
    return joining && !seen.has(joining.sequenceId)
      ? { ...row, options: { ...row.options, joining: null } }
      : row;
  });
}
