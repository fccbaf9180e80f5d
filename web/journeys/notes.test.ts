// Notes that a team writes for each other: a teammate is mentioned by @, finds the note, and answers beside the emails. What was
// begun and not sent is still there after a reload.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { plantIncoming } from "../../server/testing/incoming.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

describe("notes", () => {
  const world = useWorld();
  const browser = useBrowser();

  async function newMember(team: Team, name: string) {
    const [first_name = "", last_name = ""] = name.split(" ");
    const email = `${first_name.toLowerCase()}@people.example.no`;
    const { invitation_url } = await team.api.users.invite({ email, first_name, last_name });
    const password = "a password long enough";
    await world.client().invitations.accept({ token: tokenIn(invitation_url), name, password });
    return { email, password };
  }

  test("a teammate is mentioned by @, and finds the note on Home until it is seen", async () => {
    const team = await world.newTeam("Notes");
    const frida = await newMember(team, "Frida Berg");
    const { contact } = await team.api.contacts.create({ first_name: "Ines", last_name: "Okafor" });
    const owner = await browser.visit(world.url);
    await signIn(owner.page, team.owner);
    await owner.page.goto(`/contacts/${contact.id}?tab=notes`);
    const note = owner.page.getByRole("textbox", { name: "New note" });
    await note.fill("Half a thought");
    await owner.page.reload();
    assert.equal(await note.inputValue(), "Half a thought");
    await note.fill("Can you call her, ");
    await note.press("End");
    await note.pressSequentially("@fri");
    await owner.page.getByRole("option", { name: "Frida Berg" }).waitFor();
    await picture(owner.page, "light-note-mention");
    await assertAccessible(owner.page, "teammates offered in a note");
    await note.press("Enter");
    assert.equal(await note.inputValue(), "Can you call her, @Frida Berg ");
    await note.pressSequentially("please?");
    const slow = Promise.withResolvers<void>();
    await owner.page.route(/\/api\/v1\/notes\?/, async (route) => {
      await slow.promise;
      await route.continue();
    });
    await note.press("Control+Enter");
    // The form is empty as soon as the note is saved, however long reading the notes anew takes.
    await owner.page.getByRole("button", { name: "Save note" }).waitFor({ state: "hidden" });
    assert.equal(await note.inputValue(), "");
    slow.resolve();
    await owner.page.getByRole("article", { name: "Note by" }).getByText("@Frida Berg").waitFor();
    await owner.page.getByRole("button", { name: "Log a call" }).click();
    const call = owner.page.getByRole("dialog", { name: "Log a call with Ines Okafor" });
    await call.getByLabel("Note").fill("Asked for an offer");
    await owner.page.reload();
    await owner.page.getByRole("button", { name: "Log a call" }).click();
    assert.equal(await call.getByLabel("Note").inputValue(), "Asked for an offer");
    await call.getByRole("button", { name: "Cancel" }).click();
    await call.waitFor({ state: "hidden" });
    await owner.page.getByRole("button", { name: "Log a call" }).click();
    assert.equal(await call.getByLabel("Note").inputValue(), "");
    await call.getByLabel("Note").fill("Not for others");
    await owner.page.keyboard.press("Escape");
    await owner.page.getByRole("button", { name: "Ole Dahl" }).click();
    await owner.page.getByRole("menuitem", { name: "Sign out" }).click();
    await owner.page.waitForURL(/sign-in/);
    assert.deepEqual(await owner.page.evaluate(() => Object.keys(sessionStorage)), []);
    await owner.leave();

    const member = await browser.visit(world.url);
    await signIn(member.page, frida);
    await member.page.goto("/");
    const mentions = member.page.getByRole("region", { name: "Mentions" });
    await mentions.getByText("Can you call her, @Frida Berg please?").waitFor();
    await mentions.getByText("about Ines Okafor").waitFor();
    await picture(member.page, "light-home-mention");
    await assertAccessible(member.page, "Home with a mention");
    await mentions.getByRole("link", { name: "Open" }).click();
    await member.page.getByRole("article", { name: "Note by" }).waitFor();
    await member.page.goto("/");
    await member.page.getByRole("heading", { name: "Needs attention" }).waitFor();
    assert.equal(await mentions.count(), 0);
    await member.leave();
  });

  test("in the inbox a note stands among the emails, and a begun reply survives a reload", async () => {
    const team = await world.newTeam("Inbox notes");
    const { id } = await plantIncoming(world, team);
    await asOwner(world, (client) =>
      client.query(
        "update incoming_mails set subject = 'Could we talk?', from_name = 'Ines Okafor', body_text = 'When?' where id = $1",
        [id],
      ),
    );
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/inbox");
    await page.getByRole("heading", { level: 2, name: "Could we talk?" }).waitFor();
    await page.keyboard.press("m");
    await page.getByRole("textbox", { name: "New note" }).fill("She decides about the budget.");
    await page.getByRole("button", { name: "Save note" }).click();
    await page.getByRole("article", { name: "Note by" }).getByText("She decides").waitFor();

    await page.getByRole("heading", { level: 2, name: "Could we talk?" }).click();
    await page.keyboard.press("b");
    const dialog = page.getByRole("dialog", { name: "Your meeting page" });
    await dialog.getByLabel("Page where contacts book a meeting").fill("https://cal.com/ole/30min");
    await assertAccessible(page, "the question for a meeting page");
    await dialog.getByRole("button", { name: "Save and insert link" }).click();
    const reply = page.getByRole("textbox", { name: "Email", exact: true });
    const link = reply.getByRole("link", { name: "Choose a time for a meeting" });
    await link.waitFor();
    assert.match((await link.getAttribute("href")) ?? "", /^https:\/\/cal\.com\/ole\/30min\?/);
    await picture(page, "light-inbox-book");
    await picture(page, "dark-inbox-book");
    await page.reload();
    await link.waitFor();
    await page.keyboard.press("z"); // a reply that is shown again takes no keys
    await page.getByRole("menuitem", { name: "Tomorrow, 09:00" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Send reply" }).click();
    await page.getByText("Reply sent to the outbox.").waitFor();
    const sent = await team.api.emailerMessages.search({ per_page: 10 });
    assert.ok(
      sent.emailer_messages.some(({ body_html }) => body_html?.includes("https://cal.com/ole/30min?")),
    );
    await page.getByText("Nothing needs a reply.").waitFor();
    await page.goto(`/inbox?tab=all&open=${id}`);
    await page.getByRole("heading", { level: 2, name: "Could we talk?" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Send reply" }).count(), 0);
    await leave();
  });
});
