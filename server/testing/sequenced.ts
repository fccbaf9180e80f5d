// A team with something to join: mailboxes, a sequence that is switched on, and contacts of every kind.

import type { Input, shapes } from "@cadenza/sdk";
import type { Team } from "./world.ts";

export type MailboxWish = Partial<Input<"emailAccounts", "create">>;
export type SequenceWish = Partial<Input<"sequences", "create">>;
export type StepWish = shapes.NewStepInSequence;
export type Touch = NonNullable<StepWish["emailer_touches"]>[number];
export type ContactInput = Input<"contacts", "create">;
export type JoiningWish = Input<"joining", "addContacts">;

const SMTP = {
  host: "smtp.example.net",
  port: 587,
  security: "starttls" as const,
  username: "u",
  password: "p",
};

let made = 0;

/** A mailbox that is never signed in to. */
export async function newMailbox({ api }: Pick<Team, "api">, rest: MailboxWish = {}) {
  const wish = { email: `box${++made}@norrland.example`, smtp: SMTP, test: false, ...rest };
  return (await api.emailAccounts.create(wish)).email_account;
}

const MAIL = {
  emailer_template: { subject: "Hello {{first_name}}", body_html: "<p>Hello {{first_name}}</p>" },
};
export const MAIL_STEP = {
  type: "auto_email" as const,
  wait_time: 0,
  wait_mode: "minute" as const,
  emailer_touches: [{ ...MAIL, status: "approved" as const }],
};
export const CALL_STEP = { type: "call" as const, wait_time: 1, wait_mode: "day" as const };

/** Switched on unless said otherwise: a mail at once, a call the day after. */
export async function newSequence({ api }: Pick<Team, "api">, rest: SequenceWish = {}) {
  const wish = { name: `Sequence ${++made}`, active: true, emailer_steps: [MAIL_STEP, CALL_STEP], ...rest };
  const { emailer_campaign, emailer_steps } = await api.sequences.create(wish);
  return { id: emailer_campaign.id, steps: emailer_steps.map(({ id }) => id), name: emailer_campaign.name };
}

/** Of a company of their own, with a verified address, owned by the user the team's key acts as. */
export async function newContact({ api }: Team, rest: ContactInput = {}) {
  const n = ++made;
  const wish = { first_name: `Person${n}`, email: `person${n}@company${n}.example`, ...rest };
  return (await api.contacts.create(wish)).contact.id;
}

export async function newContacts(team: Team, count: number, rest: ContactInput = {}) {
  const wishes = Array.from({ length: count }, () => {
    const n = ++made;
    return { first_name: `Person${n}`, email: `person${n}@company${n}.example`, ...rest };
  });
  const ids: string[] = [];
  for (let start = 0; start < count; start += 100) {
    const page = { contact_attributes: wishes.slice(start, start + 100) };
    ids.push(...(await team.api.contacts.bulkCreate(page)).created_contacts.map(({ id }) => id));
  }
  return ids;
}
