// Files brought in: taken, looked at, and handed to the engine; a dry run does the first rows at once, and is rolled back.

import type { Act } from "../../../app.ts";
import { mayUndo } from "../../../domain/identity/permissions.ts";
import { safeFileName } from "../../../domain/sequences/attached-files.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { readFormula } from "../../contacts/scoring/formula.ts";
import { rescore } from "../../contacts/scoring/store.ts";
import { keptTerms, takePromise } from "../../enrollments/enrolling/commands.ts";
import { readTerms, type TermsWish } from "../../enrollments/enrolling/terms.ts";
import { listEnrolled } from "../../enrollments/verdicts/store.ts";
import { startProgress } from "../../events/progress/commands.ts";
import { findWork } from "../../events/progress/store.ts";
import { countGrownTables } from "../../gate/engines/store.ts";
import { tryByproductsAgain } from "../../prospecting/import-rows/byproducts-store.ts";
import { countLeading, type ImportRowOutcome } from "../../prospecting/import-rows/rows-store.ts";
import * as store from "../../prospecting/import-rows/store.ts";
import { refuseLeaver } from "../../saving/contact-writing/commands.ts";
import { refuseForeignReferences } from "../../saving/contact-writing/references.ts";
import { takeBatch } from "./batches.ts";
import { KINDS } from "./kinds.ts";
import {
  type ColumnMapping,
  fieldsFor,
  type Mapped,
  mapColumns,
  optOutsUnmapped,
  refuseNobody,
  refuseUnheard,
  sharedNames,
  withNewFields,
} from "./mapping.ts";
import type { ImportFile } from "./reading.ts";
import { ourFileReaders, type RowsAsked } from "./run-in-worker.ts";
import type { Inspected } from "./understanding.ts";

export type ImportRequest = {
  kind: store.KindName;
  fileName: string | null;
  mapping: ColumnMapping | undefined;
  options: Omit<store.Options, "joining">;
  joining: TermsWish | null;
  promiseId: string | null;
};

/** With a sequence, as many as joining takes at once. */
const batchSizeOf = ({ joining }: Pick<store.Options, "joining">) => (joining ? 1_000 : 2_000);

/** So many rows are tried out; the rest would go the same way. */
const REHEARSED = 5_000;
const REHEARSED_AT_ONCE = 1_000;
const UNDO_DAYS = 30;
const PIECE = 1_048_576;

export async function startImport(act: Act, wish: ImportRequest, source: ImportFile, inspected: Inspected) {
  const { id, progress } = await begin(act, wish, source, inspected);
  const rehearsed = act.isDryRun ? await rehearse(act, id, source, inspected) : null;
  if (!act.isDryRun) await keepFile(act, id, source);
  return { found: await getImport(act, id), progress, rehearsed };
}

/** The import and its work, with nothing of the file in them yet. */
async function begin(act: Act, wish: ImportRequest, source: ImportFile, inspected: Inspected) {
  const { db, now, caller } = act;
  const fields = await fieldsFor(act, wish.kind);
  const mapped = mapColumns(wish.kind, inspected.columns, fields, wish.mapping);
  refuseNobody(wish.kind, mapped);
  refuseUnheard(wish.kind, inspected.columns, mapped);
  await refuseUnsound(act, wish);
  const id = newId();
  if (wish.joining) await takePromise(act, { ...wish.joining, promiseId: wish.promiseId }, id);
  const terms = wish.joining && { ...wish.joining, ...keptTerms(act, wish.joining), requestId: id };
  const options = { ...wish.options, joining: wish.joining && { sequenceId: wish.joining.sequenceId } };
  const columns = await withNewFields(act, wish.kind, mapped, fields);
  const progress = await startProgress(act, {
    id,
    jobType: KINDS[wish.kind].jobType,
    entityIds: [],
    total: inspected.total,
    params: { kind: wish.kind, file_name: wish.fileName, overwrite: wish.options.overwrite },
    instructions: terms ?? {},
    batchSize: batchSizeOf(options),
    resultPath: `/imports/${id}/rows`,
  });
  const { format, encoding, markLength, delimiter, total } = inspected;
  const { size } = source;
  const fileName = wish.fileName === null ? null : safeFileName(wish.fileName);
  const lastRow = format === "csv" ? 1 : 0; // the header has had its turn
  const manner = { format, encoding, markLength, delimiter };
  const row = { id, userId: caller.userId, kind: wish.kind, fileName, size, ...manner, lastRow };
  await store.insertImport(db, caller.teamId, { ...row, columns, options, total }, now);
  return { id, progress };
}

/** For an act that is taken back: the first rows are brought in and join, and are as promising as the team's formula finds them. */
export async function addFileForPromise(
  act: Act,
  { joining, ...wish }: ImportRequest,
  source: ImportFile,
  inspected: Inspected,
) {
  const { db, caller } = act;
  if (!joining) throw new Error("can be used only if the contacts are added to a sequence");
  const asked = { ...joining, skipsVerification: true };
  const { firstStep } = await readTerms(act, asked);
  const { id } = await begin(act, { ...wish, joining: asked }, source, inspected);
  const { outcomes, isWhole } = await rehearse(act, id, source, inspected);
  const enrolled = outcomes.filter(({ enrollment }) => enrollment === "enrolled");
  await rescore(
    db,
    caller.teamId,
    await readFormula(db, caller.teamId),
    enrolled.map(({ recordId }) => recordId ?? ""),
  );
  return { enrollmentIds: await listEnrolled(db, caller.teamId, id), stepId: firstStep?.id ?? null, isWhole };
}

