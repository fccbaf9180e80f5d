// What Microsoft Graph refuses: of the email, of the mailbox for a while, or of the sign-in.

import assert from "node:assert/strict";
import { test } from "node:test";
import { GRAPH, usingSignIns } from "../../testing/api-mailboxes.ts";
import { tryRefusals } from "../../testing/api-refusals.ts";
import { until } from "../../testing/sending.ts";
import { refused } from "../../testing/world.ts";

const using = await usingSignIns(GRAPH);
const { peer, signIns, signedIn, team, enroll, goOn } = using;

test("people are asked for the permissions of Graph, and the mailbox is tested with them", async () => {
  const { id, url, email: of } = await signedIn();
  assert.match(url.searchParams.get("scope") ?? "", /\/Mail\.Send .*\/Mail\.ReadWrite .*offline_access/);
  const { emailAccounts } = team().api;
  const { email_account } = await emailAccounts.test({ id });
  assert.equal(email_account.connected_by, "microsoft_graph");
  peer.faults.push({ at: "inbox", of, how: { status: 404, code: "MailboxNotEnabledForRESTAPI" } });
  assert.equal((await refused(emailAccounts.test({ id }))).code, "graph_unreachable");
  peer.faults.push({ at: "inbox", of, how: { status: 403, code: "ErrorAccessDenied" } });
  assert.equal((await refused(emailAccounts.test({ id }))).code, "graph_auth_failed");
});

test("a token that Microsoft refuses before its time is renewed", async () => {
  const { id, box, email: of } = await signedIn();
  const whenMet = () => signIns.endAccess(of);
  peer.faults.push({ at: "find", of, how: { status: 401, code: "InvalidAuthenticationToken" }, whenMet });
  const asked = signIns.asked.length;
  await enroll(id);
  await until(async () => {
    await goOn(id);
    return box.delivered.length === 1;
  });
  const renewed = signIns.asked.slice(asked).find((form) => form.get("grant_type") === "refresh_token");
  assert.match(renewed?.get("scope") ?? "", /\/Mail\.Send \S+\/Mail\.ReadWrite offline_access/);
});

const refusal = (status: number, code: string, headers = {}) => ({
  says: code,
  how: { status, code, headers },
});
const RETRY_AFTER = { "retry-after": "900" };

tryRefusals(using, {
  ofTheMail: [
    { at: "create", ...refusal(400, "ErrorInvalidRecipients") },
    { at: "send", ...refusal(400, "ErrorInvalidRecipients") },
    { at: "send", ...refusal(403, "ErrorSendAsDenied") },
    { at: "create", ...refusal(413, "RequestEntityTooLarge") },
  ],
  limits: [
    { at: "send", ...refusal(403, "ErrorExceededMessageLimit", RETRY_AFTER) },
    { at: "send", ...refusal(429, "ApplicationThrottled", RETRY_AFTER) },
  ],
  notTheirs: "graph_not_at_microsoft",
});
