// From an unknown person to a mail that went out: found by filters, saved for a price, put into a sequence.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { plantPeople } from "../../server/testing/people.ts";
import { alwaysOpen, until } from "../../server/testing/sending.ts";
import { MAIL_STEP, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, signIn, useBrowser } from "./browser.ts";

const KRAFT = { name: "Norrland Kraft", domain: "kraft.example", industry: "Utilities" };
const person = (firstName: string, title: string) => ({
  firstName,
  lastName: "Okafor",
  title,
  organization: KRAFT,
  email: `${firstName.toLowerCase()}@kraft.example`,
  emailStatus: "verified",
  country: "Sweden",
});

describe("a prospect", () => {
  let team: Team;
  let sequence: string;
  const world = useWorld({ catcher: true, engineLoops: 2 }, async (opened) => {
    team = await opened.newTeam("Sund Energi");
    await plantPeople(opened, team, [person("Ines", "VP of Operations"), person("Maren", "Plant Manager")]);
    const mailbox = { email: "sofia@mail.sund.example", type: "catcher", default: true } as const;
    await team.api.emailAccounts.create({
      ...mailbox,
      email_daily_threshold: null,
      max_outbound_emails_per_hour: null,
      seconds_delay_between_emails: null,
    });
    const emailer_schedule_id = await alwaysOpen(team);
    const wish = { name: "Nordic plants", emailer_schedule_id, emailer_steps: [MAIL_STEP] };
    sequence = (await newSequence(team, wish)).id;
  });
  const browser = useBrowser();

  test("is found, paid for, added, and gets the first mail; no other person gets one", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/prospects");
    await page.getByText("2 people", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("menuitem", { name: "Title", exact: true }).click();
    await page.getByRole("textbox", { name: "Title" }).fill("operations");
    await page.keyboard.press("Enter");
    await page.getByText("1 person", { exact: true }).waitFor();
    await page.getByRole("checkbox", { name: "Select Ines Ok***r" }).click();
    await page.getByRole("button", { name: "Add to sequence" }).click();
    const price = page.getByRole("dialog", { name: "Save and add to sequence" });
    await price.getByText("Costs 1 credit").waitFor();
    await price.getByRole("button", { name: "Save 1 person and continue" }).click();
    const joining = page.getByRole("dialog", { name: "Add contacts" });
    await joining.getByText("Selected: Ines Okafor.").waitFor();
    await joining.getByRole("combobox", { name: "Sequence" }).click();
    await page.getByRole("option", { name: /^Nordic plants/ }).click();
    await joining.getByRole("button", { name: "Next: options" }).click();
    await joining.getByRole("button", { name: "Next: preview" }).click();
    await joining.getByText("1 will be added · 0 will be skipped").waitFor();
    await assertAccessible(page, "the check of somebody who was just saved");
    await joining.getByRole("button", { name: "Add 1 contact" }).click();
    const caught = await until(
      async () => (await team.api.catcher.list({ to: "ines@kraft.example" })).messages[0],
    );
    assert.match(caught.subject ?? "", /\S/);
    assert.equal((await team.api.catcher.list({})).messages.length, 1, "and to nobody else");
    assert.equal((await team.api.enrollments.counts({ id: sequence })).num_contacts, 1);
    await leave();
  });
});
