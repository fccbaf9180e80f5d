import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { asideOf } from "./aside.ts";
import { explainEnrollment } from "./commands.ts";
import { explainContact } from "./contact.ts";
import { explainMailbox } from "./mailbox.ts";
import { standingsOfMailboxes } from "./mailboxes.ts";
import { explainMessage } from "./message.ts";
import {
  presentAgainst,
  presentBar,
  presentBucket,
  presentEnrollmentExplanation,
  presentExplanation,
  presentMailboxStanding,
  presentMailExplanation,
  presentSending,
  presentStandingIn,
} from "./present.ts";
import { explainSequence } from "./sequence.ts";

const { explain } = contract;

export const routes = [
  route(explain.contact, async ({ input, ...act }) => {
    const explanation = await explainContact(act, input.id);
    const { enrollments, suppression, against } = explanation;
    return {
      explain: {
        ...presentExplanation(explanation),
        set_aside: await asideOf(act, explanation),
        contact_campaign_statuses: enrollments.map(({ placed, explained }) =>
          presentStandingIn(placed.row, placed.around.sequence.name, explained),
        ),
        suppression: suppression && presentBar(suppression),
        cannot_be_added: against.map(presentAgainst),
      },
    };
  }),

  route(explain.enrollment, async ({ input, ...act }) => {
    const explanation = await explainEnrollment(act, input.id);
    const set_aside = await asideOf(act, explanation);
    return { explain: { ...presentEnrollmentExplanation(explanation), set_aside } };
  }),

  route(explain.sequence, async ({ input, ...act }) => {
    const explanation = await explainSequence(act, input.id);
    const set_aside = await asideOf(act, explanation);
    const waiting = explanation.buckets.map(({ bucket, people }) => presentBucket(bucket, people));
    return { explain: { ...presentExplanation(explanation), set_aside, waiting } };
  }),

  route(explain.mailbox, async ({ input, ...act }) => {
    const explanation = await explainMailbox(act, input.id);
    const set_aside = await asideOf(act, explanation);
    const sending = presentSending(explanation.sending);
    return { explain: { ...presentExplanation(explanation), set_aside, sending } };
  }),

  route(contract.emailAccounts.standings, async ({ input: _, ...act }) => ({
    standings: (await standingsOfMailboxes(act)).map(presentMailboxStanding),
  })),

  route(explain.message, async ({ input, ...act }) => {
    const explanation = await explainMessage(act, input.id);
    const set_aside = await asideOf(act, explanation);
    return { explain: { ...presentMailExplanation(explanation), set_aside } };
  }),
];
