// Changes the contacts in a sequence. All of these calls have the same answer. They differ in how they name contacts,
// and in what they do.

import { contract } from "@cadenza/contract";
import type { Act } from "../../../app.ts";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { contactsByEnrollment } from "../enrollments/store.ts";
import { type EnrollmentAction, type EnrollmentSelection, type Managing, manage } from "./commands.ts";
import { type ManagedRecords, readShown } from "./load-answer.ts";
import { namedOnly, readPause, readWhom } from "./managing-input.ts";
import { presentManaged, presentStarted } from "./present.ts";

const { enrollments } = contract;

export const routes = [
  route(enrollments.removeOrStop, async ({ input, ...act }) => {
    const { mode, stop_reason: reason } = input;
    const sequenceIds = sequencesIn(input);
    const params = { sequence_ids: sequenceIds, mode, stop_reason: reason ?? null };
    return answer(act, {
      sequenceIds,
      whom: namedOnly(input.contact_ids),
      action: mode === "stop" ? { is: "stop", reason: reason?.trim() || null } : MODES[mode],
      isAsync: input.async,
      job: { type: "sequence_remove_stop_contacts", params },
    });
  }),

  route(enrollments.removeContacts, async ({ input, ...act }) => {
    const sequenceIds = sequencesIn(input);
    return answer(act, {
      sequenceIds,
      whom: namedOnly(input.contact_ids),
      action: { is: "remove" },
      isAsync: input.async,
      job: { type: "sequence_remove_stop_contacts", params: { sequence_ids: sequenceIds, mode: "remove" } },
    });
  }),

  route(enrollments.changeStatuses, async ({ input, ...act }) =>
    answer(act, inSequence(input, namedOnly(input.contact_ids), STATUSES[input.status])),
  ),

  route(enrollments.updateMailbox, async ({ input, ...act }) => {
    const ids = input.emailer_campaign_contact_ids;
    const contacts = await contactsByEnrollment(act.db, act.caller.teamId, input.id, ids);
    // One client means contacts by this name: what is no enrollment is taken for one.
    const whom = namedOnly(ids.map((id) => contacts.get(id) ?? id));
    const { done } = await manage(act, inSequence({ id: input.id, async: false }, whom, readMove(input)));
    return presentManaged(await readShown(act, done as ManagedRecords));
  }),

  route(enrollments.pause, async ({ input, ...act }) =>
    answer(act, inSequence(input, readWhom(input), readPause(input))),
  ),

  route(enrollments.resume, async ({ input, ...act }) =>
    answer(act, inSequence(input, readWhom(input), { is: "resume" })),
  ),

  route(enrollments.retry, async ({ input, ...act }) =>
    answer(act, inSequence(input, readWhom(input), { is: "retry" })),
  ),

  route(enrollments.restart, async ({ input, ...act }) =>
    answer(act, inSequence(input, readWhom(input), { is: "restart" })),
  ),

  route(enrollments.finish, async ({ input, ...act }) =>
    answer(act, inSequence(input, readWhom(input), { is: "finish" })),
  ),

  route(enrollments.remove, async ({ input, ...act }) =>
    answer(act, inSequence(input, readWhom(input), { is: "remove" })),
  ),

  route(enrollments.move, async ({ input, ...act }) =>
    answer(act, inSequence(input, readWhom(input), readMove(input))),
  ),
];

/** Several, or one by itself; an empty list beside one id says nothing. */
function sequencesIn(input: {
  emailer_campaign_ids?: string[] | undefined;
  emailer_campaign_id?: string | undefined;
}) {
  const { emailer_campaign_ids: several = [], emailer_campaign_id: one } = input;
  const named = several.length > 0 || !one ? several : [one];
  if (named.length === 0) throw new Refusal("parameter_missing", { name: "emailer_campaign_ids" });
  return named;
}

const MODES = { mark_as_finished: { is: "finish" }, remove: { is: "remove" } } as const;

const STATUSES = {
  paused: { is: "pause", until: undefined, reason: null },
  active: { is: "resume" },
  finished: { is: "finish" },
} as const satisfies Record<string, InOneSequence>;

function readMove(input: {
  send_email_from_email_account_id: string;
  send_email_from_email_address?: string | null | undefined;
}): InOneSequence {
  const sendFrom = input.send_email_from_email_address?.trim() || null;
  return { is: "move", mailboxId: input.send_email_from_email_account_id, sendFrom };
}

type InOneSequence = Exclude<EnrollmentAction, { is: "stop" }>;

function inSequence(
  input: { id: string; async: boolean },
  whom: EnrollmentSelection,
  action: InOneSequence,
): Managing {
  const { id, async: isAsync, contact_ids: _, ...said } = input as typeof input & { contact_ids?: unknown };
  const type = `sequence_${action.is}_contacts` as const;
  const job = { type, params: { sequence_ids: [id], ...said } };
  return { sequenceIds: [id], whom, action, isAsync, job };
}

async function answer(act: Act, wish: Managing) {
  const result = await manage(act, wish);
  if (result.progress) return presentStarted(result.progress.progress, result.progress.change);
  return presentManaged(await readShown(act, result.done));
}
