// Answers that hold contacts: the inbox shows them first, says why, marks the words, and one key settles each.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Mailed, mailed, mailOf, replyTo, taken } from "../../server/testing/incoming.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";

describe("answers that hold contacts", () => {
  let team: Team;
  let ines: Mailed;
  let ola: Mailed;
  const world = useWorld({}, async (opened) => {
    team = await opened.newTeam();
    ines = await mailed(opened, team, { contact: { first_name: "Ines" } });
    ola = await mailed(opened, team, { contact: { first_name: "Ola" } });
    await taken(
      opened,
      team,
      ines,
      replyTo(ines, "Hello Ole,\r\n\r\nCould you send me the prices for two sites?"),
    );
    const colleague = ola.email.replace(/^[^@]+/, "office");
    const [sent] = (await team.api.emailerMessages.search({ contact_ids: [ola.contactId] })).emailer_messages;
    const subject = `Re: ${sent?.subject}`;
    const text = "Hello,\r\n\r\nwe have read this. Please remove us from your list.\r\n\r\nThe office";
    await taken(opened, team, ola, mailOf({ from: `Office <${colleague}>`, subject, text }));
  });
  const browser = useBrowser();

  const holding = async () =>
    (await team.api.incomingMails.list({ holds: true })).incoming_mails.map(({ contact_id }) => contact_id);

  test("are listed first, and a key settles each", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`${world.url}/inbox`);
    const held = page.getByRole("region", { name: "On hold until you decide" });
    await held.getByText("may have asked to unsubscribe").waitFor();
    await page.locator("mark").first().waitFor();
    await assertAccessible(page, "the inbox, at what holds a contact");
    await assertFitsSideways(page, "the inbox, at what holds a contact");
    await picture(page, "light-inbox-held");
    await page.keyboard.press("y");
    await page.getByText("Marked as: unsubscribe request.").waitFor();
    assert.deepEqual(await holding(), [ines.contactId]);

    await page.locator("q", { hasText: "Could you send me the prices" }).click();
    await held.getByText("replied").waitFor();
    await picture(page, "light-inbox-answered");
    await page.keyboard.press("y");
    await held.waitFor({ state: "detached" });
    assert.deepEqual(await holding(), []);
    await leave();
  });

  test("can be read in the dark, and the team says for how long they hold", async () => {
    await taken(world, team, ines, replyTo(ines, "And please remove me from your list."));
    await taken(world, team, ola, replyTo(ola, "Call me about the offer, my number is below."));
    const { page, leave } = await browser.visit(world.url, { colorScheme: "dark" });
    await signIn(page, team.owner);
    await page.goto(`${world.url}/inbox`);
    await page.getByRole("region", { name: "On hold until you decide" }).waitFor();
    await assertAccessible(page, "the inbox in the dark");
    await picture(page, "dark-inbox-held");
    await page.goto(`${world.url}/settings/team`);
    const days = page.getByRole("textbox", { name: "Continue after days" });
    await days.fill("3");
    await days.blur();
    await page.getByText("Saved.").waitFor();
    assert.equal((await team.api.teams.current()).team.answer_hold_days, 3);
    await page.getByText("After a reply").scrollIntoViewIfNeeded();
    await picture(page, "dark-team-answers");
    await assertAccessible(page, "the team's rules after an answer");
    await leave();
  });
});
