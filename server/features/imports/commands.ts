// Files brought in: taken, looked at, and handed to the engine; a dry run does the first rows at once, and is rolled back.

import type { Act } from "../../app.ts";
import { safeFileName } from "../../domain/attached-files.ts";
import { typeFor } from "../../domain/import-columns.ts";
import { faultOf, nameIn } from "../../domain/import-rows.ts";
import { mayUndo } from "../../domain/permissions.ts";
import { newId } from "../../ids.ts";
import { Refusal } from "../../refusal.ts";
import { refuseForeignReferences, refuseLeaver } from "../contact-writing/commands.ts";
import { countGrownTables } from "../engines/store.ts";
import { keptTerms, takePromise } from "../joining/commands.ts";
import { readTerms, type TermsWish } from "../joining/terms.ts";
import { startProgress } from "../progress/commands.ts";
import { findWork } from "../progress/store.ts";
import { readFormula } from "../scoring/formula.ts";
import { rescore } from "../scoring/store.ts";
import { listEnrolled } from "../verdicts/store.ts";
import { readRows, takeBatch, valuesIn } from "./batches.ts";
import { tryByproductsAgain } from "./byproducts-store.ts";
import { KINDS } from "./kinds.ts";
import {
  askedOf,
  fieldsFor,
  type Mapped,
  type Mapping,
  mapColumns,
  refuseNobody,
  refuseUnheard,
  sharedNames,
  withNewFields,
} from "./mapping.ts";
import { type Record as FileRow, type Inspected, recordsOf, type Source } from "./reading.ts";
import { countLeading, type Outcome } from "./rows-store.ts";
import * as store from "./store.ts";

export type ImportWish = {
  kind: store.KindName;
  fileName: string | null;
  mapping: Mapping | undefined;
  options: Omit<store.Options, "joining">;
  joining: TermsWish | null;
  promiseId: string | null;
};

/** With a sequence, as many as joining takes at once. */
export const batchSizeOf = ({ joining }: Pick<store.Options, "joining">) => (joining ? 1_000 : 2_000);

/** So many rows are tried out; the rest would go the same way. */
const REHEARSED = 5_000;
const UNDO_DAYS = 30;
const PIECE = 1_048_576;

export async function startImport(act: Act, wish: ImportWish, source: Source, inspected: Inspected) {
  const { id, progress } = await begin(act, wish, source, inspected);
  const rehearsed = act.isDryRun ? await rehearse(act, id, source, inspected) : null;
  if (!act.isDryRun) await keepFile(act, id, source);
  return { found: await getImport(act, id), progress, rehearsed };
}

/** The import and its work, with nothing of the file in them yet. */
async function begin(act: Act, wish: ImportWish, source: Source, inspected: Inspected) {
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
  { joining, ...wish }: ImportWish,
  source: Source,
  inspected: Inspected,
) {
  const { db, caller } = act;
  if (!joining) throw new Error("a file that is added to no sequence is promised nothing");
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
async function refuseUnsound(act: Act, { kind, options, joining }: ImportWish) {
  if (kind !== "contacts" && joining) throw new Refusal("import_unsound", { name: "add_to_sequence", kind });
  if (joining) await readTerms(act, joining);
  const references = {
    ...(options.ownerId !== null && { ownerId: options.ownerId }),
    ...(options.stageId !== null && kind === "contacts" && { contactStageId: options.stageId }),
  };
  if (Object.keys(references).length > 0) await refuseForeignReferences(act, [references]);
  if (options.ownerId !== null) await refuseLeaver(act, options.ownerId);
}

async function keepFile({ db, caller }: Act, id: string, source: Source) {
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

/** `called`: whom the file itself means by each row, who may be nobody yet. */
async function rehearse(act: Act, id: string, source: Source, manner: Inspected) {
  const outcomes: Outcome[] = [];
  const called = new Map<number, string>();
  const all = recordsOf(source, manner, { known: [...manner.header] });
  for await (const records of batchesOf(all, await getImport(act, id))) {
    const rest = REHEARSED - outcomes.length;
    if (rest <= 0) break;
    const [found, work] = [await getImport(act, id), await findWork(act.db, act.caller.teamId, id)];
    if (!work) throw new Error("an import without its progress");
    const tried = records.slice(0, rest);
    for (const { row, cells } of tried) {
      const name = nameIn(valuesIn(cells, found.columns));
      if (name !== null) called.set(row, name);
    }
    const reading = readRows(found, manner.header, tried);
    outcomes.push(...(await takeBatch(act, found, work, reading)));
    await countGrownTables(act.db);
  }
  return { outcomes, called, isWhole: outcomes.length >= manner.total };
}

/** Behind the header and what has had its turn. */
export async function* batchesOf(
  records: AsyncIterable<FileRow>,
  { lastRow, options }: Pick<store.ImportRow, "lastRow" | "options">,
) {
  const size = batchSizeOf(options);
  let isHeader = true;
  let batch: FileRow[] = [];
  for await (const record of records) {
    if (isHeader) isHeader = false;
    else if (record.row > lastRow) batch.push(record);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

export async function previewImport(
  act: Pick<Act, "db" | "caller">,
  kind: store.KindName,
  mapping: Mapping | undefined,
  inspected: Inspected,
) {
  const fields = await fieldsFor(act, kind);
  const mapped = mapColumns(kind, inspected.columns, fields, mapping);
  const rows = inspected.first.slice(0, 20).map(({ row, cells, fault: unread }) => {
    const fault = unread ?? faultOf(cells, inspected.header, inspected.delimiter);
    return { row, cells, code: fault ?? KINDS[kind].read(valuesIn(cells, mapped)).code };
  });
  const shared = sharedNames(mapped, fields);
  const asked = new Set(askedOf(kind, inspected.columns, mapped));
  const columns = mapped.map((column: Mapped, at) => {
    const samples = inspected.columns[at]?.samples ?? [];
    return {
      ...column,
      sharesWith: shared[at] ?? null,
      isAsked: asked.has(column.name),
      samples: samples.filter((text) => text.trim() !== "").slice(0, 5),
      type: typeFor(samples),
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
