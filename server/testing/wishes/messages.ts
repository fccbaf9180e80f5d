// How each call that writes mails is made so that it succeeds.

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
    client.query("update messages set delivery = 'unconfirmed', dot_at = now() where id = $1", [id]),
  );
  return id;
}

export async function makeAttachment(team: Team) {
  return (await team.api.attachments.create({ file_name: "made.txt", content: "aGk=" })).attachment.id;
}

export const messageWishes: Record<string, Making> = {
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
