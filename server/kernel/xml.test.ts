import assert from "node:assert/strict";
import { test } from "node:test";
import { childOf, wordsIn } from "../domain/basics/xml-element.ts";
import { readXml } from "./xml.ts";

test("an element's name is read without its namespace, and words without what stands around them", () => {
  const read = readXml(
    '<?xml version="1.0"?><!-- hi --><a:Config xmlns:a="urn:x" Version="1.1"><a:Server> one &amp; two </a:Server><b><![CDATA[<c>]]></b></a:Config>',
  );
  assert.deepEqual([read?.name, read?.attributes.version], ["config", "1.1"]);
  assert.equal(wordsIn(read ?? undefined, "server"), "one & two");
  assert.equal(wordsIn(read ?? undefined, "b"), "<c>");
  assert.equal(childOf(read ?? undefined, "nothing", "here"), undefined);
});

test("entities that a file declares are not read, and a file that is too long or too deep is refused", () => {
  const bomb = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a><b>&y;</b><c>&#x26;</c></a>';
  assert.equal(wordsIn(readXml(bomb) ?? undefined, "b"), "&y;");
  assert.equal(wordsIn(readXml(bomb) ?? undefined, "c"), "&");
  const outside = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a><b>x</b></a>';
  assert.equal(wordsIn(readXml(outside) ?? undefined, "b"), "x");
  for (const much of [
    `<a>${"<b/>".repeat(3_000)}</a>`,
    "<a>".repeat(50),
    `<a>${"x".repeat(300_000)}</a>`,
    "",
    "no file at all",
  ])
    assert.equal(readXml(much), null, much.slice(0, 20));
});

test("a file that is cut off is read as far as it goes", () => {
  assert.equal(readXml("<a><b>x</b><c>")?.children.length, 2);
  assert.equal(readXml("<a></b></a>")?.name, "a");
});
