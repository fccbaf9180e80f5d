// A language model: connected, tried, switched on; its openers and classes are looked at by a person.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { askOnce } from "../../server/engine/automation/ask-models.ts";
import { takeIn } from "../../server/features/receiving/incoming/commands.ts";
import { arrival, mailed, replyTo } from "../../server/testing/incoming.ts";
import { LOOPBACK } from "../../server/testing/loopback.ts";
import { connectModel, openModel, says } from "../../server/testing/model-peer.ts";
import { newContacts, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";

const OPENER = "Keeping turbines turning through a winter in Luleå is no small thing.";

const peer = await openModel();
after(() => peer.close());

describe("a language model", () => {
  const world = useWorld({ webhookAllow: LOOPBACK });
  const browser = useBrowser();

  async function askAll() {
    while ((await askOnce(world.running)) > 0);
  }

  async function propose(team: Team) {
    const box = await newMailbox(team, { email_daily_threshold: 20 });
    const sequence = await newSequence(team, { name: "Cold plants" });
    await newContacts(team, 3, { title: "Plant Manager" });
    const { copilot } = await team.api.copilots.create({
      name: "Plants",
      filters: { q_title: "plant" },
      emailer_campaign_id: sequence.id,
      email_account_ids: [box.id],
    });
    await team.api.copilots.propose({ id: copilot.id });
    return copilot.id;
  }

  async function replied(team: Team) {
    const one = await mailed(world, team);
    const { app } = world.running;
    const came = await arrival(world, replyTo(one, "Well. The fourth it is."));
    const folder = {
      role: "inbox" as const,
      path: "INBOX",
      uidValidity: 1,
      lastUid: came.uid,
      readsFrom: app.now(),
    };
    const [row] = await takeIn(app, { teamId: team.id, mailboxId: one.mailboxId, folder }, [came]);
    return row?.id ?? "";
  }

  const narrow = (page: Page) => page.setViewportSize({ width: 390, height: 844 });

  for (const look of ["light", "dark"] as const) {
    test(`it is connected, tried and switched on, and one sees what it is told (${look})`, async () => {
      peer.answer = says({ opener: OPENER });
      const team = await world.newTeam();
      const { page, leave } = await browser.visit(world.url, { colorScheme: look });
      await signIn(page, team.owner);
      await page.goto("/settings/model");
      await page.getByText("No language model connected").waitFor();
      await page.getByText("You draft the opening sentence").waitFor();
      await page.getByLabel("URL", { exact: true }).fill(peer.url);
      await page.getByRole("textbox", { name: "Model", exact: true }).fill("small-1");
      await page.getByLabel("API key", { exact: true }).fill("sk-secret");
      await page.getByLabel("About your company").fill("We sell parts for power plants.");
      await page.getByRole("button", { name: "Connect", exact: true }).click();
      await page.getByText("small-1 is connected and off.").waitFor();
      await page.getByRole("button", { name: "Run test" }).click();
      await page.getByRole("status").getByText(OPENER).waitFor();
      await page.getByText("From the team you work for: We sell parts").waitFor();
      await page.getByRole("switch", { name: /Draft an opener/ }).click();
      await page.getByText("small-1 drafts openers. Users decide.").waitFor();
      await page.getByRole("cell", { name: "235" }).waitFor();
      await picture(page, `${look}-language-model`);
      await assertAccessible(page, `a language model, ${look}`);
      await narrow(page);
      await assertFitsSideways(page, `a language model on a phone, ${look}`);
      await picture(page, `phone-${look}-language-model`);
      await page.getByLabel("Calls per day").fill("7");
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByText("Language model saved.").waitFor();
      assert.equal((await team.api.languageModel.show()).language_model?.daily_calls, 7);
      assert.equal((await team.api.languageModel.show()).language_model?.has_key, true);
      peer.answer = says("no JSON");
      await page.getByRole("button", { name: "Run test" }).click();
      await page.getByText("The model did not answer in JSON").waitFor();
      await leave();
    });

    test(`an opener is used, rewritten and dropped by keys, and a class is taken by one click (${look})`, async () => {
      peer.answer = says({ opener: OPENER });
      const team = await world.newTeam();
      await connectModel(team, peer, { drafts_openers: true, suggests_classes: true });
      const id = await propose(team);
      await askAll();
      const { page, leave, expectRefusals } = await browser.visit(world.url, { colorScheme: look });
      expectRefusals(422);
      await signIn(page, team.owner);
      await page.goto("/copilots");
      const list = page.getByRole("list", { name: "Proposals" }).getByRole("listitem");
      await list.first().getByText(OPENER).waitFor();
      await picture(page, `${look}-copilot-openers`);
      await assertAccessible(page, `openers, ${look}`);
      await page.keyboard.press("o");
      await list.first().getByText("The email starts with:").waitFor();
      await page.keyboard.press("j");
      await page.keyboard.press("d");
      await list.nth(1).getByText("No opener.").waitFor();
      await list.nth(2).getByRole("button", { name: "Edit …" }).click();
      await page.getByRole("dialog").getByLabel("Opener").fill("See https://kraft.example");
      await page.getByRole("dialog").getByRole("button", { name: "Use it" }).click();
      await page
        .getByRole("dialog")
        .getByText(/cannot be used as an opener/)
        .waitFor();
      await page.getByRole("dialog").getByLabel("Opener").fill("You run the plant in Luleå.");
      await assertAccessible(page, `writing an opener, ${look}`);
      await page.getByRole("dialog").getByRole("button", { name: "Use it" }).click();
      await list.nth(2).getByText("You run the plant in Luleå.").waitFor();
      await narrow(page);
      await assertFitsSideways(page, `openers on a phone, ${look}`);
      await picture(page, `phone-${look}-copilot-openers`);
      const { proposals } = await team.api.copilots.proposals({ id });
      assert.deepEqual(
        proposals.map(({ opener }) => opener?.state),
        ["accepted", "dropped", "accepted"],
      );

      peer.answer = says({ class: "willing_to_meet", reason: "They name a day." });
      const mail = await replied(team);
      await askAll();
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(`/inbox?open=${mail}`);
      await page.getByText("The language model suggests: wants to meet. They name a day.").waitFor();
      await picture(page, `${look}-model-suggests`);
      await assertAccessible(page, `a suggested class, ${look}`);
      await page.getByRole("button", { name: "Accept" }).click();
      await page.getByText("Changed to: wants to meet.").waitFor();
      const { incoming_mail } = await team.api.incomingMails.get({ id: mail });
      assert.deepEqual(
        [incoming_mail.reply_class, incoming_mail.overruled?.by_user_id, incoming_mail.suggestion?.state],
        ["willing_to_meet", team.owner.id, "accepted"],
      );
      await leave();
    });
  }
});
