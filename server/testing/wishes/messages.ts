// How each call that writes mails is made so that it succeeds.

import { plant } from "../planted.ts";
import { newContact, newMailbox } from "../sequenced.ts";
import { asOwner } from "../wire.ts";
import type { Team, World } from "../world.ts";

type Making = (team: Team, world: Pick<World, "ownerConnection">) => Promise<Record<string, unknown>>;

export async function makeDraft(team: Team) {
  await newMailbox(team);
  const wish = { contact_id: await newContact(team), subject: "made", body_html: "<p>made</p>" };
  return (await team.api.emailerMessages.create(wish)).emailer_message.id;
}

/** Handed over, and the server's answer was lost. */
export async function makeUnclear(team: Team, world: Pick<World, "ownerConnection">) {
  const id = await makeDraft(team);
  await asOwner(world, (client) =>
    client.query("update messages set delivery = 'unconfirmed', released_at = now() where id = $1", [id]),
  );
  return id;
}

export async function makeAttachment(team: Team) {
  return (await team.api.attachments.create({ file_name: "made.txt", content: "aGk=" })).attachment.id;
}

export async function makeBrake(team: Team, world: Pick<World, "ownerConnection">) {
  const figures = { sent: 60, count: 6, percent: 10, threshold: 10, days: 7, before: null };
  const row = { scope: "team", subject_id: team.id, level: "paused", cause: "bounces" };
  await asOwner(world, (client) => client.query("delete from brakes where team_id = $1", [team.id]));
  return plant(world, team, "brakes", { ...row, figures: JSON.stringify(figures), since: new Date() });
}

export const messageWishes: Record<string, Making> = {
  "brakes.lift": async (team, world) => ({ id: await makeBrake(team, world) }),
  "attachments.create": async () => ({ file_name: "dry.txt", content: "aGk=" }),
  "emailerMessages.create": async (team) => ({ contact_id: await newContact(team), subject: "Dry" }),
  "emailerMessages.update": async (team) => ({ id: await makeDraft(team), subject: "Changed" }),
  "emailerMessages.delete": async (team) => ({ id: await makeDraft(team) }),
  "emailerMessages.resolve": async (team, world) => ({ id: await makeUnclear(team, world), as: "sent" }),
  "emailerMessages.sendNow": async (team) => ({ id: await makeDraft(team) }),
  "emailerMessages.bulkSendNow": async (team) => ({ emailer_message_ids: [await makeDraft(team)] }),
  "emailerMessages.bulkSchedule": async (team) => ({
    emailer_messages: [{ id: await makeDraft(team), due_at: "2100-01-01T09:00:00Z" }],
  }),
};
