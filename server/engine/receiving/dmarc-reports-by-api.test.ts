// Reports of receivers that arrive in a mailbox which is read by a provider's API are read as by IMAP.

import assert from "node:assert/strict";
import { test } from "node:test";
import { GMAIL, GRAPH, usingTokens } from "../../testing/api-mailboxes.ts";
import { readingByApi } from "../../testing/api-reading.ts";
import { reportLetter } from "../../testing/dmarc-reports.ts";

const domain = "norrland.example";
const config = { engineLoops: 2, imapPollMs: 200 };

for (const using of [await usingTokens(GMAIL, config), await usingTokens(GRAPH, config)])
  test(`by ${using.api.name}: each report counts once, and none is taken for a reply`, async () => {
    const { person, allRead } = readingByApi(using);
    const one = await person();
    const day = 86_400;
    const begin = Math.floor(using.world.running.app.now().epochMilliseconds / 1000 / day - 2) * day;
    const rows = [
      { ip: "192.0.2.9", count: 40 },
      { ip: "203.0.113.7", count: 2, dkim: "fail", spf: "fail" },
    ] as const;
    const deliver = (id: string, headers: string[] = []) =>
      using.peer.deliver(one.mailboxEmail, reportLetter("google", { domain, id, begin, rows }, headers));
    deliver("r.1");
    deliver("r.2");
    deliver("r.2", ["X-Again: 1"]);
    await allRead(one, 3);
    const { rows: kinds } = await using.sql(
      "select distinct kind from incoming_mails where mailbox_id = $1",
      [one.mailboxId],
    );
    assert.deepEqual(kinds, [{ kind: "unrelated" }]);
    const { dmarc } = await using.team().api.sendingDomains.dmarc({ domain, days: 30 });
    assert.deepEqual([dmarc.emails, dmarc.passed], [84, 80]);
    const { pagination } = await using.team().api.sendingDomains.reports({ domain });
    assert.equal(pagination.total_entries, 2);
  });
