// How to make each call that manages enrollments succeed: a contact is enrolled first.

import { newContact, newMailbox } from "../sequenced.ts";
import { asOwner } from "../wire.ts";
import type { Team, World } from "../world.ts";
import { make } from "./sequences.ts";

export type Enrolled = {
  sequence: string;
  step: string;
  contact: string;
  mailbox: string;
  enrollment: string;
};

/** One contact, active in a sequence of their own. */
export async function makeEnrolled(team: Team): Promise<Enrolled> {
  const sequence = await make.activeSequence(team);
  const contact = await newContact(team);
  const { id: mailbox } = await newMailbox(team);
  const answer = await team.api.joining.addContacts({
    id: sequence,
    contact_ids: [contact],
    send_email_from_email_account_id: [mailbox],
  });
  const enrollment = "enrollments" in answer ? answer.enrollments[0]?.id : undefined;
  if (!enrollment) throw new Error("nobody joined");
  const { emailer_steps } = await team.api.sequences.show({ id: sequence });
  return { sequence, step: emailer_steps[0]?.id ?? "", contact, mailbox, enrollment };
}

/** A change that can still be undone. */
export async function makeChange(team: Team) {
  const { sequence, contact } = await makeEnrolled(team);
  const answer = await team.api.enrollments.pause({ id: sequence, contact_ids: [contact] });
  return answer.change?.id ?? "";
}

type Making = (team: Team, world: Pick<World, "ownerConnection">) => Promise<Record<string, unknown>>;

const named = async (team: Team) => {
  const { sequence, contact } = await makeEnrolled(team);
  return { id: sequence, contact_ids: [contact] };
};

export const managedWishes: Record<string, Making> = {
  "enrollments.removeOrStop": async (team) => {
    const { sequence, contact } = await makeEnrolled(team);
    return { emailer_campaign_ids: [sequence], contact_ids: [contact], mode: "remove" };
  },
  "enrollments.changeStatuses": async (team) => ({ ...(await named(team)), status: "paused" }),
  "enrollments.updateMailbox": async (team) => {
    const { sequence, enrollment } = await makeEnrolled(team);
    const { id } = await newMailbox(team);
    return { id: sequence, emailer_campaign_contact_ids: [enrollment], send_email_from_email_account_id: id };
  },
  "enrollments.removeContacts": async (team) => {
    const { sequence, contact } = await makeEnrolled(team);
    return { emailer_campaign_id: sequence, contact_ids: [contact] };
  },
  "enrollments.pause": named,
  "enrollments.resume": async (team) => {
    const wish = await named(team);
    await team.api.enrollments.pause(wish);
    return wish;
  },
  "enrollments.retry": async (team, world) => {
    const { sequence, contact, enrollment } = await makeEnrolled(team);
    await asOwner(world, (client) =>
      client.query(
        "update enrollments set state = 'failed', failure_reason = 'snippets_missing' where id = $1",
        [enrollment],
      ),
    );
    return { id: sequence, contact_ids: [contact] };
  },
  "enrollments.restart": named,
  "enrollments.finish": named,
  "enrollments.remove": named,
  "enrollments.move": async (team) => ({
    ...(await named(team)),
    send_email_from_email_account_id: (await newMailbox(team)).id,
  }),
  "enrollments.manageEverywhere": async (team) => ({
    action: "pause",
    contact_ids: [(await makeEnrolled(team)).contact],
  }),
  "changes.undo": async (team) => ({ id: await makeChange(team) }),
};
