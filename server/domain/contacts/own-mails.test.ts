import assert from "node:assert/strict";
import { test } from "node:test";
import { copiesAmong, type Recipient, whyNotToSend } from "./own-mails.ts";

const to = (email: string): Recipient => ({ email, kind: "to" });
const cc = (email: string): Recipient => ({ email, kind: "cc" });
const bcc = (email: string): Recipient => ({ email, kind: "bcc" });

const CASES: [says: string, recipients: Recipient[], expected: ReturnType<typeof copiesAmong>][] = [
  ["the contact gets no copy", [to("Ines@kraft.example")], { cc: [], bcc: [], invalid: [] }],
  [
    "others in to get an open one",
    [to("ines@kraft.example"), to("bo@kraft.example")],
    { cc: ["bo@kraft.example"], bcc: [], invalid: [] },
  ],
  [
    "each address once, as it is named first",
    [cc("bo@kraft.example"), bcc("BO@kraft.example")],
    { cc: ["bo@kraft.example"], bcc: [], invalid: [] },
  ],
  ["hidden ones stay hidden", [bcc(" crm@example.no ")], { cc: [], bcc: ["crm@example.no"], invalid: [] }],
  [
    "what is no address is named",
    [to("nobody"), cc("a@b.example\r\nBcc: c@d.example")],
    { cc: [], bcc: [], invalid: ["nobody", "a@b.example\r\nBcc: c@d.example"] },
  ],
];

for (const [says, recipients, expected] of CASES)
  test(says, () => assert.deepEqual(copiesAmong(recipients, "ines@kraft.example"), expected));

test("what was sent or is on its way is not sent again", () => {
  const answers = ["draft", "planned", "failed", "sent", "claimed", "dot", "unconfirmed"].map((delivery) =>
    whyNotToSend({ delivery, bodyHtml: "<p>Hello</p>", enrollmentId: null }),
  );
  const busy = "message_being_sent";
  assert.deepEqual(answers, [null, null, null, "message_sent_already", busy, busy, busy]);
});

test("an email whose text was deleted is sent again only where its step writes it", () => {
  const gone = { delivery: "failed", bodyHtml: null };
  assert.equal(whyNotToSend({ ...gone, enrollmentId: null }), "message_text_deleted");
  assert.equal(whyNotToSend({ ...gone, enrollmentId: "64f0aa0000000000000000cc" }), null);
  assert.equal(whyNotToSend({ delivery: "draft", bodyHtml: null, enrollmentId: null }), null);
});
