// Six jobs of a seller from Home, with the presses of the pointer counted: what is typed is no press. A job that takes more than it
// may fails.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { characterOf } from "../../server/features/sending/catcher/prospects.ts";
import { plantMessage } from "../../server/testing/planted.ts";
import { alwaysOpen, until } from "../../server/testing/sending.ts";
import { newContact, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { settled } from "../../server/testing/workflowing.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, useBrowser } from "./browser.ts";

const A_FILE = {
  name: "fair.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(
    "First name,Last name,Email,Email Status,Company\nAsta,Rowe,asta@rowe.example,Verified,Rowe AS\nBo,Dahl,bo@dahl.example,Verified,Dahl AS\n",
  ),
};
/** The button that opens the browser's dialog, and the file in it. */
const CHOOSING_A_FILE = 2;

const rail = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true }).click();

describe("six jobs", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;
  let spring: string;
  const people: string[] = [];

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    const mailbox = await newMailbox(team, { default: true, visibility: "everyone" });
    spring = (await newSequence(team, { name: "Spring intro" })).id;
    const company = { name: "Borealis Kraft", domain: "borealis.example" };
    const account_id = (await team.api.accounts.create(company)).account.id;
    for (const last_name of ["Okafor", "Dahl", "Berg"])
      people.push(
        await newContact(team, {
          first_name: "Ines",
          last_name,
          email: `ines.${last_name.toLowerCase()}@borealis.example`,
          account_id,
        }),
      );
    await team.api.joining.addContacts({
      id: spring,
      contact_ids: people,
      send_email_from_email_account_id: [mailbox.id],
      sequence_same_company_in_same_campaign: true,
      sequence_unverified_email: true,
    });
    await newContact(team, {
      first_name: "Pia",
      last_name: "Ruud",
      email: "pia@ruud.example",
      email_unsubscribed: true,
    });
  });

  const job = jobsIn(world, browser, () => team.owner);

  job("a file becomes contacts in a sequence", 20, async (page) => {
    await rail(page, "Sequences");
    await page.getByRole("link", { name: "Spring intro" }).click();
    await page.getByRole("button", { name: "Add contacts" }).click();
    const dialog = page.getByRole("dialog", { name: "Add contacts" });
    await dialog.getByText("File", { exact: true }).click();
    await dialog.locator("input[type=file]").setInputFiles(A_FILE);
    await dialog.getByText("fair.csv: 2 rows").waitFor();
    await dialog.getByRole("button", { name: "Next: options" }).click();
    await dialog.getByRole("button", { name: "Next: preview" }).click();
    await dialog.getByText("2 will be added · 0 will be skipped").waitFor();
    await assertAccessible(page, "what a file would come to");
    await picture(page, "six-jobs-file");
    await dialog.getByRole("button", { name: "Import and add 2 contacts" }).click();
    await dialog.getByText("2 added to the sequence, 0 skipped.").waitFor();
    await dialog.getByRole("button", { name: "Done" }).click();
    await dialog.waitFor({ state: "detached" });
    const { contacts } = await team.api.contacts.search({ q_keywords: "Asta Rowe" });
    assert.deepEqual(contacts[0]?.emailer_campaign_ids, [spring]);
    return CHOOSING_A_FILE;
  });

  job("why a contact gets no email", 3, async (page) => {
    await page
      .getByRole("button", { name: /^Search/ })
      .first()
      .click();
    await page.getByRole("combobox", { name: /^Search records/ }).fill("pia ruud");
    await page
      .getByRole("option", { name: /Pia Ruud/ })
      .first()
      .click();
    await page.getByRole("heading", { level: 1, name: "Pia Ruud" }).waitFor();
    await page.getByRole("main").getByRole("button", { name: "Why?" }).click();
    await page
      .getByText(/unsubscribed/i)
      .first()
      .waitFor();
    await assertAccessible(page, "why a contact gets no email");
    await picture(page, "six-jobs-why");
    return undefined;
  });

  job("a company is paused", 4, async (page) => {
    await page
      .getByRole("button", { name: /^Search/ })
      .first()
      .click();
    const field = page.getByRole("combobox", { name: /^Search records|^Actions for/ });
    await field.fill("borealis kraft");
    await page
      .getByRole("group", { name: "Companies" })
      .getByRole("option", { name: /Borealis Kraft/ })
      .hover();
    await page
      .getByRole("dialog", { name: "Search" })
      .getByRole("button", { name: /Actions/ })
      .click();
    await page.getByRole("option", { name: "Pause in all sequences" }).click();
    await assertAccessible(page, "pausing a company");
    await page.getByRole("button", { name: "Pause 3 contacts" }).click();
    await page.getByText("3 contacts paused.").waitFor();
    const { contact_campaign_statuses: all } = await team.api.enrollments.search({ contact_ids: people });
    assert.deepEqual(new Set(all.map(({ status }) => status)), new Set(["paused"]));
    return undefined;
  });

  job("who is emailed tomorrow", 2, async (page) => {
    const tomorrow = await page.evaluate(() => {
      const now = new Date();
      return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 12).toISOString();
    });
    await plantMessage(world, team, spring, {
      contact_id: people[0] ?? "",
      user_id: team.owner.id,
      status: "scheduled",
      subject: "A letter of tomorrow",
      due_at: tomorrow,
    });
    await page.reload();
    await page.getByRole("link", { name: "Show tomorrow" }).click();
    const list = page.getByRole("region", { name: "Outbox: list" });
    await list.getByText("A letter of tomorrow").first().waitFor();
    await assertAccessible(page, "the emails of tomorrow");
    await picture(page, "six-jobs-tomorrow");
    return undefined;
  });
});

