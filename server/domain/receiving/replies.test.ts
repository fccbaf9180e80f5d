import assert from "node:assert/strict";
import { test } from "node:test";
import { addressesNamed, type ReplyClass, replyClassOf } from "./replies.ts";

const CASES: [text: string, expected: ReplyClass][] = [
  ["Yes please, send details.", "interested"],
  ["I'm currently traveling, but yes, let's set something up for next week.", "interested"],
  ["I am not interested.", "not_interested"],
  ["We already use a competitor.", "not_interested"],
  ["Danke, aber wir haben kein Interesse.", "not_interested"],
  ["Haben Sie Referenzen?", "question"],
  ["I'm no longer in this role, please contact sven@norrland.example", "referral"],
  ["I'm no longer in this role.", "not_right_person"],
  ["You want to talk to Sven, sven@norrland.example", "referral"],
  ["Noted.", "none"],
  ["", "none"],
];

test("a reply is of a class where a phrase says so, and of none otherwise", () => {
  for (const [text, expected] of CASES) assert.equal(replyClassOf(text).replyClass, expected, text);
});

test("names say nothing: neither who is greeted nor who signs", () => {
  for (const sender of ["Marta", "Marta Kowalska", "Ada", "Wim"])
    for (const name of ["Yuki", "Ole", "Yuki Tanaka", "Noor van Dijk", "No Lee"]) {
      const text = `Hi ${sender},\n\nwhat happens where we have no network on the shop floor?\n\n${name}`;
      assert.equal(replyClassOf(text).replyClass, "question", text);
    }
  assert.equal(replyClassOf("Hi Marta,\n\nInterested\n\nYuki").replyClass, "interested");
});

test("addresses that are named are those we do not know yet", () => {
  const text = "Write to Sven@Norrland.example or ole@fjordlys.example, not to sven@norrland.example again.";
  assert.deepEqual(addressesNamed(text, new Set(["ole@fjordlys.example"])), ["sven@norrland.example"]);
});
