// A database is copied and starts elsewhere: every page says that no mail leaves, and no contact gets any. An admin sees
// what waits and why, confirms that no other server sends, and mail goes on.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { wakeCopy } from "../../server/testing/copied.ts";
import { firstTeam } from "../../server/testing/first-team.ts";
import { LOOPBACK } from "../../server/testing/loopback.ts";
import { until, useWitness } from "../../server/testing/sending.ts";
import { newScene } from "../../server/testing/torture/scene.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { type Team, useWorld, type World } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signInByHand, useBrowser } from "./browser.ts";

const PEOPLE = 3;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe("a copied database", () => {
  const witness = useWitness();
  let team: Pick<Team, "api" | "owner">;
  const world = useWorld({ engineLoops: 1, mailAllow: LOOPBACK }, async (opened) => {
    team = await firstTeam(opened);
  });
  const browser = useBrowser();

  test("holds all mail back, says so everywhere, and sends once a person has confirmed that no other server sends", async () => {
    await newScene(team as Team, { port: witness.port, mailboxes: 1, contacts: PEOPLE, waits: [0, 1] });
    await witness.waitFor(PEOPLE);
    const are = async (state: "delivered" | "scheduled") =>
      (await team.api.emailerMessages.search({ emailer_message_stats: [state] })).emailer_messages.length;
    await until(async () => (await are("delivered")) === PEOPLE && (await are("scheduled")) === PEOPLE);
    const copy = await wakeCopy(world);
    world.advance({ minutes: 5 }); // the second mails are due by now, and only the copy is there to send them

    const { page, leave } = await browser.visit(copy.url);
    await signInByHand(page, team.owner);
    const notice = page.getByRole("alert").filter({ hasText: "Sending is paused" });
    await notice.waitFor();
    await assertAccessible(page, "a home that sends nothing");
    await picture(page, "light-copied-home");
    for (const key of ["s", "o"]) {
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await notice.waitFor();
    }
    const before = witness.lines().length;

    await notice.getByRole("button", { name: "Review" }).click();
    const dialog = page.getByRole("dialog", { name: "Resume sending from this database?" });
    await dialog.getByText("this is not the database that sent email before").waitFor();
    await dialog.getByText(`${PEOPLE} emails of your team are waiting and will be sent.`).waitFor();
    await assertAccessible(page, "what a copy holds back");
    await picture(page, "light-copied-asked");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "detached" });
    assert.equal(witness.lines().length, before, "nothing has gone out, though it was due");
    await leave();

    const phone = await browser.visit(copy.url, { ...PHONE, colorScheme: "dark" });
    await signInByHand(phone.page, team.owner);
    await phone.page.getByRole("button", { name: "Review" }).tap();
    await phone.page.getByText(`${PEOPLE} emails of your team are waiting`).waitFor();
    await assertFitsSideways(phone.page, "what a copy holds back, on a phone");
    await assertAccessible(phone.page, "what a copy holds back, on a phone");
    await picture(phone.page, "phone-copied-asked");
    assert.equal(witness.lines().length, before, "and nothing has, all this time");
    await phone.page.getByRole("button", { name: "Resume sending" }).tap();
    await phone.page.getByText("Sending resumed.").waitFor();
    await phone.page
      .getByRole("alert")
      .filter({ hasText: "Sending is paused" })
      .waitFor({ state: "detached" });
    await witness.waitFor(before + PEOPLE);
    await phone.leave();
  });
});

describe("a copied database of several teams", () => {
  let team: Team;
  const world = useWorld({ engineLoops: 1 }, async (opened) => {
    team = await opened.newTeam();
  });
  const browser = useBrowser();

  test("tells an admin who can say that it is no copy, and offers no button that would be refused", async () => {
    await until(async () => (await sendingPlace(world)) !== null);
    const copy = await wakeCopy(world);
    const { page, leave } = await browser.visit(copy.url);
    await signInByHand(page, team.owner);
    await page.getByRole("button", { name: "Review" }).click();
    const dialog = page.getByRole("dialog", { name: "Sending is paused" });
    await dialog.getByText("Only its operator can confirm that this is not a copy").waitFor();
    await assertAccessible(page, "a copy of several teams");
    assert.equal(await dialog.getByRole("button", { name: /Resume sending/ }).count(), 0);
    await leave();
  });
});

async function sendingPlace(world: World) {
  const { rows } = await asOwner(world, (client) => client.query("select sending_place from installation"));
  return (rows[0] as { sending_place: string | null }).sending_place;
}
