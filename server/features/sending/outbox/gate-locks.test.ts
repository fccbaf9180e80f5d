import assert from "node:assert/strict";
import { test } from "node:test";
import { LOCK_ORDER } from "../../../domain/gate/gate-rules.ts";
import { inLockOrder } from "./gate-locks.ts";

test("locks are taken in their one order, in whatever order they are written, and each answer has a name", async () => {
  const begun: string[] = [];
  const take = (kind: string) => async () => {
    begun.push(kind);
    await new Promise(setImmediate);
    return kind;
  };
  const taken = inLockOrder({
    message: take("message"),
    enrollment: take("enrollment"),
    mailbox: take("mailbox"),
    contact: take("contact"),
  });
  assert.deepEqual(begun, ["contact", "enrollment", "mailbox", "message"], "on their way together");
  assert.deepEqual(
    begun,
    LOCK_ORDER.filter((kind) => begun.includes(kind)),
  );
  assert.equal((await taken).enrollment, "enrollment");
});
