// Mails that have gone out, with the token that their links carry.

import { randomBytes } from "node:crypto";
import { newSequence } from "./members.ts";
import { plantEnrollment, plantMessage } from "./planted.ts";
import type { Team, World } from "./world.ts";

let made = 0;

/** An enrolled contact who got a mail of the sequence some minutes ago. */
export async function mailed(
  world: World,
  team: Team,
  { sequence, ...row }: Record<string, unknown> & { sequence?: Parameters<typeof newSequence>[1] } = {},
) {
  const email = `reader${++made}@readers.example`;
  const { contact } = await team.api.contacts.create({ email, first_name: "Ines" });
  const { id: sequenceId } = await newSequence(team, sequence);
  const enrollmentId = await plantEnrollment(world, team, sequenceId, { contact_id: contact.id });
  const token = randomBytes(32).toString("hex");
  const sentAt = world.running.app.now().subtract({ minutes: 10 }).toString();
  const messageId = await plantMessage(world, team, sequenceId, {
    contact_id: contact.id,
    enrollment_id: enrollmentId,
    to_email: email,
    from_name: "Ole Dahl",
    from_email: "ole@norrland.example",
    completed_at: sentAt,
    confirmation: "confirmed",
    token,
    ...row,
  });
  return { email, contactId: contact.id, sequenceId, enrollmentId, messageId, token };
}
