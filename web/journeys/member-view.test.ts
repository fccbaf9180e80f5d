// The app as a member sees it who may do little: every page opens without a refusal, what the navigation offers can be used,
// what belongs to others says who can change it, and a member's own work is possible.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { plantWholeTeam } from "../../server/testing/sample-records.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import { everyAddress } from "./addresses.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";
import { settling } from "./settling.ts";

const PASSWORD = "a long sentence is a good password";
const MIA = { email: "mia@norrland.example", password: PASSWORD };
const ADMINS_ONLY = "Only admins can open this page";

describe("a member", () => {
  let team: Team;
  let records: Record<string, string>;
  const world = useWorld({ catcher: true }, async (opened) => {
    team = await opened.newTeam("Norrland Kraft");
    records = await plantWholeTeam(opened, team);
    const { invitation_url } = await team.api.users.invite({ email: MIA.email, role: "member" });
    const token = tokenIn(invitation_url);
    await opened.client().invitations.accept({ token, name: "Mia Member", password: PASSWORD });
    const { emailer_campaigns: sequences } = await team.api.sequences.search({ per_page: 100 });
    for (const [n, { id }] of sequences.entries()) {
      const isSeen = n % 2 === 0 || id === records["/sequences/$id"];
      await share(id, isSeen ? "everyone" : "restricted");
    }
    await team.api.suppressions.create({ kind: "email", value: "asked@by-hand.example" });
    const [first] = (await team.api.emailAccounts.list()).email_accounts;
    await team.api.emailAccounts.update({ id: first?.id ?? "", visibility: "restricted" });
  });
  const browser = useBrowser();

  const share = (id: string, visibility: "everyone" | "restricted") =>
    team.api.sequences.update({ id, sharing_permission: { visibility, access_type: "can_view" } });

  async function opened(look: "light" | "dark" = "light") {
    const visitor = await browser.visit(world.url, { colorScheme: look });
    const isSettled = settling(visitor.page);
    await signIn(visitor.page, MIA);
    const go = async (path: string) => {
      await visitor.page.goto(path);
      await isSettled();
    };
    return { ...visitor, isSettled, go };
  }

  // A visitor fails at the end if any call was refused while it was there.
  test("opens every page and every tab without a refusal, and is led to none that they cannot use", async () => {
    const { page, go, isSettled, leave } = await opened();
    const offered = await navigation(page, go);
    for (const { address } of everyAddress().filter(({ isInside }) => isInside)) {
      assert.ok(!address.includes("$") || records[address], `${address} needs a record in plantWholeTeam`);
      await go(records[address] ? address.replace("$id", records[address]) : address);
      const isForAdmins = (await page.getByText(ADMINS_ONLY).count()) > 0;
      assert.ok(!isForAdmins || !offered.has(address), `${address} is offered, and for admins only`);
      if (isForAdmins) await page.getByText("Ask Ole Dahl.").waitFor();
      await look(page, address);
      for (const [n, tab] of (await page.getByRole("tab").all()).entries()) {
        if (n === 0) continue;
        await tab.click();
        await isSettled();
        await look(page, `${address}, tab ${n + 1}`);
      }
    }
    await leave();
  });

  test("is offered no key and no search result that leads to a page for admins", async () => {
    const { page, go, leave } = await opened();
    await go("/");
    await page.keyboard.press("?");
    const keys = page.getByRole("dialog");
    await keys.getByText("Mailboxes").waitFor();
    for (const name of ["API keys", "History", "Webhooks"])
      assert.equal(await keys.getByText(name, { exact: true }).count(), 0, name);
    await page.keyboard.press("Escape");
    await keys.waitFor({ state: "detached" });
    await page.keyboard.press("g");
    await page.keyboard.press("k");
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    await page.getByRole("heading", { name: "Your profile", level: 1 }).waitFor();
    await leave();
  });

  test("reads the rules of the team, and a score formula, and changes neither", async () => {
    const { page, go, leave } = await opened();
    await go("/settings/team");
    await page.getByText("Only admins can change these.").waitFor();
    assert.ok(await page.getByLabel("Only owners can add their contacts").isDisabled());
    assert.ok(await page.getByRole("button", { name: "Save rules" }).isDisabled());
    assert.equal(await page.getByRole("button", { name: "Save brakes" }).count(), 0);
    await picture(page, "light-member-team");
    await go("/settings/score");
    await page.getByText("Only admins can change it.").waitFor();
    assert.equal(await page.getByRole("heading", { name: "Preview" }).count(), 0);
    await leave();
  });

  test("reads what belongs to others, is told who can change it, and gets no button that would be refused", async () => {
    const { page, go, leave } = await opened();
    await go("/copilots");
    await page.getByText("Only Ole Dahl and admins can change it and decide on its proposals.").waitFor();
    await page.getByRole("list", { name: "Proposals" }).waitFor();
    await lacks(page, "Propose now", "Edit …", "Delete …", "Approve", "Reject");
    await go("/copilots?do=edit");
    assert.equal(await page.getByRole("dialog").count(), 0);

    await go("/tasks?owner=all");
    await page.getByText("Only its assignee, its creator and admins can do or change it.").waitFor();
    await lacks(page, "Mark as done", "Done", "Skip", "Postpone", "Log call");

    await go(`/sequences/${records["/sequences/$id"]}`);
    await page.getByText("You can view this sequence. To edit it, ask its owner or an admin.").waitFor();
    await lacks(page, "Deactivate", "Activate", "Add contacts", "Add a step");
    await picture(page, "light-member-sequence");

    await go("/inbox?owner=all&tab=all&reason=unsubscribe");
    await page.getByText("If this is not right, ask an admin to change it.").waitFor();
    await lacks(page, "Not right?");

    await go(`/outbox?owner=all&tab=failed&sequence=${records["/sequences/$id"]}`);
    await page.getByText("You can view this sequence. To edit it, ask its owner or an admin.").waitFor();
    await lacks(page, "Try again");

    await go("/sequences");
    await page.getByRole("checkbox", { name: "Select Nordic plants: downtime" }).check();
    const bar = page.getByRole("region", { name: "Selected sequences" });
    await bar
      .getByText("Some of them belong to others. To change those, ask the owner or an admin.")
      .waitFor();
    for (const name of ["Activate …", "Deactivate", "Move", "Archive …"])
      assert.ok(await bar.getByRole("button", { name }).isDisabled(), name);
    await assertAccessible(page, "sequences of others, chosen");
    await leave();
  });

  test("removes from the Do not email list what a teammate added, and no opt-out", async () => {
    const email = "asked@by-mail.example";
    await team.api.suppressions.create({ kind: "email", value: email });
    await asOwner(world, (client) =>
      client.query("update suppressions set source = 'unsubscribe' where value = $1", [email]),
    );
    const { page, go, leave } = await opened();
    await go(`/settings/suppressions?q=${email}`);
    await page.getByRole("button", { name: email }).click();
    await page.getByText("The contact has opted out. Only an admin can remove an opt-out.").waitFor();
    await lacks(page, "Remove from list");
    await go("/settings/suppressions?q=asked@by-hand.example");
    await page.getByRole("button", { name: "asked@by-hand.example" }).click();
    await page.getByRole("button", { name: "Remove from list" }).click();
    await page.getByText("asked@by-hand.example can be emailed again.").waitFor();
    await leave();
  });

  test("works with a mailbox and a sequence of their own, and sends from no mailbox of others by itself", async () => {
    const { page, go, leave } = await opened();
    const from = async () => {
      await go(`/contacts/${records["/contacts/$id"]}`);
      await page.getByRole("button", { name: "Send email" }).click();
      const field = page.getByRole("dialog").getByRole("combobox", { name: "Send from" });
      await field.click();
      await page.getByRole("option").first().waitFor();
      const choices = await page.getByRole("option").allTextContents();
      return { chosen: await field.inputValue(), choices };
    };
    assert.equal((await from()).choices.length, 2, "of three, one is restricted");

    await go("/settings/mailboxes");
    await page.getByRole("button", { name: "Connect a mailbox" }).click();
    await page.getByRole("dialog").getByText("Test mailbox").click();
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await page.getByText(`${MIA.email} connected`).first().waitFor();
    assert.equal((await from()).chosen, MIA.email, "her own before one of her teammates");

    await go("/sequences");
    await page.getByRole("button", { name: "Create a sequence" }).click();
    await page.getByText("Five short emails over three weeks").click();
    await page.getByLabel("Name", { exact: true }).fill("Mia's sequence");
    await page.getByText(`You can send from ${MIA.email}.`).waitFor();
    await page.getByRole("button", { name: "Create sequence" }).click();
    await page.getByRole("button", { name: "Activate" }).waitFor();
    await page.getByRole("button", { name: "Add contacts" }).waitFor();
    await leave();
  });

  for (const colors of ["light", "dark"] as const)
    test(`pictures of pages that a member opens often (${colors})`, async () => {
      const { page, go, leave } = await opened(colors);
      const pages = { home: "/", contacts: "/contacts", inbox: "/inbox?owner=all", settings: "/settings" };
      for (const [name, path] of Object.entries(pages)) {
        await go(path);
        await picture(page, `${colors}-member-${name}`);
        await assertAccessible(page, `${name} of a member, ${colors}`, "color-contrast");
      }
      await leave();
    });

  test("who sees no sequence is told that none is shared with them", async () => {
    const { emailer_campaigns: sequences } = await team.api.sequences.search({ per_page: 100 });
    for (const { id } of sequences) await share(id, "restricted");
    const { invitation_url } = await team.api.users.invite({ email: "new@norrland.example", role: "member" });
    const token = tokenIn(invitation_url);
    await world.client().invitations.accept({ token, name: "New Member", password: PASSWORD });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, { email: "new@norrland.example", password: PASSWORD });
    await page.goto("/sequences");
    await page.getByText("No sequence is yours or shared with you.").waitFor();
    await page.getByRole("button", { name: "Create a sequence" }).first().waitFor();
    await leave();
  });
});

/** Where the sidebar and the list of settings lead. */
async function navigation(page: Page, go: (path: string) => Promise<void>) {
  await go("/settings/profile");
  const links = await page.getByRole("navigation").getByRole("link").all();
  const paths = await Promise.all(links.map((link) => link.getAttribute("href")));
  assert.ok(paths.includes("/sequences") && paths.includes("/settings/mailboxes"), paths.join(" "));
  return new Set(paths);
}

async function look(page: Page, where: string) {
  assert.equal(await page.getByRole("main").getByRole("alert").count(), 0, `${where} shows a failure`);
  await assertAccessible(page, `${where}, as a member`);
}

async function lacks(page: Page, ...names: string[]) {
  for (const name of names)
    assert.equal(await page.getByRole("main").getByRole("button", { name, exact: true }).count(), 0, name);
}
