// Variants for contacts who got an earlier variant: tied by keys, reported when the pair is lost, compared apart, explained;
// in every look.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { plantContact, plantEnrollment, plantMessage } from "../../server/testing/planted.ts";
import { until } from "../../server/testing/sending.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signInByHand, useBrowser } from "./browser.ts";
import { LOOKS } from "./looks.ts";

describe("variants that go with an earlier one", () => {
  const world = useWorld({});
  const browser = useBrowser();
  let team: Team;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
  });

  const mail = (subject: string) => ({
    status: "approved" as const,
    emailer_template: { subject, body_html: `<p>${subject}</p>` },
  });
  async function newSequence(rest: object = {}) {
    const made = await team.api.sequences.create({
      name: "Nordic plants",
      emailer_steps: [
        {
          type: "auto_email",
          wait_time: 0,
          wait_mode: "day",
          emailer_touches: [mail("Your plant in Boden"), mail("Power in winter")],
        },
        {
          type: "auto_email",
          wait_time: 3,
          wait_mode: "day",
          emailer_touches: [{ ...mail("Back to Boden"), ...rest }, mail("One more thought")],
        },
      ],
    });
    const [first = "", second = ""] = made.emailer_steps.map(({ id }) => id);
    const [a = "", b = "", toA = "", toAll = ""] = made.emailer_touches.map(({ id }) => id);
    return { id: made.emailer_campaign.id, first, second, a, b, toA, toAll };
  }

  for (const [look, options] of Object.entries(LOOKS))
    test(`one is tied to an earlier one by keys, and says who gets it (${look})`, async () => {
      const { page, leave } = await browser.visit(world.url, options);
      await signInByHand(page, team.owner);
      const { id, second, a, toA } = await newSequence();
      await page.goto(`/sequences/${id}?step=${second}`);
      const whom = page.getByRole("combobox", { name: "Contacts for variant A" });
      await whom.waitFor();
      assert.equal(await whom.inputValue(), "For all contacts");
      await whom.focus();
      await page.keyboard.press("Enter");
      const choice = page.getByRole("option", { name: "For contacts who got variant A of step 1" });
      await choice.waitFor();
      await picture(page, `${look}-pair-choices`);
      await until(async () => {
        if ((await choice.getAttribute("data-combobox-selected")) !== null) return true;
        await page.keyboard.press("ArrowDown");
        return false;
      });
      await page.keyboard.press("Enter");
      await until(async () => (await whom.inputValue()) === "For contacts who got variant A of step 1");
      await page.getByRole("tab", { name: "A 100% of 1A" }).waitFor();
      await page.getByRole("tab", { name: "B 100% of others" }).waitFor();
      await picture(page, `${look}-pair-chosen`);
      await assertFitsSideways(page, `a pair, ${look}`);
      await assertAccessible(page, `a pair, ${look}`);
      await page.keyboard.press("ControlOrMeta+s");
      await page.getByText("Saved.", { exact: true }).waitFor();
      const { emailer_touches } = await team.api.touches.list({ emailer_step_id: second });
      assert.deepEqual(
        emailer_touches.map((touch) => [touch.id === toA, touch.goes_with_touch_id]),
        [
          [true, a],
          [false, null],
        ],
      );
      await leave();
    });

  test("one that is not saved yet can be gone with, and one that is gone is told of before anything is saved", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    const { id, first, second } = await newSequence();
    await page.goto(`/sequences/${id}?step=${first}`);
    await page.getByRole("button", { name: "Variant", exact: true }).click();
    await page.getByRole("tab", { name: /^C \d/ }).waitFor();
    await page.goto(`/sequences/${id}?step=${second}`);
    await page.getByRole("combobox", { name: "Contacts for variant A" }).click();
    await page.getByRole("option", { name: "For contacts who got variant C of step 1" }).click();
    await page.keyboard.press("ControlOrMeta+s");
    await page.getByText("Saved.", { exact: true }).waitFor();
    const tied = (await team.api.sequences.show({ id })).emailer_touches;
    assert.deepEqual([tied.length, tied[3]?.goes_with_touch_id], [5, tied[2]?.id]);

    await page.goto(`/sequences/${id}?step=${first}`);
    await page.getByRole("tab", { name: /^C \d/ }).click();
    await page.getByRole("button", { name: "Delete variant C" }).click();
    await page
      .getByText(/Variant A goes with an email that is no longer before it. After you save, it is off/)
      .waitFor();
    await picture(page, "light-pair-lost");
    await page.keyboard.press("ControlOrMeta+s");
    await page.getByText("You have unsaved changes.").waitFor({ state: "detached" });
    const lost = (await team.api.sequences.show({ id })).emailer_touches;
    assert.deepEqual(
      lost.slice(2).map((touch) => [touch.goes_with_touch_id, touch.status]),
      [
        [null, "to_be_reviewed"],
        [null, "approved"],
      ],
    );
    await leave();
  });

  for (const [look, options] of Object.entries(LOOKS))
    test(`they are compared apart, and the why panel says why a contact gets one (${look})`, async () => {
      const { page, leave } = await browser.visit(world.url, options);
      await signInByHand(page, team.owner);
      const sequence = await newSequence({ goes_with: { step: 1, variant: 1 } });
      const { id, first, second, a, b, toA, toAll } = sequence;
      const contact_id = await plantContact(world, team, { first_name: "Ines", last_name: "Okafor" });
      const enrollment_id = await plantEnrollment(world, team, id, { contact_id, current_step_id: second });
      const sent = { completed_at: "2026-11-02T12:00:00Z" };
      await plantMessage(world, team, id, {
        ...sent,
        contact_id,
        enrollment_id,
        step_id: first,
        touch_id: a,
      });
      for (const [step_id, touch_id] of [
        [first, b],
        [second, toA],
        [second, toAll],
      ])
        await plantMessage(world, team, id, {
          ...sent,
          step_id,
          touch_id,
          replied_at: "2026-11-03T12:00:00Z",
        });
      await page.goto(`/sequences/${id}?tab=report`);
      const table = page.getByRole("table", { name: "Variants of step 2" });
      await table.getByText("For contacts who got variant A of step 1").waitFor();
      await table.getByText("For all other contacts").waitFor();
      assert.equal(await table.getByText("No other variant for the same contacts").count(), 2);
      await table.scrollIntoViewIfNeeded();
      await picture(page, `${look}-pair-report`);
      await assertFitsSideways(page, `a report of pairs, ${look}`);
      await assertAccessible(page, `a report of pairs, ${look}`);
      await page.goto(`/sequences/${id}?tab=contacts&why=enrollment:${enrollment_id}`);
      await page
        .getByText(
          /The contact gets variant A of step 2: it is paired with variant A of step 1, which the contact got before/,
        )
        .waitFor();
      await picture(page, `${look}-pair-why`);
      await assertAccessible(page, `why a variant, ${look}`);
      await leave();
    });
});
