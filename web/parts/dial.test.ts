import assert from "node:assert/strict";
import { test } from "node:test";
import { dialHref } from "./dial.ts";

test("a number is dialed by the telephone of the machine unless the user has a dial link", () => {
  assert.equal(dialHref(null, "+47 22 12 34 56"), "tel:+4722123456");
  assert.equal(dialHref("sip:{number}@pbx.example.com", "(212) 555-0147"), "sip:2125550147@pbx.example.com");
  assert.equal(
    dialHref("https://phone.example.com/?to={number}", "+4722"),
    "https://phone.example.com/?to=%2B4722",
  );
});
