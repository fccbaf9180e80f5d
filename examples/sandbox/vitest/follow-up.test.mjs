// Your integration against a sandbox, with Vitest. Run it with `npx vitest run --root vitest`.

import { startSandbox } from "@cadenza/sandbox";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { enroll } from "../enroll.mjs";

const STARTS_WITHIN_MS = 120_000;
let box;
let beginning;

beforeAll(async () => {
  box = await startSandbox({ at: "2027-01-04T09:00:00Z" });
  beginning = await box.snapshot();
}, STARTS_WITHIN_MS);
afterAll(() => box.stop());
beforeEach(() => box.restore(beginning));

test("a contact who answers the second email gets no third", { timeout: STARTS_WITHIN_MS }, async () => {
  await box.prospects([{ match: { step: 2 }, does: "reply", after: "PT3H", text: "Yes, call me." }]);
  await enroll(box, "ines@kunde.example");
  const { happened } = await box.advance({ days: 21 });
  expect(happened).toMatchObject({ "message.sent": 2, "message.replied": 1 });
});

test("a contact who is away gets the second email later", { timeout: STARTS_WITHIN_MS }, async () => {
  await box.prospects([{ match: { step: 1 }, does: "out_of_office", after: "PT1M", until: "2027-01-18" }]);
  await enroll(box, "ines@kunde.example");
  await box.advance({ until: "2027-01-17" });
  expect(await box.mails("ines@kunde.example")).toHaveLength(1);
  await box.advance({ days: 14 });
  expect(await box.mails("ines@kunde.example")).toHaveLength(3);
});
