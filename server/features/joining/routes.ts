// Contacts joining sequences. A route only translates: wire words in, one command, wire words out.

import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { FLAGS } from "../../domain/eligibility.ts";
import { route } from "../../http/route.ts";
import { readMoment } from "../../moments.ts";
import { Refusal } from "../../refusal.ts";
import { readContacts, readSummaries } from "../contacts/store.ts";
import { presentProgress } from "../progress/present.ts";
import { listTouches } from "../touches/store.ts";
import { addContacts, type JoinWish } from "./commands.ts";
import { checkDeployability } from "./deployability.ts";
import { nameOf, presentDeployability, presentJoined, presentRehearsed, SAMPLE } from "./present.ts";

export const routes = [
  route(contract.joining.addContacts, async ({ input, ...act }) => {
    const { joined, progress, rehearsed } = await addContacts(act, readWish(input, act.now));
    if (!joined)
      return {
        ...presentProgress(progress),
        request_id: progress.id,
        ...(act.isDryRun && presentRehearsed(rehearsed)),
      };
    const { db, caller } = act;
    const added = joined.enrollments.map(({ contactId }) => contactId);
    const [contacts, touches] = await Promise.all([
      readContacts(db, caller.teamId, added),
      listTouches(db, caller.teamId, joined.terms.sequence.id),
    ]);
    return presentJoined(joined, { contacts, touches }, caller);
  }),

  route(contract.joining.checkDeployability, async ({ input, ...act }) => {
    const contactIds = [...new Set(input.contact_ids)];
    const found = await checkDeployability(act, { sequenceId: input.emailer_campaign_id, contactIds });
    const samples = [...found.byReason.values()].flatMap((ids) => ids.slice(0, SAMPLE));
    const names = new Map(
      (await readSummaries(act.db, act.caller.teamId, samples)).map((row) => [row.id, row]),
    );
    return presentDeployability(found, (id) => nameOf(names.get(id)));
  }),
];

type Input = z.output<typeof contract.joining.addContacts.input>;

function readWish(input: Input, now: Temporal.Instant): JoinWish {
  const { id: sequenceId, emailer_campaign_id: named } = input;
  if (named !== undefined && named !== sequenceId)
    throw new Refusal("joining_ids_disagree", { path: sequenceId, body: named });
  const contactIds = input.contact_ids ?? [];
  const labelNames = (input.label_names ?? []).filter((name) => name.trim() !== "");
  if (contactIds.length === 0 && labelNames.length === 0) throw new Refusal("joining_nobody_named");
  const mailboxIds = [...new Set(input.send_email_from_email_account_id ?? input.email_account_id ?? [])];
  if (mailboxIds.length === 0) throw new Refusal("joining_mailbox_missing");
  const startsAt = input.auto_unpause_at ? readMoment(input.auto_unpause_at) : null;
  if (startsAt && Temporal.Instant.compare(startsAt, now) <= 0) throw new Refusal("joining_start_past");
  return {
    sequenceId,
    contactIds,
    labelNames,
    mailboxIds,
    sendFromAddress: input.send_email_from_email_address?.trim() || null,
    waived: new Set(FLAGS.filter((flag) => input[flag])),
    skipsVerification: input.contact_verification_skipped,
    adderId: input.user_id ?? input.userId ?? null,
    startsPaused: input.status === "paused",
    startsAt,
    startStep: input.start_step,
    reEnrolls: input.re_enroll,
    isPutOff: input.async,
    shownAs: shownAs(input, mailboxIds),
  };
}

/** As Apollo prints the work: flags as text, the mailbox always a list. */
function shownAs(input: Input, mailboxIds: readonly string[]) {
  return {
    sequence_id: input.id,
    send_email_from_email_account_id: mailboxIds,
    source: "add_to_sequence_api",
    safety_check_filter_options: Object.fromEntries(
      FLAGS.filter((flag) => flag.startsWith("sequence_")).map((flag) => [flag, String(input[flag])]),
    ),
  };
}
