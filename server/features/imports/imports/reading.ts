// A file's bytes as rows of cells, CSV or JSON lines. It is read twice, first to see whether it can be read at all, and never held whole.
// All of this runs in a thread of its own (apart.ts).
//
// Easy to get wrong: one line may end otherwise than the next; a letter or a cell may lie across two pieces; and a quotation
// mark that is never closed makes one cell of all that follows, so the length of a row has a limit.

import { isUtf8 } from "node:buffer";
import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { type Delimiter, isDelimiterLine, sniffDelimiter } from "../../../domain/basics/delimiters.ts";
import { type Encoding, type Format, sniffEncoding } from "../../../domain/basics/text-encoding.ts";
import { columnNames } from "../../../domain/imports/import-columns.ts";
import { optOutNamed, optOutWatch } from "../../../domain/imports/import-opt-outs.ts";
import { rowFault } from "../../../domain/imports/import-rows.ts";
import { rearmed } from "../../../kernel/csv-lines.ts";
import { say, toSay } from "../../../kernel/say.ts";
import { type JsonRecord, jsonRecords } from "./json-lines.ts";
import { FileUnreadable } from "./unreadable.ts";

/** A file, however it came: read from the start as often as it is asked for. */
export type ImportFile = { size: number; pieces(): AsyncIterable<Buffer> };

/** How a file is to be read. Only CSV has a delimiter. */
export type FileFormat = {
  format: Format;
  encoding: Encoding;
  markLength: number;
  delimiter: Delimiter | null;
};

/** As spreadsheets count: the header is 1, and a blank line counts too. JSON lines have no header, so their first is 1. */
export type Record = JsonRecord;

const HEAD_BYTES = 65_536;
const MOST_COLUMNS = 1_000;
const LONGEST_ROW = 1_048_576;

export type FormatHints = {
  format?: Format | undefined;
  encoding?: Encoding | undefined;
  delimiter?: Delimiter | undefined;
};

