import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Refusal, sentenceOf } from "../../../kernel/refusal.ts";
import { called } from "../../../testing/called.ts";
import { PATIENCE_MS } from "../../../testing/patience.ts";
import type { KindName } from "../../prospecting/import-rows/store.ts";
import { KINDS } from "./kinds.ts";
import { mapColumns } from "./mapping.ts";
import type { ImportFile } from "./reading.ts";
import { openFileReaders, ourFileReaders } from "./run-in-worker.ts";
import { TARGETS } from "./understanding.ts";

const HOSTILE = new URL("../../../testing/hostile-file-thread.ts", import.meta.url);
/** A short time is for what never ends, on any machine. Everything else may take as long as it likes. */
const readersFor = (ms: number) => openFileReaders(HOSTILE, { ms, msPerMegabyte: 0, heapMegabytes: 64 });
const [impatient, patient] = [readersFor(3_000), readersFor(PATIENCE_MS)];

function fileOf(...pieces: string[]): ImportFile {
  const all = pieces.map((text) => Buffer.from(text));
  return {
    size: all.reduce((sum, { length }) => sum + length, 0),
    async *pieces() {
      yield* all;
    },
  };
}

const ASKED = {
  manner: { format: "csv", encoding: "utf-8", markLength: 0, delimiter: "," },
  known: [],
  about: { kind: "contacts", delimiter: ",", columns: [{ name: "Email", field: "email" }] },
  lastRow: 1,
  batchSize: 2,
  withNames: false,
} as const;

const ENDINGS = {
  "never ends": [
    impatient,
    /^The file was not read: reading it took longer than the time limit of 3 seconds/,
  ],
  "eats memory": [patient, /^The file was not read: reading it needed more than 64 MB of memory\.$/],
  "ends the thread": [patient, /^The file was not read: the program that reads files crashed\.$/],
} as const;

for (const [what, [readers, sentence]] of Object.entries(ENDINGS))
  test(`a file that ${what} is refused with a sentence, when it is looked at and when it is read, and the next one is read`, async () => {
    const hostile = fileOf("Email\na@x.example\n", `${what}\n`);
    const says = (error: unknown) => {
      assert.ok(error instanceof Refusal);
      assert.equal(error.code, "import_reader_ended");
      assert.match(sentenceOf(error), sentence);
      return true;
    };
    await assert.rejects(readers.inspect("one", hostile, {}, "contacts"), says);
    await assert.rejects(Array.fromAsync(readers.rows(hostile, ASKED)), says);
    const { total, header } = await patient.inspect("one", fileOf("Email\nb@x.example\n"), {}, "contacts");
    assert.deepEqual([total, header], [1, ["Email"]]);
  });

test("a column whose guess never ends is refused with a sentence, one whose guess breaks is told, and the next file is read", async () => {
  await assert.rejects(
    impatient.inspect("one", fileOf("Wer\nguessed without end\n"), {}, "contacts"),
    (error: unknown) => error instanceof Refusal && ENDINGS["never ends"][1].test(sentenceOf(error)),
  );
  const broken = patient.inspect("one", fileOf("Wer\nbreaks the guess\n"), {}, "contacts");
  await assert.rejects(broken, /a file could not be read: Error: the guess broke/);
  for (const readers of [impatient, patient]) {
    const { columns } = await readers.inspect("one", fileOf("Wer\nb@x.example\n"), {}, "contacts");
    assert.deepEqual(columns[0]?.looksLike, ["email"]);
  }
});

test("while one team's files are worked on, the event loop is free and another team's are read", async () => {
  const end = join(mkdtempSync(join(tmpdir(), "cadenza-end-")), "end");
  const ended: number[] = [];
  const long = [1, 2].map(async () => {
    const { total } = await patient.inspect("one", fileOf(`Email\nworks until ${end}\n`), {}, "contacts");
    ended.push(total);
  });
  for (let n = 0; n < 5; n++)
    assert.equal((await patient.inspect("two", fileOf(`Email\n${n}@x.example\n`), {}, "contacts")).total, 1);
  assert.deepEqual(ended, [], "they end when the file is there, and it is written only now");
  writeFileSync(end, "");
  await Promise.all(long);
  assert.deepEqual(ended, [1, 1]);
});

test("rows come in batches, as often as they are opened, and those that say nothing are said with a reason", async () => {
  const file = fileOf("Email\na@x.exam", "ple\nb@x.example\nno address\n");
  const batches = await Array.fromAsync(ourFileReaders.rows(file, ASKED));
  assert.deepEqual(
    batches.map(({ lastRow }) => lastRow),
    [3, 4],
  );
  const [first, second] = batches;
  for (let time = 0; time < 2; time++)
    assert.deepEqual(
      first?.open().told.map(({ row, said }) => [row, (said as { email: string }).email]),
      [
        [2, "a@x.example"],
        [3, "b@x.example"],
      ],
    );
  assert.deepEqual(
    second?.open().skipped.map(({ row, code }) => [row, code]),
    [[4, "email_invalid"]],
  );
});

