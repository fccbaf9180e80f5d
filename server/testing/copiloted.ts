// A copilot with a contact that it has proposed.

import { plant } from "./planted.ts";
import { newContact, newMailbox, newSequence } from "./sequenced.ts";
import type { Team, World } from "./world.ts";

export async function newCopilotWish(team: Team) {
  return {
    name: "Made",
    filters: { q_title: "plant" },
    emailer_campaign_id: (await newSequence(team)).id,
    email_account_ids: [(await newMailbox(team)).id],
  };
}

export async function newCopilot(team: Team) {
  return (await team.api.copilots.create(await newCopilotWish(team))).copilot.id;
}

export async function plantProposal(world: World, team: Team, copilot_id: string) {
  const now = new Date().toISOString();
  return plant(world, team, "copilot_proposals", {
    copilot_id,
    contact_id: await newContact(team),
    day: now.slice(0, 10),
    position: 0,
    score: 25,
    rank: 25,
    reasons: "[]",
    traits: "{}",
    created_at: now,
  });
}
