// A person decides on an opener at the moment at which the language model is about to be asked for it.

import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { actFor } from "../../../engine/running/act-for.ts";
import { byEngine } from "../../../engine/running/engine.ts";
import { bothAtOnce } from "../../../testing/held-open.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { connectModel, openModel } from "../../../testing/model-peer.ts";
import { newContacts, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { decideOpener } from "../../automation/copilots/commands.ts";
import { claimWork } from "./claiming.ts";

const peer = await openModel();
after(() => peer.close());
const world = useWorld({ role: "api", webhookAllow: LOOPBACK }); // nothing is asked but what a test does by hand
let team: Team;
let id: string;
let proposal: string;
beforeEach(async () => {
  team = await world.newTeam();
  await connectModel(team, peer, { drafts_openers: true });
  const { id: sequence } = await newSequence(team);
  const box = await newMailbox(team);
  await newContacts(team, 1, { title: "Buyer" });
  const { copilot } = await team.api.copilots.create({
    name: "Buyers",
    filters: { q_title: "buyer" },
    per_day: 50,
    emailer_campaign_id: sequence,
    email_account_ids: [box.id],
  });
  id = copilot.id;
  const { proposals } = await team.api.copilots.propose({ id });
  proposal = proposals[0]?.id ?? "";
});

const TEXT = "You run the plant in Lule\u00e5.";
const decide = (decision: "accept" | "draft_again", text?: string) =>
  team.api.copilots.decideOpener({ id, proposal_id: proposal, decision, ...(text && { text }) });
const opener = async () => (await team.api.copilots.proposals({ id })).proposals[0]?.opener;

const claimed = (beforeCommit = async () => {}) =>
  world.running.app.db.inTeam(team.id, async (db) => {
    const work = await claimWork(byEngine(world.running.app, db, team.id), "together", 4);
    await beforeCommit();
    return work?.work ?? [];
  });

test("what a person has just accepted is not asked for again, and stays as they wrote it", async () => {
  await decide("draft_again");
  const whose = { teamId: team.id, userId: team.owner.id, cause: "engine" };
  const [, work] = await bothAtOnce(
    world,
    (beforeCommit) =>
      actFor(world.running.app, whose, async (act) => {
        await decideOpener(act, id, proposal, { decision: "accept", text: TEXT });
        await beforeCommit();
      }),
    () => claimed(),
  );
  assert.deepEqual(work, []);
  const now = await opener();
  assert.deepEqual([now?.state, now?.text], ["accepted", TEXT]);
});
