// A sequence's steps: written, tried, moved and saved, by mouse and by keys, in every look.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { plantEnrollment } from "../../server/testing/planted.ts";
import { until } from "../../server/testing/sending.ts";
import { newContacts } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signInByHand, useBrowser } from "./browser.ts";

describe("a sequence's steps", () => {
  const world = useWorld({ catcher: true });
  const browser = useBrowser();
  let team: Team;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    await team.api.emailAccounts.create({
      email: "ole@mail.norrland.example",
      type: "catcher",
      signature_html: "<p>Ole Dahl, Norrland Kraft</p>",
    });
    await team.api.contacts.create({
      first_name: "Ines",
      last_name: "Okafor",
      email: "ines@borealis.example",
      organization_name: "Borealis AS",
    });
  });

  test("a variable that is misspelt is marked as it is written, and the one that is meant is named", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const { emailer_campaign } = await team.api.sequences.create({ name: "Misspelt" });
    await page.goto(`/sequences/${emailer_campaign.id}`);
    await page.getByRole("button", { name: "Add the first step" }).click();
    await page.getByRole("menuitem", { name: /^Automatic email/ }).click();
    const text = page.getByRole("textbox", { name: "Text of step 1" });
    await text.click();
    await page.keyboard.type("Hello {{frist_name}}, how is {{company}}?");
    const preview = page.getByRole("region", { name: "Preview" });
    await preview.getByText("There is no variable {{frist_name}}. Did you mean {{first_name}}?").waitFor();
    const marked = text.locator(".mail-variable-unknown");
    await marked.waitFor();
    assert.deepEqual(await marked.allInnerTexts(), ["{{frist_name}}"]);
    assert.equal(await text.locator(".mail-variable").count(), 2);
    await picture(page, "light-misspelt-variable");
    await assertAccessible(page, "a misspelt variable");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("Hello {{first_name}}?");
    await preview.getByText("Hello Ines?").waitFor();
    assert.equal(await marked.count(), 0);
    const subject = page.getByRole("textbox", { name: "Subject" });
    await subject.fill("For {{frist_name}}");
    await preview.getByText("There is no variable {{frist_name}}. Did you mean {{first_name}}?").waitFor();
    assert.equal(await subject.getAttribute("aria-invalid"), "true");
    await leave();
  });

  test("the length of an email is said, with advice on what spam filters dislike and where its links lead", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const { emailer_campaign } = await team.api.sequences.create({ name: "Hinted" });
    await page.goto(`/sequences/${emailer_campaign.id}`);
    await page.getByRole("button", { name: "Add the first step" }).click();
    await page.getByRole("menuitem", { name: /^Automatic email/ }).click();
    await page.getByRole("button", { name: "HTML" }).click();
    const html = page.getByRole("textbox", { name: "Text of step 1, as HTML" });
    await html.fill('<p>Act now, {{first_name}}: <a href="https://bit.ly/x1">our boilers</a></p>');
    const hints = page.getByRole("region", { name: "Hints" });
    await hints.getByText("Common in spam: “act now”. Write it in other words.").waitFor();
    await hints.getByText(/^Links of bit\.ly/).waitFor();
    await hints.getByText(/ words, about 5 seconds to read$/).waitFor();
    await hints.getByText("1 link", { exact: true }).click();
    await hints.getByText(/^Links are not tracked\. ole@mail\.norrland\.example/).waitFor();
    await hints.getByText("https://bit.ly/x1").waitFor();
    await picture(page, "light-email-hints");
    await assertAccessible(page, "hints beside an email");
    await html.fill("<p>Hello {{first_name}}, shall we talk on Tuesday?</p>");
    await hints.getByText(/^Common in spam/).waitFor({ state: "detached" });
    await leave();
  });

  test("an email is previewed for ten contacts, and those whose email would fail come first", async () => {
    const own = await world.newTeam("Ten contacts");
    await newContacts(own, 11);
    await own.api.contacts.create({ first_name: "Nomail", last_name: "Berg", title: "Boss" });
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, own.owner);
    const { emailer_campaign } = await own.api.sequences.create({
      name: "Ten",
      emailer_steps: [
        {
          type: "auto_email",
          wait_time: 0,
          wait_mode: "day",
          emailer_touches: [
            { status: "approved", emailer_template: { subject: "Hi {{name}}", body_html: "<p>Hello</p>" } },
          ],
        },
      ],
    });
    await page.goto(`/sequences/${emailer_campaign.id}`);
    const opener = page.getByRole("button", { name: "Preview for ten contacts" }).first();
    await opener.press("Enter");
    const dialog = page.getByRole("dialog", { name: "All emails for ten contacts" });
    await dialog.getByText("Your newest contacts.").waitFor();
    const rows = dialog.getByRole("list", { name: "Contacts" }).getByRole("button");
    assert.equal(await rows.count(), 10);
    assert.match(await rows.first().innerText(), /Nomail Berg[\s\S]*Would fail: No email address/);
    assert.equal(await rows.first().getAttribute("aria-pressed"), "true");
    await rows.nth(9).press("Enter");
    await dialog.getByRole("region", { name: "Preview" }).getByText("Hello").waitFor();
    await assertAccessible(page, "the preview for ten contacts");
    await picture(page, "light-ten-contacts");
    await page.setViewportSize({ width: 375, height: 812 });
    await assertFitsSideways(page, "the preview for ten contacts");
    await picture(page, "phone-ten-contacts");
    await page.emulateMedia({ colorScheme: "dark" });
    await assertAccessible(page, "the preview for ten contacts in the dark");
    await picture(page, "dark-ten-contacts");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await leave();
  });

  test("mixed steps are written, previewed, tried, moved and saved", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const { emailer_campaign } = await team.api.sequences.create({ name: "Mixed" });
    await page.goto(`/sequences/${emailer_campaign.id}`);
    await page.getByRole("button", { name: "Add the first step" }).click();
    await page.getByRole("menuitem", { name: /^Automatic email/ }).click();
    await page.getByRole("textbox", { name: "Subject" }).fill("For ");
    await page.getByRole("button", { name: "Insert a variable into the subject" }).click();
    await page.getByRole("textbox", { name: "Find a variable" }).fill("legal form");
    await page.getByRole("option", { name: /Company name without its legal form/ }).click();
    assert.equal(await page.getByRole("textbox", { name: "Subject" }).inputValue(), "For {{company}}");
    const text = page.getByRole("textbox", { name: "Text of step 1" });
    await text.click();
    await page.keyboard.type("Hello {{first_name|there}}, {Monday|Tuesday|Friday}?");
    const preview = page.getByRole("region", { name: "Preview" });
    await preview.getByText("For Borealis").waitFor();
    await preview.getByText(/Hello Ines, (?:Monday|Tuesday|Friday)\?/).waitFor();
    await preview.getByText("One of 3 versions. A contact always gets the same one.").waitFor();
    await preview.getByText("Ole Dahl, Norrland Kraft").waitFor();
    await picture(page, "light-step-written");
    await assertAccessible(page, "a step that is written");

    await preview.getByRole("button", { name: "Send me a test" }).click();
    await page.getByText(`Test sent to ${team.owner.email}.`).waitFor();
    await caught(team, team.owner.email, /Hello Ines/);

    await page.getByRole("button", { name: "A/B variant" }).click();
    await page.getByRole("tab", { name: /^B/ }).waitFor();
    const other = page.getByRole("textbox", { name: "Text of variant B of step 1" });
    await other.click();
    // The editor of variant A has gone meanwhile, and must not have taken the styles of this one with it.
    assert.equal(await other.evaluate((field) => getComputedStyle(field).whiteSpace), "break-spaces");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("A shorter one");
    await preview.getByText("A shorter one").waitFor();
    await picture(page, "light-step-variants");

    await page.getByRole("button", { name: "Add a step" }).click();
    await page.getByRole("menuitem", { name: /^Phone call/ }).click();
    await page.getByRole("textbox", { name: "Note of step 2" }).click();
    await page.keyboard.type("Ask for two minutes");
    await page.getByRole("textbox", { name: "Wait before step 2" }).fill("1");
    await page.keyboard.press("ControlOrMeta+s");
    await page.getByText("Saved.", { exact: true }).waitFor();
    const saved = await team.api.sequences.show({ id: emailer_campaign.id });
    assert.deepEqual(
      saved.emailer_steps.map(({ type, wait_time }) => [type, wait_time]),
      [
        ["auto_email", 0],
        ["call", 1],
      ],
    );
    assert.deepEqual(
      saved.emailer_touches.map(({ status }) => status),
      ["approved", "approved"],
    );
    assert.match(saved.emailer_templates[0]?.body_html ?? "", /Hello \{\{first_name\|there\}\}/);

    await moveByKeys(page);
    await page.keyboard.press("ControlOrMeta+s");
    await page.getByText("You have unsaved changes.").waitFor({ state: "detached" });
    const moved = await team.api.sequences.show({ id: emailer_campaign.id });
    assert.deepEqual(
      moved.emailer_steps.map(({ type }) => type),
      ["call", "auto_email"],
    );
    await leave();
  });

  test("what is not saved outlives another tab and a reload, and can be discarded", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const id = await newSequence(team, "Kept");
    await page.goto(`/sequences/${id}`);
    await page.getByRole("textbox", { name: "Wait before step 2" }).fill("9");
    await page.getByText("You have unsaved changes.").waitFor();
    await page.getByRole("tab", { name: "Report" }).click();
    await page.getByText("Results appear here after").waitFor();
    await page.goBack();
    await page.getByText("You have unsaved changes.").waitFor();
    page.once("dialog", (dialog) => void dialog.accept());
    await page.reload();
    await page.getByText("You have unsaved changes.").waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Wait before step 2" }).inputValue(), "9");
    await page.getByRole("button", { name: "Discard" }).click();
    assert.equal(await page.getByRole("textbox", { name: "Wait before step 2" }).inputValue(), "2");
    await leave();
  });

  test("saving a live sequence says first who is affected", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const id = await newSequence(team, "Live");
    const { emailer_steps } = await team.api.sequences.show({ id });
    for (const contact_id of await newContacts(team, 3))
      await plantEnrollment(world, team, id, { contact_id, current_step_id: emailer_steps[1]?.id });
    await page.goto(`/sequences/${id}`);
    await page.getByText("3 contacts here").waitFor();
    await page.getByRole("button", { name: "More about step 2" }).click();
    await page.getByRole("menuitem", { name: "Delete …" }).click();
    await page.getByText("3 contacts wait at this step.").waitFor();
    await page.getByRole("button", { name: "Delete step" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    const dialog = page.getByRole("dialog");
    await dialog
      .getByText(/Step 2 \(Phone call\) will be deleted: 3 contacts waiting there will finish/)
      .waitFor();
    await picture(page, "light-sequence-affected");
    await assertAccessible(page, "who is affected");
    await dialog.getByRole("button", { name: "Save for 3 contacts" }).click();
    await page.getByText("Saved.", { exact: true }).waitFor();
    assert.equal((await team.api.sequences.show({ id })).emailer_steps.length, 1);
    await leave();
  });

  test("changes can be kept from the people on the way, who are shown apart from then on", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const id = await newSequence(team, "Frozen");
    const { emailer_steps } = await team.api.sequences.show({ id });
    for (const contact_id of await newContacts(team, 3))
      await plantEnrollment(world, team, id, { contact_id, current_step_id: emailer_steps[1]?.id });
    await page.goto(`/sequences/${id}`);
    await page.getByText("3 contacts here").waitFor();
    await page.getByRole("textbox", { name: "Wait before step 2" }).fill("9");
    await page.getByRole("button", { name: "Save" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Only for new contacts").click();
    await dialog.getByText(/The current 3 contacts keep the old steps and texts/).waitFor();
    await picture(page, "light-sequence-frozen");
    await assertAccessible(page, "changes that are not for people on the way");
    // The sequence is read again before all else that hangs on it: in between nothing is tried on steps that have moved.
    await page.route("**/api/**", async (route) => {
      const request = route.request();
      if (request.method() === "GET" && !request.url().endsWith(id))
        await new Promise((done) => setTimeout(done, 700));
      await route.continue();
    });
    await dialog.getByRole("button", { name: "Save for new contacts" }).click();
    await page.getByText("Saved.", { exact: true }).waitFor();
    const versions = page.getByRole("region", { name: "Earlier versions" });
    await versions.getByText(/3 contacts follow an earlier version of the steps/).waitFor();
    await versions.getByText("version until").click();
    await versions.getByText("3 contacts here").waitFor();
    await versions
      .getByRole("switch", { name: "step 2 of the earlier version is on" })
      .click({ force: true });
    await until(async () => {
      const [version] = (await team.api.sequences.show({ id })).earlier_versions;
      return version?.num_contacts === 3 && version.emailer_steps[1]?.enabled === false;
    });
    await picture(page, "light-sequence-earlier-version");
    await assertAccessible(page, "an earlier version");
    await leave();
  });

  for (const look of ["dark", "phone"] as const) {
    test(`in ${look}, list, steps, report and settings are whole`, async () => {
      const { page, leave } = await browser.visit(world.url, {
        ...(look === "dark"
          ? { colorScheme: "dark" as const }
          : { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }),
      });
      await signInByHand(page, team.owner);
      const id = await newSequence(team, `Looked at in ${look}`);
      const { emailer_steps } = await team.api.sequences.show({ id });
      const places = [
        ["list", "/sequences", "Create a sequence"],
        ["steps", `/sequences/${id}?step=${emailer_steps[0]?.id}`, "Send me a test"],
        ["report", `/sequences/${id}?tab=report`, "Results appear here after"],
        ["settings", `/sequences/${id}?tab=settings`, "Share with a user or group"],
      ] as const;
      for (const [name, path, shows] of places) {
        await page.goto(path);
        await page.getByText(shows).first().waitFor();
        await picture(page, `${look}-sequence-${name}`);
        await assertFitsSideways(page, `${name} in ${look}`);
        await assertAccessible(page, `${name} in ${look}`);
      }
      await leave();
    });
  }
});

async function newSequence({ api }: Team, name: string, active = false) {
  const mail = {
    status: "approved" as const,
    emailer_template: { subject: "Hi", body_html: "<p>Hello</p>" },
  };
  const { emailer_campaign } = await api.sequences.create({
    name,
    active,
    emailer_steps: [
      { type: "auto_email", wait_time: 0, wait_mode: "day", emailer_touches: [mail] },
      { type: "call", wait_time: 2, wait_mode: "day" },
    ],
  });
  return emailer_campaign.id;
}

/** Closes the open step, and takes the first one below the second. */
async function moveByKeys(page: Page) {
  const open = page.getByRole("button", { expanded: true }).and(page.locator("[data-walk]"));
  await open.click();
  const first = page.getByRole("region", { name: "Step 1", exact: true }).locator("[data-walk]");
  await first.focus();
  await page.keyboard.press("Alt+ArrowDown");
  await page.getByText("Automatic email is now step 2 of 2.").waitFor();
}

async function caught({ api }: Team, to: string, says: RegExp) {
  const mail = await until(async () => (await api.catcher.list({ to })).messages[0]);
  assert.match(mail.text ?? "", says);
}
