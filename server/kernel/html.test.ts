import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanHtml, readableText, textOf } from "./html.ts";

test("what runs, fetches or hides is removed; what was written stays", () => {
  const cases: [string, string][] = [
    ["<p>Hi {{first_name}}</p>", "<p>Hi {{first_name}}</p>"],
    ["<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"],
    ['<a href="javascript:alert(1)">x</a>', "<a>x</a>"],
    ['<a href=" JaVa&#x09;Script:alert(1)">x</a>', "<a>x</a>"],
    ['<a href="data:text/html,x">x</a>', "<a>x</a>"],
    ['<a href="vbscript:x">x</a>', "<a>x</a>"],
    ['<a href="//evil.test/x">x</a>', "<a>x</a>"],
    ['<a href="https://a.test/?n={{first_name}}">x</a>', '<a href="https://a.test/?n={{first_name}}">x</a>'],
    ['<a href="mailto:a@b.test">x</a>', '<a href="mailto:a@b.test">x</a>'],
    ['<img src="data:image/svg+xml,x" alt="a" />', '<img alt="a" />'],
    ['<img src="https://a.test/a.png" onerror="x()" />', '<img src="https://a.test/a.png" />'],
    ["<p onclick=x>a</p>", "<p>a</p>"],
    ['<p style="color:red;background-image:url(https://a.test)">a</p>', '<p style="color:red">a</p>'],
    ["<svg><a>x</a></svg><form><input>y</form>", "<a>x</a>y"],
    ["<html><head><title>t</title></head><body>z</body></html>", "z"],
    ["a & b < c", "a &amp; b &lt; c"],
    ["{{#if x}}<b>{{company}}</b>{{/if}}", "{{#if x}}<b>{{company}}</b>{{/if}}"],
  ];
  for (const [given, kept] of cases) assert.equal(cleanHtml(given), kept, given);
});

test("cleaning what is clean changes nothing", () => {
  for (const html of ['<p style="color:red">&amp; a</p>', '<a href="https://a.test/?a=1&amp;b={{x}}">l</a>'])
    assert.equal(cleanHtml(cleanHtml(html)), cleanHtml(html));
});

test("the plain text reads as the mail does", () => {
  const cases: [string, string][] = [
    ["<p>Hi {{first_name}},</p><p>one<br>two</p>", "Hi {{first_name}},\n\none\ntwo"],
    ["<ul><li>a</li><li>b</li></ul>", "- a\n- b"],
    ['See <a href="https://a.test/?a=1&amp;b=2">this</a>.', "See this (https://a.test/?a=1&b=2)."],
    ['<a href="https://a.test">https://a.test</a>', "https://a.test"],
    ["a &amp; b &lt; c &amp;lt;", "a & b < c &lt;"],
    ["<script>x</script>", ""],
    ["<p>&nbsp;</p>", ""],
    ["plain\ntext", "plain text"],
    ["<h1>a</h1><div>b</div><div>c</div>", "a\n\nb\nc"],
    ["<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>d", "1. a\n2. b\n- c\n\nd"],
    ["<p>a</p><p><br></p><p>b</p>", "a\n\nb"],
    ["<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"],
    [
      '<a href="mailto:a@b.test">a@b.test</a>, <a href="https://a.test"><img src="https://a.test/x.png" alt="Logo"></a>',
      "a@b.test, Logo (https://a.test)",
    ],
    ["<pre>a  b\n c</pre>", "a  b\nc"],
    ["<b>a</b> <i>b</i>,<span> c</span>", "a b, c"],
    ["a<hr>b", "a\n---\nb"],
    ["شركة <b>النور</b> 👋🏽", "شركة النور 👋🏽"],
  ];
  for (const [html, text] of cases) assert.equal(textOf(html), text, html);
});

test("what a stranger nests without end is read as far as an email goes", () => {
  assert.equal(readableText(`Hello${"<b>".repeat(9_999)}, Ada`), "Hello, Ada");
  assert.equal(readableText(`Hello${"<b>".repeat(10_001)}, Ada`), "Hello");
});