async function sniff(source: ImportFile, said: FormatHints): Promise<FileFormat> {
  const heads: Buffer[] = [];
  let length = 0;
  const utf8 = utf8Watch();
  for await (const piece of source.pieces()) {
    if (length < HEAD_BYTES) heads.push(piece);
    length += piece.length;
    utf8.see(piece);
    if (length >= HEAD_BYTES && !utf8.isSound()) break;
  }
  const head = Buffer.concat(heads).subarray(0, HEAD_BYTES);
  refuseOtherFiles(head);
  const sniffed = sniffEncoding(head, utf8.isSound());
  const encoding = said.encoding ?? sniffed.encoding;
  const markLength = encoding === sniffed.encoding ? sniffed.markLength : 0;
  const text = new TextDecoder(encoding).decode(head.subarray(markLength));
  const format = said.format ?? (!said.delimiter && /^\s*\{/.test(text) ? "json_lines" : "csv");
  if (/^\s*\[\s*\{/.test(text))
    throw new FileUnreadable("import_not_text", {
      why: say("it is a JSON list, but one object per line is needed"),
    });
  if (format === "json_lines") return { format, encoding, markLength, delimiter: null };
  return { format, encoding, markLength, delimiter: said.delimiter ?? sniffDelimiter(text) };
}

/** What people send by mistake. */
function refuseOtherFiles(head: Buffer) {
  if (head.length === 0) throw new FileUnreadable("import_empty");
  const kind = OTHER_FILES.find(({ starts }) => head.subarray(0, starts.length).equals(starts));
  if (kind) throw new FileUnreadable("import_not_text", { why: say(kind.why) });
}

const OTHER_FILES = [
  { starts: Buffer.from("PK\x03\x04", "latin1"), why: toSay("it is an Excel workbook or a zip archive") },
  {
    starts: Buffer.from("\xd0\xcf\x11\xe0", "latin1"),
    why: toSay("it is an Excel workbook of an old format"),
  },
  { starts: Buffer.from("\x1f\x8b", "latin1"), why: toSay("it is compressed") },
  { starts: Buffer.from("%PDF", "latin1"), why: toSay("it is a PDF") },
  { starts: Buffer.from("\x89PNG", "latin1"), why: toSay("it is an image") },
];

/** Whether all that was seen is UTF-8; up to three bytes of a letter wait for the next piece. */
function utf8Watch() {
  let rest: Buffer = Buffer.alloc(0);
  let sound = true;
  return {
    see(piece: Buffer) {
      if (!sound) return;
      const all = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
      const end = wholeLetters(all);
      sound = isUtf8(all.subarray(0, end));
      rest = Buffer.from(all.subarray(end));
    },
    isSound: () => sound && rest.length < 4,
  };
}

function wholeLetters(bytes: Buffer) {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0)
      return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/**
 * Rows, the header first; blank lines are passed over and counted. A file that cannot be read is refused with the row. What
 * the columns of JSON lines are is learnt as they are read, or `known` from a first reading.
 */
export async function* recordsInFile(
  source: ImportFile,
  manner: FileFormat,
  { known, isPart = false }: { known?: string[]; isPart?: boolean } = {},
): AsyncGenerator<Record> {
  if (manner.format === "csv") return yield* csvRecords(source, manner, isPart);
  const names = known ?? [];
  if (names.length > 0) yield { row: 0, cells: [...names] };
  yield* jsonRecords(decoded(source, manner), names, { columns: MOST_COLUMNS, line: LONGEST_ROW }, isPart);
}

async function* csvRecords(source: ImportFile, manner: FileFormat, isPart: boolean): AsyncGenerator<Record> {
  const parser = parse({
    delimiter: manner.delimiter ?? ",",
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
    ltrim: true, // a quotation mark behind a space opens a cell too
    max_record_size: LONGEST_ROW,
  });
  const text = Readable.from(decoded(source, manner), { objectMode: false });
  text.on("error", (error) => parser.destroy(error));
  text.pipe(parser);
  let row = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row++;
      if (cells.length > MOST_COLUMNS && row === 1)
        throw new FileUnreadable("import_too_many_columns", { count: cells.length, limit: MOST_COLUMNS });
      if (cells.length === 1 && cells[0]?.trim() === "") continue;
      if (row === 1 && isDelimiterLine(cells)) continue;
      yield { row, cells: cells.map((cell) => rearmed(unquoted(cell))) };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (isPart && error.code === "CSV_QUOTE_NOT_CLOSED") return;
    throw refusalFor(error, row + 1);
  } finally {
    text.destroy();
    parser.destroy();
  }
}

/** A space behind the closing quotation mark keeps a cell from being taken for a quoted one. */
function unquoted(cell: string) {
  return cell.startsWith('"') ? (/^"([^"]*)"\s+$/.exec(cell)?.[1] ?? cell) : cell;
}

function refusalFor(error: CsvError, row: number) {
  if (error.code === "CSV_QUOTE_NOT_CLOSED") return new FileUnreadable("import_quote_open", { row });
  if (error.code === "CSV_MAX_RECORD_SIZE")
    return new FileUnreadable("import_row_too_long", { row, limit: "1 MB" });
  return new FileUnreadable("import_unreadable", { row, why: error.message.slice(0, 200) });
}

async function* decoded(source: ImportFile, { encoding, markLength }: FileFormat) {
  const decoder = encoding === "utf-8" ? null : new TextDecoder(encoding, { ignoreBOM: true });
  let toPass = markLength;
  for await (const piece of source.pieces()) {
    const passed = Math.min(toPass, piece.length);
    toPass -= passed;
    const bytes = piece.subarray(passed);
    if (bytes.length === 0) continue;
    yield decoder ? Buffer.from(decoder.decode(bytes, { stream: true })) : bytes;
  }
  const rest = decoder?.decode();
  if (rest) yield Buffer.from(rest);
}

export type FileLook = FileFormat & {
  header: string[];
  columns: { name: string; samples: string[]; readsAsOptOut: boolean }[];
  /** The first rows, with what is wrong with each; long cells are cut. */
  first: Record[];
  total: number;
};

const SAMPLES = 50;
/** What is shown of a file, and looked at to place its columns. */
const LONGEST_SAMPLE = 2_000;
const ALL_SAMPLES = 1_048_576;

/** Reads all of it once: what is wrong with a file is said before anything of it is done. */
export async function inspect(source: ImportFile, said: FormatHints, isPart = false): Promise<FileLook> {
  const manner = await sniff(source, said);
  const learnt: string[] = [];
  let header = manner.format === "csv" ? null : learnt;
  const first: Record[] = [];
  const outs = new Set<number>();
  const watches: ((cell: string) => boolean)[] = [];
  let total = 0;
  let held = 0;
  for await (const record of recordsInFile(source, manner, { known: learnt, isPart })) {
    if (!header) {
      header = record.cells;
      continue;
    }
    total++;
    if (first.length < SAMPLES && held < ALL_SAMPLES) {
      const { row, cells, fault = rowFault(cells, header, manner.delimiter) } = record;
      const shown = cells.map(cut);
      first.push({ row, cells: shown, ...(fault && { fault }) });
      held += shown.reduce((sum, cell) => sum + cell.length, 0);
    }
    for (const [at, cell] of record.cells.entries()) {
      if (at >= header.length || cell === "" || outs.has(at)) continue;
      watches[at] ??= optOutWatch(header[at] ?? "");
      if (watches[at](cell)) outs.add(at);
    }
  }
  if (!header) throw new FileUnreadable("import_empty");
  if (header.length === 0)
    throw new FileUnreadable("import_unreadable", { row: 1, why: say("no line contains a JSON object") });
  if (total === 0 && !isPart) throw new FileUnreadable("import_no_rows");
  const names = columnNames(header);
  const columns = names.map((name, at) => ({
    name,
    samples: first.map(({ cells }) => cells[at] ?? ""),
    readsAsOptOut: outs.has(at) || optOutNamed(name) !== null,
  }));
  return { ...manner, header, columns, first, total };
}

const cut = (cell: string) =>
  cell.length > LONGEST_SAMPLE ? `${cell.slice(0, LONGEST_SAMPLE).toWellFormed()}…` : cell;
