// Your integration against a sandbox, with node:test. Run it with `node --test node-test/*.test.mjs`.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startSandbox } from "@cadenza/sandbox";
import { enroll } from "../enroll.mjs";

let box;
before(async () => {
  box = await startSandbox({ at: "2027-01-04T09:00:00Z" });
});
after(() => box.stop());

test("a contact who answers the second email gets no third", async () => {
  await box.prospects([{ match: { step: 2 }, does: "reply", after: "PT3H", text: "Yes, call me." }]);
  await enroll(box, "ines@kunde.example");
  const { happened } = await box.advance({ days: 21 });
  assert.equal(happened["message.sent"], 2);
  assert.equal(happened["message.replied"], 1);
  const mails = await box.mails("ines@kunde.example");
  assert.deepEqual(
    mails.map(({ subject }) => subject),
    ["Mail 1", "Mail 2"],
  );
});
