import assert from "node:assert/strict";
import { test } from "node:test";
import { readableUserAgent } from "./user-agent.ts";

const CASES: [string | null, string | null][] = [
  [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36",
    "Chrome on Linux",
  ],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15", "Apple Mail on iOS"],
  [
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
    "Edge on Windows",
  ],
  [
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "Gmail's image proxy on Windows",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1 Version/17 Safari/605.1",
    "Safari on Mac",
  ],
  ["curl/8.1", "A program"],
  ["", null],
  ["???", null],
  [null, null],
];

for (const [text, says] of CASES)
  test(`${text} reads as ${says}`, () => {
    assert.equal(readableUserAgent(text), says);
  });
