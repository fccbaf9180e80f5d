import assert from "node:assert/strict";
import { test } from "node:test";
import { GATE } from "../../../../server/domain/gate/gate.ts";
import { dayTitle, ENDS_IT, standingOf } from "./words.ts";

const now = new Date(2026, 10, 20, 14, 0);
type Shown = Parameters<typeof standingOf>[0];
const mail = (rest: Partial<Shown>): Shown => ({
  status: "scheduled",
  delivery_confirmation: null,
  async_sending: false,
  schedule_delayed_reason: null,
  due_at: null,
  ...rest,
});
const at = (day: number, hour = 9) => new Date(2026, 10, day, hour).toISOString();

test("a mail's state is one word", () => {
  const cases: [Partial<Shown>, string][] = [
    [{}, "Scheduled"],
    [{ schedule_delayed_reason: "limit:mailbox_day" }, "On hold"],
    [{ schedule_delayed_reason: "email_unverified" }, "Will not be sent"],
    [{ async_sending: true }, "Sending"],
    [{ async_sending: true, delivery_confirmation: "unconfirmed" }, "Not confirmed"],
    [{ status: "failed" }, "Failed"],
    [{ status: "drafted" }, "Draft"],
  ];
  for (const [given, word] of cases) assert.equal(standingOf(mail(given)).word, word);
});

test("an email that will fail is not said to wait", () => {
  const failing = Object.entries(GATE).filter(([, { outcome }]) => outcome === "fail");
  assert.deepEqual(
    [...ENDS_IT],
    failing.map(([code]) => code),
  );
});

test("mails stand under the day they go out", () => {
  const cases: [Partial<Shown>, string][] = [
    [{ due_at: at(19) }, "Due before today"],
    [{ due_at: at(20, 0) }, "Today"],
    [{ due_at: at(21, 23) }, "Tomorrow"],
    [{ due_at: at(27) }, "27 Nov"],
    [{}, "No date"],
  ];
  for (const [given, title] of cases) assert.equal(dayTitle(mail(given), now), title);
});
