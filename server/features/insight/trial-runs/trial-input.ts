// What a caller says of a trial run, in our words.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { FLAGS } from "../../../domain/enrollments/eligibility.ts";
import type { TrialAsked } from "./commands.ts";

export function readAsked(input: z.output<typeof contract.trialRuns.start.input>): TrialAsked {
  return {
    sequenceId: input.id,
    days: input.days,
    replies: input.replies,
    contactIds: input.contact_ids ?? [],
    labelNames: (input.label_names ?? []).filter((name) => name.trim() !== ""),
    mailboxIds: [...new Set(input.send_email_from_email_account_id ?? [])],
    waived: FLAGS.filter((flag) => input[flag]),
  };
}
