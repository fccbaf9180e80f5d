// How a rule of the gate comes to stop a mail, and what several scenarios begin with.

import type { Input } from "@cadenza/sdk";
import type { ContactInput, MailboxWish, SequenceWish, StepWish } from "../sequenced.ts";
import type { GatedMailKind, GatedPhase, StandingMail } from "./mails.ts";

export type Scenario = {
  /** What the sequence and the mailbox have from the beginning. */
  sequence?: SequenceWish;
  mailbox?: MailboxWish;
  contact?: ContactInput;
  /** Though the mail itself would wait. */
  callsOffCopies?: boolean;
  /** Before the mail is planned. */
  before?(mail: StandingMail): Promise<unknown>;
  stop(mail: StandingMail): Promise<unknown>;
  /** What was changed for the whole team. */
  tidy?(mail: StandingMail): Promise<unknown>;
  /** The engine, a mail server or the reader does it: no caller waits for an answer. */
  unanswered?: true;
  /** The kinds this scenario covers, where they differ from the table's subject. */
  kinds?: readonly GatedMailKind[];
  /** Phases in which it cannot come about, and why. */
  never?: Partial<Record<GatedPhase, string>>;
  /** Nothing at all is claimed from the mailbox, so no mail of it says why it waits. */
  ofWholeMailbox?: true;
  /** How the mail stands in the database, where it neither waits in its queue nor is called off. */
  stays?: string;
  /** The mail is taken back and stands in its queue again, instead of waiting or failing. */
  staysQueued?: true;
};

/** A sequence of one mail with this subject. */
export const texts = (subject: string): { emailer_steps: StepWish[] } => ({
  emailer_steps: [
    {
      type: "auto_email",
      wait_time: 0,
      wait_mode: "minute",
      emailer_touches: [
        { status: "approved", emailer_template: { subject, body_html: "<p>T:{{first_name}}:1</p>" } },
      ],
    },
  ],
});

/** Who reads this mail: a copy's reader is another person than the contact, and is known by the address. */
async function readerOf({ team, kind, contactId, address }: StandingMail) {
  if (kind !== "copy") return contactId;
  return (await team.api.contacts.create({ first_name: "Copied", email: address })).contact.id;
}

export const contact = (what: Partial<Input<"contacts", "update">>): Pick<Scenario, "stop"> => ({
  stop: async (mail) => mail.team.api.contacts.update({ ...what, id: await readerOf(mail) }),
});
