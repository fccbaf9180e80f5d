// Sequences as files on the screen: exported, imported with their plan, and compared with the file that manages them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import { filesInZip } from "../parts/zip.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  pictureWhole,
  signIn,
  useBrowser,
} from "./browser.ts";

const PASSWORD = "a long sentence is a good password";
const MAIL =
  "---\nsubject: A question about {{company}}\n---\n<p>Hi {{first_name}}</p><p>How do you plan?</p>\n";
const yaml = (key: string, more = "") =>
  `key: ${key}\nname: Nordic ${key}\nsteps:\n  - type: auto_email\n    variants:\n      - mail: question.html\n${more}`;
const CALL = "  - type: call\n    wait: 2 days\n";

const file = (name: string, text: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
const pair = (key: string, more = "", mail = MAIL) => [
  file("sequence.yaml", yaml(key, more)),
  file("question.html", mail),
];

describe("sequences as files", () => {
  const world = useWorld({ catcher: true });
  const browser = useBrowser();
  let team: Team;
  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    await team.api.contacts.create({
      first_name: "Ines",
      last_name: "Okafor",
      email: "ines@borealis.example",
      organization_name: "Borealis AS",
    });
  });

  const filesOf = (key: string, more = "", mail = MAIL) => [
    { path: `sequences/${key}/sequence.yaml`, text: yaml(key, more) },
    { path: `sequences/${key}/question.html`, text: mail },
  ];
  async function applied(key: string) {
    const { plan } = await team.api.sequences.importFiles({ files: filesOf(key) });
    return plan[0]?.id ?? "";
  }
  const choose = (page: Page, files: ReturnType<typeof pair>) =>
    page.locator("input[type=file]").setInputFiles(files);

  test("files are chosen from the list, their plan is read, a mail is seen, and they are applied", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/sequences");
    await page.getByRole("link", { name: "Import from file" }).click();
    await page.getByRole("heading", { level: 1, name: "Import sequences" }).waitFor();
    await picture(page, "light-files-drop");
    await assertAccessible(page, "choosing files");
    await choose(page, pair("plants"));
    const record = page.getByRole("article", { name: "Nordic plants" });
    await record.getByText("Will be created").waitFor();
    await page.getByText("1 to create, 0 to update, 0 to leave alone, 0 unchanged.").waitFor();
    await page.getByText("No line of the email says how to unsubscribe").waitFor();
    await page.getByRole("combobox", { name: "Preview for" }).click();
    await page.getByRole("option", { name: /Ines Okafor/ }).click();
    await page.getByText("A question about Borealis").waitFor();
    await pictureWhole(page, "light-files-plan-new");
    await assertAccessible(page, "the plan of a new sequence");
    assert.equal((await team.api.sequences.search({ q_name: "Nordic plants" })).pagination.total_entries, 0);
    await page.getByRole("button", { name: "Create 1", exact: true }).click();
    await page.getByText("1 created, 0 updated, 0 left alone, 0 unchanged.").waitFor();
    await picture(page, "light-files-done");
    await assertAccessible(page, "the result of an import");
    await page.getByRole("link", { name: "Nordic plants" }).click();
    await page.getByRole("button", { name: "Same as its file" }).waitFor();
    await leave();
  });

  test("a wrong key is shown in its line, with the one that is meant", async () => {
    const { page, leave, expectRefusals } = await browser.visit(world.url, { colorScheme: "dark" });
    expectRefusals(422);
    await signIn(page, team.owner);
    await page.goto("/sequences/import");
    await choose(page, pair("wrong", "  - type: call\n    wiat: 2 days\n"));
    const fault = page.getByRole("alert").filter({ hasText: "Did you mean `wait`?" });
    await fault.getByText("line 8, column 5").waitFor();
    await fault
      .getByRole("region", { name: "The file around this line" })
      .getByText("wiat: 2 days")
      .waitFor();
    await picture(page, "dark-files-fault");
    await assertAccessible(page, "a file that is refused");
    await page.getByRole("button", { name: "Choose other files" }).click();
    await choose(page, [file("plan.txt", "no file of a sequence")]);
    await page.getByText("There is no YAML file among them.").waitFor();
    await leave();
  });

  test("an update shows old and new text side by side and what happens to contacts in the middle", async () => {
    const id = await applied("turbines");
    const { contacts } = await team.api.contacts.search({});
    const mailbox = await team.api.emailAccounts.create({
      email: "ole@mail.norrland.example",
      type: "catcher",
    });
    await team.api.joining.addContacts({
      id,
      contact_ids: contacts.map((one) => one.id),
      send_email_from_email_account_id: mailbox.email_account.id,
    });
    const { page, leave } = await browser.visit(world.url, { viewport: { width: 390, height: 844 } });
    await signIn(page, team.owner);
    await page.goto("/sequences/import");
    await choose(page, pair("turbines", CALL, MAIL.replace("How do", "When do")));
    const record = page.getByRole("article", { name: "Nordic turbines" });
    await record.getByText("Will be updated, 2 changes").waitFor();
    await record.getByText("1 contact will keep the steps and texts as they are now.").waitFor();
    await record.getByText("<p>How do you plan?</p>").waitFor();
    await record.getByText("<p>When do you plan?</p>").waitFor();
    await assertFitsSideways(page, "the plan of an update");
    await pictureWhole(page, "phone-files-plan-update");
    await assertAccessible(page, "the plan of an update");
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download the files of today" }).click();
    const zip = await filesInZip(new Blob([await readFile(await (await saved).path())]), {
      mostFiles: 10,
      mostBytes: 100_000,
    });
    assert.ok(zip?.has("sequences/turbines/sequence.yaml"), String([...(zip?.keys() ?? [])]));
    await page.getByText("Get the new steps and texts").click();
    await record.getByText("1 contact will get the new steps and texts.").waitFor();
    await page.getByRole("button", { name: "Update 1", exact: true }).click();
    await record.getByText("1 contact got the new steps and texts.").waitFor();
    await assertFitsSideways(page, "the result");
    await leave();
  });

  test("an edit on the screen is shown with who made it, is left alone, and is exported again", async () => {
    const id = await applied("edited");
    const { page, leave } = await browser.visit(world.url, { colorScheme: "dark" });
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}`);
    await page.getByRole("button", { name: "Same as its file" }).waitFor();
    await page.getByRole("heading", { level: 1 }).getByRole("button", { name: "Nordic edited" }).click();
    await page.getByLabel("Name of the sequence").fill("Nordic, by hand");
    await page.keyboard.press("Enter");
    const state = page.getByRole("button", { name: "Differs from its file" });
    await state.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Managed by a file" });
    await dialog.getByText("Nordic, by hand", { exact: true }).waitFor();
    const edits = dialog.getByRole("list", { name: "Who edited it" });
    await edits.getByRole("listitem").waitFor();
    assert.match(await edits.innerText(), /^Ole Dahl changed the sequence/);
    await picture(page, "dark-files-drift");
    await assertAccessible(page, "what was edited since");
    await dialog.getByRole("button", { name: "Export again" }).click();
    const files = page.getByRole("dialog", { name: "Export “Nordic, by hand”" });
    await files.getByText("name: Nordic, by hand").waitFor();
    await picture(page, "dark-files-export");
    await assertAccessible(page, "the files of a sequence");
    await files.getByRole("button", { name: "Copy sequences/edited/sequence.yaml" }).click();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^key: edited$/m);
    const saved = page.waitForEvent("download");
    await files.getByRole("button", { name: "Download 2 files as zip" }).click();
    const zip = await readFile(await (await saved).path());
    await page.goto("/sequences/import");
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "edited.zip", mimeType: "application/zip", buffer: zip });
    await page.getByText("0 to create, 0 to update, 0 to leave alone, 1 unchanged.").waitFor();
    await page.getByText("Nothing to apply: no record would change.").waitFor();
    assert.ok(await page.getByRole("button", { name: "Apply" }).isDisabled());
    await leave();
  });

  test("a file does not overwrite an edit unless the user says so", async () => {
    const id = await applied("held");
    await team.api.sequences.update({ id, name: "By hand" });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/sequences/import");
    await choose(page, pair("held", CALL));
    const record = page.getByRole("article");
    await record.getByText("Will be left alone").waitFor();
    await record.getByText("It was edited here since the file was applied.").waitFor();
    await pictureWhole(page, "light-files-held");
    await page.getByRole("checkbox", { name: "Overwrite edits" }).check();
    await record.getByText("Will be updated, 2 changes").waitFor();
    await page.getByRole("button", { name: "Update 1", exact: true }).click();
    await page.getByRole("link", { name: "Nordic held" }).waitFor();
    await leave();
  });

  test("a user who may only view a sequence reads which file is refused, and why", async () => {
    const id = await applied("guarded");
    await team.api.sequences.update({
      id,
      sharing_permission: { visibility: "everyone", access_type: "can_view" },
    });
    const { invitation_url } = await team.api.users.invite({ email: "mia@example.no" });
    await world
      .client()
      .invitations.accept({ token: tokenIn(invitation_url), name: "Mia", password: PASSWORD });
    const { page, leave, expectRefusals } = await browser.visit(world.url);
    expectRefusals(403);
    await signIn(page, { email: "mia@example.no", password: PASSWORD });
    await page.goto(`/sequences/${id}?do=export`);
    await page.getByRole("dialog").getByText("key: guarded").waitFor();
    await page.goto("/sequences/import");
    await choose(page, pair("guarded", CALL));
    const fault = page.getByRole("alert");
    await fault.getByText("You do not have the permission to change this sequence.").waitFor();
    await fault.getByText("sequences/guarded/sequence.yaml").waitFor();
    await picture(page, "light-files-not-permitted");
    await assertAccessible(page, "a file that may not be applied");
    await leave();
  });
});