/** What every row would be refused for is said at once. */
async function refuseUnsound(act: Act, { kind, options, joining }: ImportRequest) {
  if (kind !== "contacts" && joining) throw new Refusal("import_unsound", { name: "add_to_sequence", kind });
  if (joining) await readTerms(act, joining);
  const references = {
    ...(options.ownerId !== null && { ownerId: options.ownerId }),
    ...(options.stageId !== null && kind === "contacts" && { contactStageId: options.stageId }),
  };
  if (Object.keys(references).length > 0) await refuseForeignReferences(act, [references]);
  if (options.ownerId !== null) await refuseLeaver(act, options.ownerId);
}

async function keepFile({ db, caller }: Act, id: string, source: ImportFile) {
  let position = 0;
  let held: Buffer[] = [];
  let length = 0;
  const write = async () => {
    if (length > 0) await store.insertPiece(db, caller.teamId, id, position++, Buffer.concat(held));
    held = [];
    length = 0;
  };
  for await (const piece of source.pieces()) {
    held.push(piece);
    length += piece.length;
    if (length >= PIECE) await write();
  }
  await write();
}

/** `called`: the person each row is about, as the file names them; the team may not have them yet. */
async function rehearse(act: Act, id: string, source: ImportFile, manner: Inspected) {
  const outcomes: ImportRowOutcome[] = [];
  const called = new Map<number, string>();
  const begun = await getImport(act, id);
  const asked = { ...rowsToRead(begun, manner.header), batchSize: REHEARSED_AT_ONCE, withNames: true };
  for await (const batch of ourFileReaders.rows(source, asked)) {
    const [found, work] = [await getImport(act, id), await findWork(act.db, act.caller.teamId, id)];
    if (!work) throw new Error("an import without its progress");
    for (const [row, name] of batch.open().names) called.set(row, name);
    outcomes.push(...(await takeBatch(act, found, work, batch.open)));
    await countGrownTables(act.db);
    if (outcomes.length >= REHEARSED) break;
  }
  return { outcomes, called, isWhole: outcomes.length >= manner.total };
}

/** How the rows of an import are read, behind those that are done. */
export function rowsToRead(
  found: store.ImportRow,
  known: readonly string[],
): Omit<RowsAsked, "task" | "size"> {
  const { kind, columns, lastRow, options } = found;
  const { format, encoding, markLength, delimiter } = found;
  return {
    manner: { format, encoding, markLength, delimiter },
    known,
    about: { kind, delimiter, columns },
    lastRow,
    batchSize: batchSizeOf(options),
    withNames: false,
  };
}

export async function previewImport(
  act: Pick<Act, "db" | "caller">,
  kind: store.KindName,
  mapping: ColumnMapping | undefined,
  inspected: Inspected,
) {
  const fields = await fieldsFor(act, kind);
  const mapped = mapColumns(kind, inspected.columns, fields, mapping);
  const first = inspected.first.slice(0, 20);
  const codes = await ourFileReaders.codes({ kind, columns: mapped, rows: first });
  const rows = first.map(({ row, cells }, at) => ({ row, cells, code: codes[at] ?? null }));
  const shared = sharedNames(mapped, fields);
  const asked = new Set(optOutsUnmapped(kind, inspected.columns, mapped));
  const columns = mapped.map((column: Mapped, at) => {
    const samples = inspected.columns[at]?.samples ?? [];
    return {
      ...column,
      sharesWith: shared[at] ?? null,
      isAsked: asked.has(column.name),
      samples: samples.filter((text) => text.trim() !== "").slice(0, 5),
      type: inspected.columns[at]?.type ?? "string",
    };
  });
  return { columns, rows, fields: fields.choices };
}

export async function getImport({ db, caller }: Pick<Act, "db" | "caller">, id: string) {
  const found = await store.findImport(db, caller.teamId, id);
  if (!found) throw new Refusal("record_not_found");
  return found;
}

export function undoUntil({ createdAt }: Pick<store.ImportRow, "createdAt">) {
  return createdAt.add({ hours: UNDO_DAYS * 24 });
}

/** The engine takes it back, batch by batch. */
export async function undoImport(act: Act, id: string) {
  const { db, now, caller } = act;
  const found = await store.lockImport(db, caller.teamId, id);
  if (!found) throw new Refusal("record_not_found");
  if (!mayUndo({ userId: caller.userId, isAdmin: caller.role === "admin" }, found.userId))
    throw new Refusal("import_of_another");
  if (found.finishedAt === null) throw new Refusal("import_not_over");
  const isTakenBack =
    found.undoneAt !== null || found.undoStatus === "pending" || found.undoStatus === "running";
  if (isTakenBack) throw new Refusal("import_undone_already");
  if (Temporal.Instant.compare(now, undoUntil(found)) > 0)
    throw new Refusal("import_too_old", { days: UNDO_DAYS });
  const progress = await startProgress(act, {
    jobType: "import_undo",
    entityIds: [],
    total: await countLeading(db, caller.teamId, id),
    params: { import_id: id },
    instructions: { importId: id, afterRow: 0 },
    batchSize: 500,
    resultPath: `/imports/${id}/rows`,
  });
  await tryByproductsAgain(db, caller.teamId, id);
  await store.noteUndo(db, caller.teamId, id, progress.id);
  return { found: await getImport(act, id), progress };
}
