import { contract } from "@cadenza/contract";
import { route } from "../../http/route.ts";
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
        contact_campaign_statuses: enrollments.map(({ placed, explained }) =>
          presentStandingIn(placed.row, placed.around.sequence.name, explained),
        ),
        suppression: suppression && presentBar(suppression),
        cannot_be_added: against.map(presentAgainst),
      },
    };
  }),

  route(explain.enrollment, async ({ input, ...act }) => ({
    explain: presentEnrollmentExplanation(await explainEnrollment(act, input.id)),
  })),

  route(explain.sequence, async ({ input, ...act }) => {
    const explanation = await explainSequence(act, input.id);
    return {
      explain: { ...presentExplanation(explanation), waiting: explanation.buckets.map(presentBucket) },
    };
  }),

  route(explain.mailbox, async ({ input, ...act }) => {
    const explanation = await explainMailbox(act, input.id);
    return { explain: { ...presentExplanation(explanation), sending: presentSending(explanation.sending) } };
  }),

  route(contract.emailAccounts.standings, async ({ input: _, ...act }) => ({
    standings: (await standingsOfMailboxes(act)).map(presentMailboxStanding),
  })),

  route(explain.message, async ({ input, ...act }) => ({
    explain: presentMailExplanation(await explainMessage(act, input.id)),
  })),
];
