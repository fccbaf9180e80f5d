import assert from "node:assert/strict";
import { test } from "node:test";
import { markedIn } from "./marked.ts";

const WHOLE = "Hello Ole,\r\nplease take me off your list.\r\n\r\nOn Monday Ole wrote:\r\n> please take me";
const SHOWN = "Hello Ole,\nplease take me off your list.";

const marks = (shown: string, evidence: Parameters<typeof markedIn>[2], where: "text" | "subject" = "text") =>
  markedIn(shown, WHOLE, evidence, where)
    .filter(({ rule }) => rule !== null)
    .map(({ text }) => text);

test("the words that decided are marked by their place in the whole mail, or by what is quoted of them", () => {
  const from = WHOLE.indexOf("take me off");
  const placed = { rule: "opts out", where: "text", quote: "", from, to: from + 11 };
  assert.deepEqual(marks(SHOWN, [placed]), ["take me off"]);
  assert.deepEqual(marks(SHOWN, [{ rule: "r", where: "text", quote: "… off your list …" }]), [
    "off your list",
  ]);
  assert.equal(
    markedIn(SHOWN, WHOLE, [placed], "text").reduce((text, part) => text + part.text, ""),
    SHOWN,
    "nothing is lost",
  );
});

test("what overlaps, what is elsewhere and what ties it to a mail of ours is not marked", () => {
  const evidence = [
    { rule: "a", where: "text", quote: "take me off your list" },
    { rule: "b", where: "text", quote: "off your" },
    { rule: "c", where: "text", quote: "not in it" },
    { rule: "answers us: message_id", where: "text", quote: "Hello" },
    { rule: "d", where: "header", quote: "please" },
    { rule: "e", where: "text", quote: SHOWN },
  ];
  assert.deepEqual(marks(SHOWN, evidence), ["take me off your list"]);
  assert.deepEqual(
    marks("Automatic reply", [{ rule: "s", where: "subject", quote: "Automatic" }], "subject"),
    ["Automatic"],
  );
});
