// An admin downloads all that is kept about a person, and opens the page as the person would. A member is offered nothing of it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";

describe("personal data", () => {
  const world = useWorld();
  const browser = useBrowser();
  const member = { email: "ines@norrland.example", password: "a long sentence is a good password" };
  let team: Team;
  let id: string;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    const { invitation_url } = await team.api.users.invite({ email: member.email });
    const token = tokenIn(invitation_url);
    await world.client().invitations.accept({ token, name: "Ines Okafor", password: member.password });
    const made = await team.api.contacts.create({
      first_name: "Mona",
      last_name: "Berg",
      title: "Head of maintenance",
      organization_name: "Nordlys Papir",
      email: "mona.berg@nordlys.example",
      label_names: ["Customers"],
    });
    id = made.contact.id;
    await team.api.notes.create({ content: "Likes to be called in the morning", contact_ids: [id] });
  });

  test("the menu of a contact has it for an admin, and the file is a page", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/contacts/${id}`);
    await page.getByRole("main").getByRole("button", { name: "More", exact: true }).click();
    const coming = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "Download personal data" }).click();
    const file = await coming;
    assert.equal(file.suggestedFilename(), `personal-data-${id}.html`);
    const html = await readFile(await file.path(), "utf8");
    await page.goto("about:blank"); // as from a disk: no policy of the app applies to it
    await page.setContent(html);
    await page.getByRole("heading", { name: "Personal data of Mona Berg" }).waitFor();
    await page.getByText("Likes to be called in the morning").waitFor();
    await assertFitsSideways(page, "personal data");
    await assertAccessible(page, "personal data");
    await picture(page, "light-personal-data");
    await leave();
  });

  test("a member's menu has no such entry", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, member);
    await page.goto(`/contacts/${id}`);
    await page.getByRole("main").getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "New task …" }).waitFor();
    assert.equal(await page.getByRole("menuitem", { name: "Download personal data" }).count(), 0);
    await leave();
  });
});
