// An A/B test that keeps the better variant: started in the editor, stopped, decided by the engine, and told.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decideAbTestsOnce } from "../../server/engine/upkeep/decide-ab-tests.ts";
import { MAIL_STEP, newSequence } from "../../server/testing/sequenced.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";
import { LOOKS } from "./looks.ts";

const mail = (subject: string) => ({
  status: "approved" as const,
  emailer_template: { subject, body_html: "<p>Hello</p>" },
});

describe("A/B tests", () => {
  const world = useWorld({ role: "api" });
  const browser = useBrowser();

  for (const [look, options] of Object.entries(LOOKS))
    test(`a test is started, stopped, started again and won (${look})`, async () => {
      const team = await world.newTeam();
      const { id, steps } = await newSequence(team, {
        active: false,
        emailer_steps: [{ ...MAIL_STEP, emailer_touches: [mail("Boden"), mail("Winter")] }],
      });
      const [step = ""] = steps;
      const { page, leave } = await browser.visit(world.url, options);
      await signIn(page, team.owner);
      await page.goto(`/sequences/${id}?step=${step}`);
      const start = async () => {
        await page.getByRole("button", { name: "Choose the winner automatically …" }).click();
        const dialog = page.getByRole("dialog", { name: "Choose the winner automatically" });
        await dialog.getByRole("combobox", { name: "Compare by" }).waitFor();
        await assertAccessible(page, `${look}: starting a test`);
        await picture(page, `${look}-ab-test-start`);
        await dialog.getByRole("button", { name: "Start A/B test" }).click();
        await page.getByText("A/B test running. No sure winner yet.").waitFor();
      };
      await start();
      await page.getByRole("button", { name: "Stop test" }).click();
      await page.getByText("A/B test stopped. All variants stay.").waitFor();
      await start();
      const { ab_test } = await team.api.abTests.show({ id: step });
      const [a = "", b = ""] = ab_test?.variants.map((variant) => variant.emailer_touch_id) ?? [];
      await asOwner(world, (client) =>
        client.query(
          `insert into messages (team_id, id, sequence_id, step_id, touch_id, subject, type, delivery, released_at, completed_at, replied_at, created_at, updated_at)
           select $1, new_ident(), $2, $3, v.touch, 'Hello', 'outreach_automatic_email', 'sent', at, at, case when n <= v.replies then at end, at, at
             from unnest($4::text[], $5::int[]) v (touch, replies), generate_series(1, 300) n,
                  (select $6::timestamptz + interval '1 second' as at) t`,
          [team.id, id, step, [a, b], [6, 60], world.running.app.now().toString()],
        ),
      );
      world.advance({ minutes: 61 });
      while ((await decideAbTestsOnce({ app: world.running.app })) > 0);
      await page.reload();
      await page.getByText(/^Variant B won/).waitFor();
      await page.getByText("A: 2% of 300 replied · B: 20% of 300 replied").waitFor();
      await picture(page, `${look}-ab-test-won`);
      await assertAccessible(page, `${look}: a test that is won`);
      await assertFitsSideways(page, `${look}: a test that is won`);
      const { emailer_touches } = await team.api.sequences.show({ id });
      assert.deepEqual(
        emailer_touches.map(({ status }) => status),
        ["to_be_reviewed", "approved"],
      );
      await leave();
    });
});
