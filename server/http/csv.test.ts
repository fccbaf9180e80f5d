import assert from "node:assert/strict";
import { test } from "node:test";
import { type CsvCell, disarmed, printLines, rearmed } from "../kernel/csv-lines.ts";
import { wantsCsv } from "./csv.ts";

test("a file is what they get who would rather have one", () => {
  const cases: [string | undefined, boolean][] = [
    [undefined, false],
    ["", false],
    ["*/*", false],
    ["application/json", false],
    ["text/*", false],
    ["text/csv", true],
    ["TEXT/CSV; charset=utf-8", true],
    ["text/csv, */*;q=0.1", true],
    ["text/csv;q=0.5, application/json", false],
    ["application/json;q=0.5, text/csv", true],
    ["text/csv;q=0", false],
    ["text/csv;q=nonsense", false],
    ["text/csvx", false],
  ];
  for (const [accept, wants] of cases) assert.equal(wantsCsv(accept), wants, String(accept));
});

test("a cell that a spreadsheet would run is made text, and one that would break the line is quoted", () => {
  const cases: [CsvCell, string][] = [
    ["plain", "plain"],
    [null, ""],
    ["", ""],
    [-1.5, "-1.5"],
    [true, "true"],
    ["=1+1", "'=1+1"],
    ["+47 22", "'+47 22"],
    ["-2", "'-2"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", "'\tx"],
    ["\r=x", '"\'\r=x"'],
    ["＝1+1", "'＝1+1"],
    ["＋47", "'＋47"],
    ["－2", "'－2"],
    ["＠SUM(A1)", "'＠SUM(A1)"],
    [" =1+1", "' =1+1"],
    ['"=1+1"', `"'""=1+1"""`],
    ["a=b", "a=b"],
    ["a;=1+1", "a;'=1+1"], // begins a cell where semicolons part them
    ["a; @SUM(A1)", "a; '@SUM(A1)"],
    ['a;"=1+1"', `"a;""'=1+1"""`],
    ["a\t-2", "a\t'-2"],
    ["Nordic; plants", "Nordic; plants"],
    ["a,b", '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ["two\nlines", '"two\nlines"'],
    ['=HYPERLINK("http://x.example","y")', '"\'=HYPERLINK(""http://x.example"",""y"")"'],
    ["Åse 🌲", "Åse 🌲"],
  ];
  for (const [cell, printed] of cases)
    assert.equal(printLines([[cell, "end"]]), `${printed},end\r\n`, JSON.stringify(cell));
});

test("what was made text is what it was when it is read again, whatever it was", () => {
  const signs = ["'", "=", ";", "\t", '"', " ", "\r", "a", "@"];
  let cells = [""];
  for (let length = 1; length <= 5; length++) {
    cells = cells.flatMap((cell) => signs.map((sign) => cell + sign));
    for (const cell of cells) {
      const printed = disarmed(cell);
      assert.equal(rearmed(printed), cell);
      assert.doesNotMatch(printed, /^["\s]*[=@]|[;\t]["\s]*[=@]/, JSON.stringify(cell));
    }
  }
  for (const cell of ["O'Brien", "'n Beetje", "it's = right", "rock 'n' roll"])
    assert.equal(rearmed(cell), cell);
});