test("a source that fails, and a thread that cannot be started, are no fault of the file", async () => {
  const failing: ImportFile = {
    size: 1,
    // biome-ignore lint/correctness/useYield: it fails before it has anything to say
    async *pieces() {
      throw new Error("the database is away");
    },
  };
  await assert.rejects(ourFileReaders.inspect("one", failing, {}, "contacts"), /the database is away/);
  const broken = openFileReaders(new URL("file:///there/is/no/such.ts"));
  await assert.rejects(broken.inspect("one", fileOf("Email\n"), {}, "contacts"), /could not be started/);
});

const MEGABYTE = 1_048_576;

/** So much of a text again and again, in pieces as they come from the disk. */
const long = (head: string, text: string, bytes: number): ImportFile => {
  const piece = Buffer.from(text.repeat(Math.ceil(MEGABYTE / 4 / text.length)));
  const count = Math.ceil(bytes / piece.length);
  return {
    size: head.length + count * piece.length,
    async *pieces() {
      yield Buffer.from(head);
      for (let n = 0; n < count; n++) yield piece;
    },
  };
};

const LARGE = {
  "a hundred megabytes in one line": long("Email\n", "a".repeat(1_000), 100 * MEGABYTE),
  "a million tiny rows": long("Email,Note\n", "a,b\n", 4_000_000),
  "quotation marks that are never closed": long("Email\n", '"a""', 20 * MEGABYTE),
  "cells of tabs and formulas": long("Email,Note\n", `"${"\t ".repeat(500)}",'=1+1\n`, 20 * MEGABYTE),
};

/** The parser, and what makes of cells what a row says. */
const READS_FILES =
  /csv-parse|imports\/imports\/(?:reading|json-lines|understanding)\.ts|kernel\/csv-lines\.ts/;

const read = async (file: ImportFile) => {
  await ourFileReaders.inspect("one", file, {}, "contacts");
  const asked = { ...ASKED, batchSize: 50_000 };
  for await (const { lastRow } of ourFileReaders.rows(file, asked)) assert.ok(lastRow);
};

for (const [what, file] of Object.entries(LARGE))
  test(`no function that reads files runs in the server's own thread: ${what}`, async () => {
    const functions = await called(() =>
      read(file).catch((error: unknown) => assert.ok(error instanceof Refusal, String(error))),
    );
    const inReaders = functions.filter(({ file: from }) => from.endsWith("imports/run-in-worker.ts"));
    assert.ok(inReaders.length > 0, "what runs here is seen");
    assert.deepEqual(
      functions.filter(({ file: from }) => READS_FILES.test(from)),
      [],
    );
  });

/** Whatever says what a value looks like, of every kind of file. */
const LOOKS_AT_VALUES = new Set(
  Object.values(KINDS)
    .flatMap(({ targets }) => targets.flatMap(({ looks, must }) => [looks?.name, must?.name]))
    .concat("contentOf", "mostly", "typeFor", "looks", "must")
    .filter((name) => name !== undefined),
);

test("every kind of file is guessed for the fields that its columns may go to", () => {
  for (const [kind, { targets }] of Object.entries(KINDS)) assert.equal(TARGETS[kind as KindName], targets);
});

test("columns are placed in the server's own thread without looking at a value", async () => {
  const file = fileOf(`Wer,Firma,Status\na@x.example,Nord AB,${"9".repeat(2_000)}\n`);
  const fields = { own: [], choices: [] };
  const { columns } = await ourFileReaders.inspect("one", file, {}, "contacts");
  assert.deepEqual(columns[0]?.looksLike, ["email"]);
  let placed: unknown;
  const functions = await called(async () => {
    placed = mapColumns("contacts", columns, fields, undefined).map(({ field, foundBy }) => [field, foundBy]);
  });
  assert.deepEqual((placed as unknown[])[0], ["email", "content"]);
  assert.ok(
    functions.some(({ name }) => name === "placeColumns"),
    "what runs here is seen",
  );
  assert.deepEqual(
    functions.filter(({ name, file: from }) => LOOKS_AT_VALUES.has(name) || READS_FILES.test(from)),
    [],
  );
});

test("of what is shown long cells are cut, and what is wrong with their row is said all the same", async () => {
  const file = fileOf(`Email,Note\na@x.example,${"n".repeat(5_000)}\nb@x.example,${"n".repeat(5_000)}\0\n`);
  const { first, columns } = await ourFileReaders.inspect("one", file, {}, "contacts");
  assert.equal(first[0]?.cells[1], `${"n".repeat(2_000)}…`);
  assert.equal(columns[1]?.samples[0]?.length, 2_001);
  assert.deepEqual(
    first.map(({ fault }) => fault),
    [undefined, "cell_unreadable"],
  );
});
