// What the Gmail API refuses: of the email, of the mailbox for a while, or of the sign-in.

import assert from "node:assert/strict";
import { test } from "node:test";
import { GMAIL, usingSignIns } from "../../testing/api-mailboxes.ts";
import { tryRefusals } from "../../testing/api-refusals.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { until } from "../../testing/sending.ts";
import { refused } from "../../testing/world.ts";

const using = await usingSignIns(GMAIL, { mailAllow: LOOPBACK });
const { peer, signIns, signedIn, team, enroll, goOn, rowsOf } = using;

test("people are asked for no more than the API needs, and the mailbox is tested with it", async () => {
  const { id, url, email: of } = await signedIn();
  const wanted =
    "https://www.googleapis.com/auth/gmail.compose https://www.googleapis.com/auth/gmail.readonly openid email";
  assert.equal(url.searchParams.get("scope"), wanted);
  const { emailAccounts } = team().api;
  const { email_account } = await emailAccounts.test({ id });
  assert.equal(email_account.connected_by, "gmail_api");
  // Who reads the mailbox asks for the profile too, and may meet the fault first.
  const testedWith = (how: { status: number; reason: string }) =>
    until(() => {
      peer.faults.push({ at: "profile", of, how });
      return emailAccounts.test({ id }).then(
        () => false as const,
        (refusal: { code?: string }) => refusal.code ?? "",
      );
    });
  assert.equal(await testedWith({ status: 400, reason: "failedPrecondition" }), "gmail_unreachable");
  assert.equal(await testedWith({ status: 403, reason: "accessNotConfigured" }), "gmail_auth_failed");
});

test("an account that Google lets in by neither SMTP nor IMAP is connected by the API, unless it was told otherwise", async () => {
  const { emailAccounts } = team().api;
  const told = { provider: "google", email_daily_threshold: null } as const;
  const finish = async (url: string, email: string) => {
    const { state = "", code = "" } = await signIns.consent(url, { email });
    return emailAccounts.finishSignIn({ state, code });
  };
  signIns.letsIn = false;
  const first = await emailAccounts.startSignIn(told);
  assert.match(first.sign_in.authorization_url, /mail\.google\.com/);
  const { email_account } = await finish(first.sign_in.authorization_url, "shut@norrland.example");
  assert.equal(email_account.connected_by, "gmail_api");
  const second = await emailAccounts.startSignIn({ ...told, connected_by: "smtp_imap" });
  const { code } = await refused(finish(second.sign_in.authorization_url, "shut2@norrland.example"));
  assert.match(String(code), /^(?:smtp|imap)_auth_failed$/);
  signIns.letsIn = true;
});

for (const at of ["drafts", "create", "send"] as const)
  test(`a token that Google refuses before its time (${at}) is renewed once, and the email goes out once`, async () => {
    const { id, box, email: of } = await signedIn();
    const whenMet = () => signIns.endAccess(of);
    peer.faults.push({ at, of, how: { status: 401, reason: "authError" }, whenMet });
    const asked = signIns.asked.length;
    await enroll(id);
    await until(async () => {
      await goOn(id);
      return (await rowsOf(id))[0]?.delivery === "sent";
    });
    assert.deepEqual([box.delivered.length, box.drafts.size], [1, 0]);
    const renewed = signIns.asked.slice(asked).filter((form) => form.get("grant_type") === "refresh_token");
    assert.equal(renewed[0]?.get("scope"), null);
  });

const refusal = (
  status: number,
  reason: string,
  rest: { message?: string; headers?: Record<string, string> } = {},
) => ({
  says: reason,
  how: { status, reason, ...rest },
});
const UNTIL_WHEN = "User-rate limit exceeded.  Retry after 2050-01-01T00:00:00.000Z (Mail sending)";
const RETRY_AFTER = { "retry-after": "900" };

tryRefusals(using, {
  ofTheMail: [
    { at: "create", ...refusal(400, "invalidArgument", { message: "Invalid To header" }) },
    { at: "send", ...refusal(400, "invalidArgument", { message: "Recipient address required" }) },
    { at: "create", ...refusal(413, "uploadTooLarge") },
    { at: "send", ...refusal(400, "invalidArgument") },
  ],
  limits: [
    { at: "send", ...refusal(403, "dailyLimitExceeded"), isLong: true },
    { at: "send", ...refusal(429, "userRateLimitExceeded", { message: UNTIL_WHEN }), isLong: true },
    { at: "send", ...refusal(403, "rateLimitExceeded", { headers: RETRY_AFTER }) },
  ],
  notTheirs: "gmail_not_at_google",
});
