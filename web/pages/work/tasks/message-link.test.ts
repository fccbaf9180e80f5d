import assert from "node:assert/strict";
import { test } from "node:test";
import { messageLink, numbersForMessages, type Phone } from "./message-link.ts";

const phone = (raw_number: string, rest: Partial<Phone> = {}): Phone => ({
  raw_number,
  sanitized_number: null,
  type: "mobile",
  ...rest,
});

test("a text message opens with its number and its text, whatever signs are in it", () => {
  const ours = phone("(212) 555-0147", { sanitized_number: "+12125550147" });
  assert.equal(
    messageLink("sms", ours, "Hi & hello?\nInes"),
    "sms:+12125550147?body=Hi%20%26%20hello%3F%0AInes",
  );
  assert.equal(messageLink("sms", ours, ""), "sms:+12125550147");
  assert.equal(messageLink("sms", phone("030 / 123 45"), ""), "sms:03012345");
});

test("WhatsApp takes numbers with their country code, without the plus sign", () => {
  const ours = phone("+49 151 2345678");
  assert.equal(messageLink("whatsapp", ours, "Hi"), "https://wa.me/491512345678?text=Hi");
  assert.equal(messageLink("whatsapp", phone("0151 2345678"), "Hi"), null);
});

test("no sign of a number reaches the address", () => {
  assert.equal(messageLink("whatsapp", phone('+49151?text=x&"<'), ""), "https://wa.me/49151");
});

test("mobile numbers come first, and the company's own number is left out", () => {
  const phones = [phone("1", { type: "work_hq" }), phone("2", { type: "other" }), phone("3")];
  assert.deepEqual(
    numbersForMessages(phones).map(({ raw_number }) => raw_number),
    ["3", "2"],
  );
});
