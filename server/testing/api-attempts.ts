// Emails that a provider's API left in doubt more than once: which of their attempts was it that sent them?

import assert from "node:assert/strict";
import { test } from "node:test";
import type { usingTokens } from "./api-mailboxes.ts";
import type { ApiFault } from "./api-peer.ts";
import { until } from "./sending.ts";

type Using = Pick<
  Awaited<ReturnType<typeof usingTokens>>,
  "mailbox" | "enroll" | "rowsOf" | "goOn" | "sql" | "allSent" | "noneTwice"
> & { peer: { faults: { push(fault: { at: "send"; how: ApiFault; of?: string }): unknown } } };

/** `hideLost`: makes that the provider cannot be asked right away what became of a draft whose answer was lost. */
export function tryAttempts(using: Using, hideLost: (email: string) => void) {
  test("an email whose second draft was found to be sent counts as sent by its second attempt", async () => {
    const { mailbox, enroll, peer, rowsOf, goOn, sql, allSent, noneTwice } = using;
    const { id, email } = await mailbox();
    peer.faults.push({ at: "send", how: "hang up", of: email });
    await enroll(id);
    await until(async () => (await rowsOf(id))[0]?.delivery === "unconfirmed");
    peer.faults.push({ at: "send", how: "lost", of: email });
    hideLost(email);
    await until(async () => {
      await goOn(id);
      const { rows } = await sql(
        "select from send_attempts where message_id in (select id from messages where mailbox_id = $1)",
        [id],
      );
      return rows.length >= 2;
    });
    await allSent(id, 1);
    noneTwice(email, 1);
    const { rows } = await sql(
      `select a.proved_absent_at is not null as is_absent, a.id = m.attempt_id as has_sent from send_attempts a
         join messages m on m.id = a.message_id where m.mailbox_id = $1 and a.outcome = 'ambiguous' order by a.started_at`,
      [id],
    );
    assert.deepEqual(rows, [
      { is_absent: true, has_sent: false },
      { is_absent: false, has_sent: true },
    ]);
  });
}
