import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64, safeContentType, safeFileName } from "./attached-files.ts";

const NAMES: [string | undefined, string][] = [
  ["report.pdf", "report.pdf"],
  ["../../etc/passwd", "passwd"],
  ["C:\\temp\\offer.docx", "offer.docx"],
  ["a\r\nX-Evil: 1.txt", "aX-Evil 1.txt"],
  ["invoice\u202Efdp.exe", "invoicefdp.exe"],
  [".htaccess", "htaccess"],
  ["", "file"],
  ["..", "file"],
  [undefined, "file"],
  ["Übersicht für Björn.pdf", "Übersicht für Björn.pdf"],
  [`${"x".repeat(400)}.pdf`, `${"x".repeat(146)}.pdf`],
];
for (const [given, name] of NAMES)
  test(`${JSON.stringify(given)?.slice(0, 40)} is kept as ${name.slice(0, 40)}`, () =>
    assert.equal(safeFileName(given), name));

const TYPES: [string | undefined, string][] = [
  ["application/pdf", "application/pdf"],
  ["Text/Plain; charset=utf-8", "text/plain"],
  ["text/html\r\nX: y", "application/octet-stream"],
  ["multipart/mixed", "application/octet-stream"],
  ["message/rfc822", "application/octet-stream"],
  ["nonsense", "application/octet-stream"],
  [undefined, "application/octet-stream"],
];
for (const [given, type] of TYPES)
  test(`the type ${JSON.stringify(given)} counts as ${type}`, () =>
    assert.equal(safeContentType(given), type));

test("base64 is read strictly, with or without a data address", () => {
  assert.equal(fromBase64("aGk=")?.toString(), "hi");
  assert.equal(fromBase64("data:text/plain;base64,aGk=")?.toString(), "hi");
  assert.equal(fromBase64("aG\r\nk=")?.toString(), "hi");
  assert.equal(fromBase64("aGk"), null);
  assert.equal(fromBase64("a-k="), null);
});
