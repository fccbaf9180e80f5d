// What there is to send: a team with mailboxes, a sequence, and people in it. Every mail carries `T:{{first_name}}:step`,
// and no two people have the same first name, so that a witness outside knows whose mail it took without believing us.

import { alwaysOpen, newSendingMailbox } from "../sending.ts";
import { type MailboxWish, newSequence, type SequenceWish, type StepWish } from "../sequenced.ts";
import type { Team } from "../world.ts";

export type TortureScene = {
  team: Team;
  sequenceId: string;
  mailboxIds: string[];
  contactIds: string[];
  /** How many mails there are to send, if no contact is stopped. */
  mails: number;
};

export type SceneWish = {
  port: number;
  mailboxes: number;
  /** Mailboxes that are there, and send beside them. */
  beside?: readonly string[];
  contacts: number;
  /** Minutes to wait before each step. */
  waits?: number[];
  /** What each mailbox has beside. */
  mailbox?: MailboxWish;
  sequence?: SequenceWish;
  scheduleId?: string;
};

let scenes = 0;

export async function newScene(team: Team, wish: SceneWish): Promise<TortureScene> {
  const { port, contacts, waits = [0, 0], mailbox = {}, sequence = {} } = wish;
  const mailboxIds = [...(wish.beside ?? [])];
  for (let n = 0; n < wish.mailboxes; n++)
    mailboxIds.push((await newSendingMailbox(team, { port }, mailbox)).id);
  const made = await newSequence(team, {
    emailer_schedule_id: wish.scheduleId ?? (await alwaysOpen(team)),
    emailer_steps: waits.map(mailStep),
    ...sequence,
  });
  const scene = { team, sequenceId: made.id, mailboxIds };
  const contactIds = await joined(scene, contacts);
  return { ...scene, contactIds, mails: contacts * waits.length };
}

/** So many people more, added to the sequence. */
export async function joined(
  { team, sequenceId, mailboxIds }: Pick<TortureScene, "team" | "sequenceId" | "mailboxIds">,
  count: number,
) {
  const contactIds = await newPeople(team, count);
  for (let start = 0; start < count; start += 1_000)
    await team.api.joining.addContacts({
      id: sequenceId,
      emailer_campaign_id: sequenceId,
      contact_ids: contactIds.slice(start, start + 1_000),
      send_email_from_email_account_id: mailboxIds,
      sequence_unverified_email: true,
      sequence_same_company_in_same_campaign: true,
    });
  return contactIds;
}

function mailStep(wait: number, n: number): StepWish {
  const body = `<p>Hello {{first_name}}</p><p>T:{{first_name}}:${n + 1}</p>`;
  const first = { subject: "Hello {{first_name}}", body_html: body };
  return {
    type: "auto_email",
    wait_time: wait,
    wait_mode: "minute",
    emailer_touches: [
      {
        status: "approved",
        type: n === 0 ? "new_thread" : "reply_to_thread",
        emailer_template: n === 0 ? first : { ...first, subject: "" },
      },
    ],
  };
}

export async function newPeople({ api }: Team, count: number) {
  const scene = ++scenes;
  const people = Array.from({ length: count }, (_, n) => ({
    first_name: `S${scene}P${n}`,
    email: `s${scene}p${n}@company${n}.example`,
  }));
  const ids: string[] = [];
  for (let start = 0; start < count; start += 100) {
    const page = { contact_attributes: people.slice(start, start + 100) };
    ids.push(...(await api.contacts.bulkCreate(page)).created_contacts.map(({ id }) => id));
  }
  return ids;
}
