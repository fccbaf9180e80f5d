// Each column of a table sorts it, and lists and workflows are saved as a file as they are shown.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { plantEnrollment } from "../../server/testing/planted.ts";
import { until } from "../../server/testing/sending.ts";
import { newContact, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

const TABLES: readonly (readonly [path: string, table: string])[] = [
  ["/contacts", "Contacts"],
  ["/companies", "Companies"],
  ["/deals?tab=list", "Deals"],
  ["/lists", "Lists"],
  ["/settings/mailboxes", "Mailboxes"],
  ["/workflows", "Workflows"],
];

describe("tables that are sorted", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;

  before(async () => {
    team = await world.newTeam();
    const { api } = team;
    const { account } = await api.accounts.create({ name: "Norrland" });
    await api.accounts.create({ name: "Sydkraft" });
    const ines = await newContact(team, {
      first_name: "Ines",
      account_id: account.id,
      label_names: ["Buyers"],
    });
    const ole = await newContact(team, { first_name: "Ole" });
    await api.accounts.update({ id: account.id, label_names: ["Accounts of the north"] });
    const sequence = await newSequence(team);
    await plantEnrollment(world, team, sequence.id, { contact_id: ole, state: "active" });
    await api.opportunities.create({ name: "Pumps", opportunity_contact_roles: [{ contact_id: ole }] });
    await api.opportunities.create({ name: "Valves", opportunity_contact_roles: [{ contact_id: ines }] });
    await newMailbox(team, { email: "ada@norrland.example" });
    await newMailbox(team, { email: "bo@norrland.example" });
    const actions = [{ type: "add_to_list" as const, label_names: ["Buyers"] }];
    await api.workflows.create({
      name: "Arriving",
      actions,
      trigger: { type: "event", event: "contact.created" },
    });
    await api.workflows.create({
      name: "Nightly",
      actions,
      entity: "account",
      trigger: { type: "schedule", every: "day", time_zone: "UTC" },
    });
  });

  const firstOf = async (page: Page) =>
    (await page.locator("[role=row] a, tbody tr button[data-walk]").first().textContent()) ?? "";
  const sortBy = (page: Page, column: string) =>
    page
      .getByRole("columnheader", { name: column })
      .getByRole("button", { name: column, exact: true })
      .click();

  test("every column of every table has a button that sorts by it", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    for (const [path, table] of TABLES) {
      await page.goto(path);
      const heads = page.getByRole("table", { name: table }).getByRole("columnheader");
      await heads.first().waitFor();
      for (const head of await heads.all()) {
        const name = (await head.innerText()).trim();
        assert.ok((await head.getByRole("button", { name, exact: true }).count()) > 0, `${table}: ${name}`);
      }
    }
    await leave();
  });

  for (const [path, column, first, turned] of [
    ["/contacts", "Sequences", "Ole", "Ole"],
    ["/companies", "Contacts", "Norrland", "Sydkraft"],
    ["/lists", "Type", "Accounts of the north", "Buyers"],
    ["/settings/mailboxes", "Mailbox", "ada@norrland.example", "bo@norrland.example"],
    ["/workflows", "For", "Nightly", "Arriving"],
  ] as const)
    test(`${path} by ${column}, and the other way round`, async () => {
      const { page, leave } = await browser.visit(world.url);
      await signIn(page, team.owner);
      await page.goto(path);
      const head = page.getByRole("columnheader", { name: column });
      await sortBy(page, column);
      await until(async () => (await firstOf(page)).includes(first));
      await until(async () => (await head.getAttribute("aria-sort")) !== null);
      await picture(page, `light-sorted-${path.split("/").at(-1)}`);
      await assertAccessible(page, `${path} sorted`);
      const now = await head.getAttribute("aria-sort");
      await sortBy(page, column);
      await until(async () => (await head.getAttribute("aria-sort")) !== now);
      await until(async () => (await firstOf(page)).includes(turned));
      await leave();
    });

  test("lists and workflows are saved as a file with the columns and in the order that are shown", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    const fileOf = async () => {
      await page.getByRole("button", { name: "Export" }).click();
      const saving = page.waitForEvent("download");
      await page.getByRole("menuitem", { name: "Export the columns shown (CSV)" }).click();
      return readFileSync(await (await saving).path(), "utf8")
        .trimEnd()
        .split("\r\n");
    };
    await page.goto("/lists?q=buy&sort=-name");
    await page.getByRole("link", { name: "Buyers" }).waitFor();
    const [head, line = "", ...rest] = await fileOf();
    assert.equal(head, "Name,Type,Size,Created by,Created");
    assert.ok(line.startsWith("Buyers,Contacts,1,"), line);
    assert.deepEqual(rest, [], "what the words leave out is not in the file");

    await page.goto("/workflows?sort=-name");
    await page.getByRole("link", { name: "Nightly" }).waitFor();
    const [heads, ...lines] = await fileOf();
    assert.equal(heads, "Name,Status,For,Trigger,Last run,Included,Skipped,Next run");
    assert.deepEqual(
      lines.map((one) => one.split(",").slice(0, 3)),
      [
        ["Nightly", "Off", "Companies"],
        ["Arriving", "Off", "Contacts"],
      ],
    );
    await picture(page, "light-workflows-export");
    await leave();
  });
});
