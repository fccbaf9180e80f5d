// What a provider's API refuses: of the email, of the mailbox for a while, or of the sign-in. Each says it in its own words.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { usingSignIns } from "./api-mailboxes.ts";
import type { ApiFault, ApiRefusal } from "./api-peer.ts";
import { until } from "./sending.ts";
import { SIGN_IN_CLIENT } from "./sign-in-peer.ts";
import { refused } from "./world.ts";

type Using = Omit<Awaited<ReturnType<typeof usingSignIns>>, "peer"> & {
  peer: { faults: { push(fault: { at: "create" | "send"; how: ApiFault; of?: string }): unknown } };
};
type Refused<At> = { at: At; says: string; how: ApiRefusal };

type Words = {
  /** Refused of the email alone. */
  ofTheMail: readonly Refused<"create" | "send">[];
  /** Of the mailbox, for a while. `isLong`: for longer than the test waits. */
  limits: readonly (Refused<"send"> & { isLong?: boolean })[];
  /** Of a mailbox that is another provider's. */
  notTheirs: string;
};

const PAGE = "<p>This network wants to be paid";
/** None of it is the provider's, and nothing was done. */
const OF_OTHERS: [what: string, at: "create" | "send", how: { says: string; status: number }][] = [
  ["a page with 400", "create", { says: PAGE, status: 400 }],
  ["a page with 400", "send", { says: PAGE, status: 400 }],
  ["a page with 403", "create", { says: PAGE, status: 403 }],
  ["a page with 403", "send", { says: PAGE, status: 403 }],
  ["a page with 202", "send", { says: PAGE, status: 202 }],
  ["an id of something else", "send", { says: '{"id": "welcome"}', status: 200 }],
];

export function tryRefusals(using: Using, { ofTheMail, limits, notTheirs }: Words) {
  const { api, peer, world, signedIn, enroll, goOn, mailboxRow, draftsOf, sql, rowsOf, signIns } = using;
  const messageRow = async (mailboxId: string) => (await rowsOf(mailboxId))[0];
  const goesOut = (id: string, delivered: readonly unknown[]) =>
    until(async () => {
      await goOn(id);
      return delivered.length === 1;
    });

  for (const { at, says, how } of ofTheMail)
    test(`an email that is refused as ${says} with ${how.status} at ${at} has failed, and no draft of it is left`, async () => {
      const { id, box, email: of } = await signedIn();
      peer.faults.push({ at, how, of });
      await enroll(id);
      await until(async () => {
        await goOn(id);
        return (await messageRow(id))?.delivery === "failed";
      });
      assert.match(String((await messageRow(id))?.failure_reason), new RegExp(says));
      assert.deepEqual([box.delivered.length, draftsOf(of)], [0, 0]);
    });

  for (const [what, at, how] of OF_OTHERS)
    test(`${what} in place of the answer at ${at} is believed in nothing: the email goes out later, once`, async () => {
      const { id, box, email: of } = await signedIn();
      peer.faults.push({ at, how: { ...how, isDone: false }, of });
      await enroll(id);
      await goesOut(id, box.delivered);
      await until(async () => (await messageRow(id))?.delivery === "sent");
      assert.deepEqual([(await mailboxRow(id)).is_active, draftsOf(of)], [true, 0]);
    });

  for (const { at, says, how, isLong } of limits)
    test(`a mailbox whose limit is reached (${says}) waits as long as it is told, says so, and then sends`, async () => {
      const { id, box, email: of } = await signedIn();
      peer.faults.push({ at, of, how });
      await enroll(id);
      await until(async () => (await mailboxRow(id)).backoff_until);
      const row = await mailboxRow(id);
      assert.match(String(row.backoff_reason), new RegExp(says));
      const restsMs = Number(row.backoff_until) - world.running.app.now().epochMilliseconds;
      assert.ok(restsMs > 600_000, `${restsMs}`);
      assert.equal(row.is_active, true);
      if (isLong) await sql("update mailboxes set backoff_until = null where id = $1", [id]);
      await goesOut(id, box.delivered);
    });

  test("a mailbox whose access was taken back holds its emails, with the reason", async () => {
    const { id, email, box } = await signedIn();
    // Nobody can be enrolled from a mailbox whose access was taken back: the email is there before, and waits.
    await sql("update mailboxes set backoff_until = 'infinity' where id = $1", [id]);
    await enroll(id);
    signIns.revoke(email);
    await sql("update mailboxes set backoff_until = null where id = $1", [id]);
    await until(async () => {
      await goOn(id);
      return (await mailboxRow(id)).is_active === false;
    });
    assert.equal((await mailboxRow(id)).inactive_reason, "sign in again");
    assert.equal(box.delivered.length, 0);
    const again = await signedIn(email);
    assert.equal(again.id, id);
    await goesOut(id, box.delivered);
  });

  test("a copy goes to its own recipient alone", async () => {
    const { id, box } = await signedIn();
    await enroll(id);
    await sql("update messages set cc_emails = '{lea@kraft.example}' where mailbox_id = $1", [id]);
    await until(async () => {
      await goOn(id);
      return box.delivered.length >= 1;
    });
    for (const { to } of box.delivered) assert.equal(to.length, 1);
  });

  test(`only mailboxes of ${api.provider} are connected by its API, and without servers`, async () => {
    const { emailAccounts, signInClients } = using.team().api;
    const { connected_by, type } = api;
    const wish = { email: "x@norrland.example", connected_by, oauth: { access_token: "t" } };
    assert.equal((await refused(emailAccounts.create(wish))).code, notTheirs);
    const smtp = { host: "mail.example", port: 465 };
    const both = refused(emailAccounts.create({ ...wish, type, smtp }));
    assert.equal((await both).code, "graph_without_servers");
    const provider = api.provider === "google" ? "microsoft" : "google";
    await signInClients.save({ provider, ...SIGN_IN_CLIENT });
    assert.equal((await refused(emailAccounts.startSignIn({ provider, connected_by }))).code, notTheirs);
  });
}