const NO_LIMITS = {
  email_daily_threshold: null,
  max_outbound_emails_per_hour: null,
  seconds_delay_between_emails: null,
};

/** The address of a contact who answers only when a test says so. */
function silent() {
  for (let n = 0; ; n++)
    if (characterOf(`ada${n}@kraft.example`) === "silent") return `ada${n}@kraft.example`;
}

describe("jobs with the engine", () => {
  const world = useWorld({ catcher: true, engineLoops: 2, imapPollMs: 200 });
  const browser = useBrowser();
  let team: Team;
  let contact: string;
  const email = silent();

  before(async () => {
    team = await world.newTeam("Sundkraft");
    const wish = { email: "sofia@mail.sundkraft.example", type: "catcher", ...NO_LIMITS } as const;
    const mailbox = (await team.api.emailAccounts.create(wish)).email_account.id;
    contact = await newContact(team, { first_name: "Ada", last_name: "Lund", email });
    const sequence = await newSequence(team, { emailer_schedule_id: await alwaysOpen(team) });
    await team.api.joining.addContacts({
      id: sequence.id,
      contact_ids: [contact],
      send_email_from_email_account_id: [mailbox],
      sequence_unverified_email: true,
    });
    const mail = await until(async () => (await team.api.catcher.list({ to: email })).messages[0]);
    await team.api.catcher.reply({ id: mail.id, kind: "reply", text: "Could we talk on Tuesday?" });
    await until(async () => (await team.api.today.counts()).counts.replies.open === 1);
  });

  const job = jobsIn(world, browser, () => team.owner);

  job("a reply is answered, and becomes a deal", 6, async (page) => {
    await page.getByRole("link", { name: "Open inbox" }).click();
    await page.getByText("Could we talk on Tuesday?").first().waitFor();
    await page.locator("[data-verbs]").getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Deal …" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Boilers for Sundkraft");
    await assertAccessible(page, "a deal beside a reply");
    await dialog.getByRole("button", { name: "Create deal" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.keyboard.press("r");
    const text = page.getByRole("textbox", { name: "Email" });
    await text.waitFor();
    await text.pressSequentially("Tuesday at ten.");
    await picture(page, "six-jobs-reply");
    await page.getByRole("button", { name: "Send reply" }).click();
    await page.getByText("Reply sent to the outbox.").waitFor();
    await until(async () => (await team.api.catcher.list({ to: email })).messages.length === 2);
    const { opportunities } = await team.api.opportunities.search({ q_keywords: "Boilers for Sundkraft" });
    assert.equal(opportunities.length, 1);
    return undefined;
  });

  job("a workflow is created, and works", 12, async (page) => {
    const { label } = await team.api.labels.create({ name: "Fair", modality: "contacts" });
    await rail(page, "Workflows");
    await page.locator("header").last().getByRole("button", { name: "Create a workflow" }).click();
    await page.getByRole("searchbox", { name: "Search templates" }).fill("share list");
    await page.getByText("Call contacts who want to meet").waitFor({ state: "detached" });
    await page.getByRole("link", { name: /Share a list among owners/ }).click();
    await page.getByText("The trigger needs a list before you save.").waitFor();
    await page.getByRole("combobox", { name: "List" }).click();
    await page.getByRole("option", { name: "Fair" }).click();
    await page.getByRole("main").getByRole("combobox", { name: "Owner" }).click();
    await page.getByRole("listbox", { name: "Owner" }).getByRole("option").first().click();
    await page.keyboard.press("Escape");
    await page.getByText("Nothing is left to fill in.").waitFor();
    await assertAccessible(page, "a workflow before it is created");
    await page.getByRole("button", { name: "Create workflow" }).click();
    await page.getByRole("button", { name: "Turn on" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Turn on" }).click();
    await page.getByText("Workflow turned on.").waitFor();
    const [made] = (await team.api.workflows.list()).workflows;
    await team.api.labels.addEntityIds({
      entity_ids: [contact],
      label_names: [label.name],
      modality: "contacts",
    });
    const lines = await settled(team, made?.id ?? "", 1);
    assert.deepEqual(
      lines.map(({ entity_id, verdict }) => [entity_id, verdict]),
      [[contact, "done"]],
    );
    return undefined;
  });
});

type Does = (page: Page) => Promise<number | undefined>;

/** From Home. What a job returns are presses that the page does not see. */
function jobsIn(world: { url: string }, browser: ReturnType<typeof useBrowser>, owner: () => Team["owner"]) {
  return (says: string, atMost: number, does: Does) =>
    test(`${says}: at most ${atMost} presses`, async (t) => {
      const { page, leave } = await browser.visit(world.url);
      let presses = 0;
      await page.exposeBinding("pressed", () => void presses++);
      await page.addInitScript(() => {
        const { pressed } = window as unknown as { pressed: () => void };
        addEventListener("pointerdown", (event) => event.isTrusted && pressed(), true);
      });
      await signIn(page, owner());
      await page.goto("/");
      await page.getByRole("heading", { level: 1, name: /^Good / }).waitFor();
      const more = (await does(page)) ?? 0;
      await until(async () => presses > 0);
      t.diagnostic(`${says}: ${presses + more} presses`);
      assert.ok(presses + more <= atMost, `${presses + more} presses`);
      await leave();
    });
}
