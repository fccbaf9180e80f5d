// Many mails at once, by keys: the inbox is emptied, read anew and put back; the outbox is put off, held back and sent.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { plantIncoming } from "../../server/testing/incoming.ts";
import { newContact, newMailbox } from "../../server/testing/sequenced.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  undo,
  useBrowser,
} from "./browser.ts";

const MANY = 60; // more than a page of either list
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe("many mails", () => {
  let team: Team;
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam();
    await plantAnswers(team);
    await plantDrafts(team);
  });
  const browser = useBrowser();

  /** One whole answer, and as many like it as make a list long. */
  async function plantAnswers(own: Team) {
    const { id } = await plantIncoming(world, own);
    await asOwner(world, (client) =>
      client.query(
        `insert into incoming_mails select (jsonb_populate_record(i, jsonb_build_object(
                'id', new_ident(), 'from_name', 'Writer ' || n, 'contact_id', null, 'message_id', null, 'enrollment_id', null,
                'uid', 100000 + n, 'content_key', 'many ' || n,
                'received_at', i.received_at - n * interval '1 minute'))).*
           from incoming_mails i, generate_series(2, $2::int) n where i.id = $1`,
        [id, MANY],
      ),
    );
  }

  async function plantDrafts(own: Team) {
    await newMailbox(own);
    for (let n = 1; n <= 3; n++) {
      const contact_id = await newContact(own, { first_name: "Reader", last_name: `No${n}` });
      const wish = { contact_id, subject: `Letter ${n}`, body_html: "<p>Hello</p>" };
      const { emailer_message } = await own.api.emailerMessages.create(wish);
      const due_at = new Date(Date.now() + n * 86_400_000).toISOString();
      await own.api.emailerMessages.update({ id: emailer_message.id, due_at });
    }
  }

  const open = async () => (await team.api.incomingMails.list({ is_open: true })).pagination.total_entries;
  const scheduled = async () => {
    const wish = {
      emailer_message_stats: ["scheduled" as const],
      sort_by_field: "due_at",
      sort_ascending: true,
    };
    return (await team.api.emailerMessages.search(wish)).emailer_messages;
  };
  const chosen = (page: Page, says: string) =>
    page.getByRole("region", { name: "Selected emails" }).getByText(says, { exact: true });

  test("are seen to by keys, all of them by a wish, and put back", async () => {
    const { page, leave } = await browser.visit(world.url);
    const { keyboard } = page;
    await signInByHand(page, team.owner);
    await keyboard.press("g");
    await keyboard.press("i");
    await page.getByText(`${MANY} emails need a reply.`).waitFor();
    await keyboard.press("x");
    await chosen(page, "1 email").waitFor();
    await keyboard.press("j");
    await keyboard.press("x");
    await chosen(page, "2 emails").waitFor();
    await assertAccessible(page, "an inbox with two chosen");
    await picture(page, "light-inbox-chosen");
    await keyboard.press("Escape");
    await chosen(page, "2 emails").waitFor({ state: "detached" });
    await keyboard.press("x");
    await page.getByRole("button", { name: `Select all ${MANY}` }).click();
    await chosen(page, `${MANY} emails`).waitFor();
    await keyboard.press("e");
    await page.getByText(`${MANY} emails marked as done.`).waitFor();
    await page.getByText("Nothing needs a reply.").waitFor();
    assert.equal(await open(), 0);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    await page.getByText(`${MANY} emails need a reply.`).waitFor();
    assert.equal(await open(), MANY);
    await leave();
  });

  test("are read as something else once it is seen for how many that goes, and read back", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/inbox");
    const [first] = (await team.api.incomingMails.list({ is_open: true })).incoming_mails;
    await page
      .getByRole("button", { name: first?.contact?.name ?? "" })
      .first()
      .waitFor();
    await page.keyboard.press("x"); // the one that is open: the newest, of a contact we mailed
    await page.keyboard.press("j");
    await page.keyboard.press("x"); // a stranger's
    await page.getByRole("button", { name: "Change type …" }).click();
    await page.getByRole("option", { name: "Automatic reply" }).click();
    const dialog = page.getByRole("dialog", { name: "Change type to: automatic reply" });
    await dialog.getByText("1 email will be changed.").waitFor();
    await dialog
      .getByText(/1: This email does not belong to any contact or sent email of your team/)
      .waitFor();
    await assertAccessible(page, "many mails, tried");
    await picture(page, "light-inbox-tried");
    await dialog.getByRole("button", { name: "Change 1 email" }).click();
    await page.getByText("1 email changed to: automatic reply.").waitFor();
    const kind = async () => (await team.api.incomingMails.get({ id: first?.id ?? "" })).incoming_mail.kind;
    assert.equal(await kind(), "auto_reply");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    assert.equal(await kind(), "reply");
    await leave();
  });

  test("are put off and put back, held back and put back, and sent", async () => {
    const { page, leave } = await browser.visit(world.url);
    const { keyboard } = page;
    const before = (await scheduled()).map(({ due_at }) => Date.parse(due_at ?? ""));
    assert.equal(before.length, 3);
    await signIn(page, team.owner);
    await page.goto("/outbox");
    await page.getByRole("button", { name: /Reader No1/ }).waitFor();
    await keyboard.press("x");
    await page.getByRole("button", { name: "Select all 3" }).click();
    await chosen(page, "3 emails").waitFor();
    await assertAccessible(page, "an outbox with three chosen");
    await picture(page, "light-outbox-chosen");
    await keyboard.press("z");
    await page.getByRole("menuitem", { name: "By a day" }).click();
    await page.getByRole("dialog").getByText("3 emails will be sent a day later").waitFor();
    await picture(page, "light-outbox-put-off");
    await keyboard.press("Enter");
    await page.getByText("3 emails postponed.").waitFor();
    const after = (await scheduled()).map(({ due_at }) => Date.parse(due_at ?? ""));
    assert.deepEqual(
      after.map((at, n) => at - (before[n] ?? 0)),
      [86_400_000, 86_400_000, 86_400_000],
    );
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Undone.").waitFor();
    assert.deepEqual(
      (await scheduled()).map(({ due_at }) => Date.parse(due_at ?? "")),
      before,
    );

    await page.getByRole("checkbox", { name: "Select the email to Reader No1" }).click();
    await page.getByRole("checkbox", { name: "Select the email to Reader No2" }).click();
    await keyboard.press("e");
    await page.getByRole("dialog").getByText("2 emails will not be sent.").waitFor();
    await keyboard.press("Enter");
    await page.getByText("2 emails paused.").waitFor();
    await page.getByRole("button", { name: /Reader No1/ }).waitFor({ state: "detached" });
    assert.equal((await scheduled()).length, 1);
    await undo(page, "2 emails paused.");
    await page.getByRole("button", { name: /Reader No1/ }).waitFor();
    assert.equal((await scheduled()).length, 3);

    await page.getByRole("checkbox", { name: "Select the email to Reader No3" }).click();
    await keyboard.press("s");
    await page
      .getByRole("dialog")
      .getByText("1 email will be sent as soon as the mailbox limits allow")
      .waitFor();
    await page.getByRole("button", { name: "Send 1 email" }).click();
    await page.getByText("1 email will be sent as soon as the mailbox limits allow.").waitFor();
    const [next] = await scheduled();
    assert.equal(next?.subject, "Letter 3");
    await leave();
  });

  test("are chosen on a phone in the dark", async () => {
    const { page, leave } = await browser.visit(world.url, { ...PHONE, colorScheme: "dark" });
    await signIn(page, team.owner);
    await page.goto("/outbox");
    await page.getByRole("checkbox", { name: "Select the email to Reader No1" }).tap();
    await chosen(page, "1 email").waitFor();
    await assertFitsSideways(page, "an outbox with one chosen, on a phone");
    await assertAccessible(page, "an outbox with one chosen, on a phone");
    await picture(page, "phone-outbox-chosen");
    await page.getByRole("button", { name: "Clear selection" }).tap();
    await leave();
  });
});
