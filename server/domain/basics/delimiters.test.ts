import assert from "node:assert/strict";
import { test } from "node:test";
import { sniffDelimiter } from "./delimiters.ts";

for (const [says, text, expected] of [
  ["commas", "email,name\na@b.no,Ole\n", ","],
  ["semicolons, though there are commas in the cells", "name;city\nDahl, Ole;Oslo\nLund, Ada;Moss\n", ";"],
  ["tabs", "email\tname\na@b.no\tOle\n", "\t"],
  ["pipes", "email|name\na@b.no|Ole\n", "|"],
  ["colons, though no cell may hold an address of the web", "email:name\na@b.no:Ole\n", ":"],
  ["a comma where colons stand in times only", "when,who\n10:30,Ole\n11:00,Ada\n", ","],
  ["signs inside quotes do not count", 'name,lists\n"a;b;c",x\n"d;e;f",y\n', ","],
  ["a single column is parted by nothing, and read with commas", "email\na@b.no\nb@c.no\n", ","],
  ["a line that is cut off does not count", "a;b;c\n1;2;3\n4;5,6,7,8", ";"],
  ["what a first line says, whatever looks better", "sep=;\na,b;c,d\n1,2;3,4\n", ";"],
  ["a first line that says a tab", '"sep=\t"\r\na\tb\r\n', "\t"],
  ["a first line that says no delimiter", "sep=x\na;b\n1;2\n", ";"],
  ["nothing", "", ","],
] as const) {
  test(says, () => assert.equal(sniffDelimiter(text), expected));
}
