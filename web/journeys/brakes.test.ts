// A brake that was set: told on every page, on the page of the mailbox and of the sequence, tried with other levels, and lifted.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { watchBrakesOnce } from "../../server/engine/upkeep/watch-brakes.ts";
import { plantMessage } from "../../server/testing/planted.ts";
import { newContact, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  pictureWhole,
  signIn,
  signInByHand,
  useBrowser,
  watchJumps,
} from "./browser.ts";

describe("brakes", () => {
  const world = useWorld({ role: "api" });
  const browser = useBrowser();
  let team: Team;
  let mailbox: string;
  let sequence: string;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    mailbox = (await newMailbox(team, { default: true })).id;
    sequence = (await newSequence(team, { name: "Spring outreach" })).id;
    await team.api.joining.addContacts({
      id: sequence,
      contact_ids: [await newContact(team)],
      send_email_from_email_account_id: [mailbox],
    });
    for (let n = 0; n < 60; n++)
      await plantMessage(world, team, sequence, {
        mailbox_id: mailbox,
        completed_at: world.running.app.now().subtract({ hours: 30 }).toString(),
        has_bounced: n < 4,
      });
    await asOwner(world, (client) => client.query("delete from brake_looks"));
    await watchBrakesOnce({ app: world.running.app });
  });

  const FIGURES = "4 of 60 emails bounced in 7 days (6.67%, limit 5%)";

  test("an admin sees a brake with its figures, tries other levels, changes one and lifts it", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/settings/mailboxes/${mailbox}`);
    const now = page.getByRole("main");
    await now.getByText(`A brake of the mailbox holds first emails: ${FIGURES}.`).waitFor();
    await picture(page, "light-brake-on-mailbox");
    await assertAccessible(page, "a mailbox with a brake");

    await page.goto(`/sequences/${sequence}`);
    await page.getByRole("button", { name: "First emails held by a brake" }).click();
    await page
      .getByText(`A brake of the sequence holds first emails: ${FIGURES}.`, { exact: true })
      .waitFor();
    await picture(page, "light-brake-on-sequence");
    await assertAccessible(page, "a sequence with a brake");

    await page.goto("/settings/team");
    const brakes = page.getByRole("list", { name: "Brakes that are on" });
    await brakes.getByRole("listitem").nth(2).waitFor();
    const bounces = page.getByRole("group", { name: "Bounces" });
    const level = bounces.getByLabel("Hold first emails from %");
    await level.fill("");
    await level.pressSequentially("0.5");
    assert.equal(await level.inputValue(), "0.5", "a number may be unfinished while it is typed");
    await level.fill("8");
    await page.getByRole("button", { name: "Try on the last 90 days" }).click();
    await page
      .getByText(/these rules would have set 0 brakes for 0 days in all, the current rules 3/)
      .waitFor();
    await level.fill("4");
    await page.getByRole("button", { name: "Try on the last 90 days" }).click();
    await page.getByText(/these rules would have set 3 brakes/).waitFor();
    await pictureWhole(page, "light-brakes");
    await assertAccessible(page, "brakes in the settings");
    await page.getByRole("button", { name: "Save brakes" }).click();
    await page.getByText("Brakes saved.").waitFor();
    const { rules } = await team.api.brakes.list();
    assert.equal(rules.find(({ cause }) => cause === "bounces")?.first_steps_at_percent, 4);

    const ofSequence = brakes.getByRole("listitem").filter({ hasText: "Spring outreach" });
    await ofSequence.getByRole("button", { name: "Lift the brake" }).click();
    await ofSequence.waitFor({ state: "detached" });
    const { emailer_campaign } = await team.api.sequences.show({ id: sequence });
    assert.equal(emailer_campaign.auto_pause_warning_level, null);
    await leave();
  });

  test("a member reads the brakes, and lifts those of their own mailboxes only", async () => {
    const member = { email: "mia@norrland.example", password: "a long sentence is a good password" };
    const { user, invitation_url } = await team.api.users.invite({ email: member.email, role: "member" });
    const token = tokenIn(invitation_url);
    await world.client().invitations.accept({ token, name: "Mia Member", password: member.password });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, member);
    await page.goto("/");
    await page.getByRole("link", { name: "View brakes" }).click();
    const brakes = page.getByRole("list", { name: "Brakes that are on" });
    await brakes.getByText("Only admins can lift it.").waitFor();
    await brakes.getByText("Only its owner and admins can lift it.").waitFor();
    assert.equal(await brakes.getByRole("button").count(), 0);
    await assertAccessible(page, "brakes of a team, as a member");
    await asOwner(world, (client) =>
      client.query("update mailboxes set user_id = $2 where id = $1", [mailbox, user.id]),
    );
    await page.reload();
    await brakes.getByRole("button", { name: "Lift the brake" }).click();
    await page.getByText("Brake lifted. Earlier emails no longer count for it.").waitFor();
    await leave();
  });

  test("brakes that are read before the team do not push what is above them", async () => {
    const { page, leave } = await browser.visit(world.url);
    const quiet = await world.newTeam("Kraft Nord"); // with no brake on there is no notice either
    await signInByHand(page, quiet.owner);
    await page.route("**/teams/current*", async (route) => {
      await page.waitForResponse((answer) => new URL(answer.url()).pathname.endsWith("/brakes"));
      await page.waitForTimeout(300); // long enough to be drawn
      await route.continue();
    });
    const jumps = await watchJumps(page);
    await page.goto("/settings/team");
    await page.getByText("No brake is on.").waitFor();
    await page.getByRole("button", { name: "Save limits" }).waitFor();
    await page.waitForLoadState("networkidle");
    assert.deepEqual(await jumps(), []);
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await leave();
  });

  test("in the dark and on a phone it is told just as well", async () => {
    const { page, leave } = await browser.visit(world.url, { colorScheme: "dark" });
    await signIn(page, team.owner);
    await page.goto("/settings/team");
    const brakes = page.getByRole("list", { name: "Brakes that are on" });
    await brakes.getByText(/The team sends no first emails: 4 of 60 emails/).waitFor();
    await pictureWhole(page, "dark-brakes");
    await assertAccessible(page, "brakes in the dark");
    await page.setViewportSize({ width: 390, height: 844 });
    await assertFitsSideways(page, "brakes on a phone");
    await pictureWhole(page, "phone-brakes");
    await leave();
  });
});
