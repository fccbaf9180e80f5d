// Where the email of a placement test arrived in seed mailboxes that are read by a provider's API: the inbox, one of its tabs, spam,
// or another folder.

import assert from "node:assert/strict";
import { test } from "node:test";
import { authResultsIn } from "../../../domain/sending/auth-results.ts";
import { placeOf } from "../../../domain/sending/placement.ts";
import { GMAIL, GRAPH, usingTokens } from "../../../testing/api-mailboxes.ts";
import { openMailbox } from "../../mailboxes/mailboxes/open-mailbox.ts";

const RESULTS = "mx.seed.example; spf=pass smtp.mailfrom=x; dkim=fail header.d=x; dmarc=pass header.from=x";

const rawOf = (id: string) =>
  Buffer.from(
    `Authentication-Results: ${RESULTS}\r\nFrom: nina@norrland.example\r\nSubject: Test\r\nMessage-ID: ${id}\r\n\r\nHello.\r\n`,
  );

const idOf = (name: string) => `<${name}@norrland.example>`;

type Using = Pick<Awaited<ReturnType<typeof usingTokens>>, "world" | "team">;

/** As a look into a seed writes it down, by the first part of the Message-ID. */
async function placesIn({ world, team }: Using, mailboxId: string, names: readonly string[]) {
  const { app } = world.running;
  const opened = await openMailbox(app, team().id, mailboxId);
  assert.ok(opened.kind === "open" && opened.servers.imap);
  const look = await app.mail.findPlaced(opened.servers.imap, names.map(idOf));
  assert.ok(look.kind === "looked", JSON.stringify(look));
  return names.map((name) => {
    const found = look.found.get(idOf(name));
    if (!found) return [name, "missing"];
    const { place, folder } = placeOf(found);
    assert.deepEqual(authResultsIn(found.authResults), { spf: "pass", dkim: "fail", dmarc: "pass" });
    return [name, place, folder];
  });
}

const google = await usingTokens(GMAIL);

test("Gmail: the inbox, each of its tabs, spam, the bin and the archive are told apart", async () => {
  const { id, email } = await google.mailbox();
  const labels = {
    first: ["INBOX", "CATEGORY_PERSONAL"],
    promotions: ["INBOX", "CATEGORY_PROMOTIONS"],
    social: ["INBOX", "CATEGORY_SOCIAL"],
    updates: ["INBOX", "CATEGORY_UPDATES"],
    forums: ["INBOX", "CATEGORY_FORUMS"],
    spam: ["SPAM", "CATEGORY_PROMOTIONS"],
    bin: ["TRASH"],
    archived: ["CATEGORY_UPDATES"],
  };
  for (const [name, labelIds] of Object.entries(labels))
    google.peer.deliver(email, rawOf(idOf(name))).labelIds = labelIds;
  assert.deepEqual(await placesIn(google, id, [...Object.keys(labels), "lost"]), [
    ["first", "inbox", "INBOX"],
    ["promotions", "tab", "promotions"],
    ["social", "tab", "social"],
    ["updates", "tab", "updates"],
    ["forums", "tab", "forums"],
    ["spam", "spam", "SPAM"],
    ["bin", "folder", "TRASH"],
    ["archived", "folder", "All Mail"],
    ["lost", "missing"],
  ]);
});

const microsoft = await usingTokens(GRAPH);

test("Microsoft Graph: the inbox, what it shows as other, junk, the archive and deleted items are told apart", async () => {
  const { id, email } = await microsoft.mailbox();
  const folders = {
    focused: "inbox",
    other: "inbox",
    junk: "junkemail",
    kept: "archive",
    thrown: "deleteditems",
  };
  for (const [name, folder] of Object.entries(folders))
    microsoft.peer.deliver(email, rawOf(idOf(name)), folder).isOther = name === "other";
  assert.deepEqual(await placesIn(microsoft, id, [...Object.keys(folders), "lost"]), [
    ["focused", "inbox", "inbox"],
    ["other", "tab", "other"],
    ["junk", "spam", "junkemail"],
    ["kept", "folder", "archive"],
    ["thrown", "folder", "deleteditems"],
    ["lost", "missing"],
  ]);
});
