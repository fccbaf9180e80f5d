import assert from "node:assert/strict";
import { test } from "node:test";
import { letterOf } from "./letter.ts";

const where = { on: "21 November 2026", url: "https://sales.example/reports?view=1" };

test("names are shown as they are written, and run nowhere", () => {
  const lines = [
    ["a", "<b>Kraft & Co</b>", 1200],
    ["b", "=1+1", null],
  ];
  const letter = letterOf(
    { name: "Wins\r\nBcc: x@y.example", columns: ["key", "name", "sent"], lines },
    where,
  );
  assert.equal(letter.subject, "Wins Bcc: x@y.example, 21 November 2026");
  assert.ok(letter.html.includes("&lt;b&gt;Kraft &amp; Co&lt;/b&gt;") && letter.html.includes("1,200"));
  assert.equal(letter.csv, "key,name,sent\r\na,<b>Kraft & Co</b>,1200\r\nb,'=1+1,\r\n");
  assert.match(letter.text, /b\t=1\+1\t–/);
});

test("a long report shows its beginning, says how much there is, and is whole in the file", () => {
  const lines = Array.from({ length: 1_200 }, (_, n) => [`day ${n}`, n]);
  const letter = letterOf({ name: "Days", columns: ["day", "sent"], lines }, where);
  assert.ok(letter.html.includes("day 49") && !letter.html.includes("day 50<"));
  assert.ok(letter.html.includes("1,150 more rows are in the attached file."));
  assert.equal(letter.csv.split("\r\n").length, 1_202);
});
