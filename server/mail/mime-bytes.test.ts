import assert from "node:assert/strict";
import { test } from "node:test";
import MailComposer from "nodemailer/lib/mail-composer";
import { chanceFrom } from "../sample/chance.ts";
import { bytesOf } from "./mime-bytes.ts";

const PIECES = [
  "word ",
  "åäö ",
  "日本語",
  "=3D",
  ".",
  "\n",
  "\n.\n",
  "\t",
  "  \n",
  "x".repeat(90),
  "😀",
  "<b>bold</b>",
  "\u00a0",
  "=",
];
const seed = Number(process.env.SEED ?? 7);
const chance = chanceFrom(seed);

function text(most: number) {
  return Array.from({ length: chance.whole(0, most) }, () => chance.pick(PIECES)).join("");
}

function mail() {
  const attachment = () => ({
    filename: chance.pick(["a.txt", "förslag.pdf", 'a "b".txt']),
    contentType: chance.pick(["text/plain", "application/pdf"]),
    content: Buffer.from(text(40)),
    contentTransferEncoding: "base64" as const,
    ...(chance.happens(0.3) && { cid: "logo@norrland.example" }),
  });
  const [hasText, hasHtml] = chance.pick([
    [true, true],
    [true, false],
    [false, true],
  ] as const);
  return {
    from: { name: "Inès Å", address: "ines@norrland.example" },
    to: [{ name: text(3), address: "ola@kund.example" }],
    subject: text(8).replace(/\s+/g, " "),
    messageId: "<a@norrland.example>",
    date: new Date(1_700_000_000_000),
    ...(hasText && { text: text(chance.pick([5, 300])) }),
    ...(hasHtml && { html: text(chance.pick([5, 300])) }),
    attachments: Array.from({ length: chance.pick([0, 0, 1, 3]) }, attachment),
    baseBoundary: "fixed",
    newline: "\r\n",
  };
}

/** Where a long line is folded is a matter of taste; what it says unfolded is not. */
function unfolded(raw: Buffer) {
  return raw.toString().replaceAll("=\r\n", "");
}

test("the bytes are the library's own but for its folds, whatever is in the mail", async () => {
  for (let i = 0; i < 400; i += 1) {
    const parts = mail();
    const own = await bytesOf(parts);
    const theirs = await new MailComposer(parts).compile().build();
    assert.equal(unfolded(own), unfolded(theirs), `seed ${seed}, mail ${i}: ${JSON.stringify(parts)}`);
    const body = own.subarray(own.indexOf("\r\n\r\n")).toString();
    assert.ok(body.split("\r\n").every((line) => line.length <= 76 || /[Nn]ame|boundary/.test(line)));
  }
});
