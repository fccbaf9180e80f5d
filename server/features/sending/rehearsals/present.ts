import type {
  Missing,
  RehearsedDate,
  RehearsedMail,
  RehearsedPlan,
  Someone,
} from "../../../domain/sending/rehearsal.ts";
import { computed, computedOrNull } from "../../../kernel/moments.ts";

export function presentDates({ someone, zone, isContactsZone, startsAt, steps }: RehearsedPlan) {
  return {
    contact: presentSomeone(someone),
    starts_at: computed(startsAt),
    time_zone: zone,
    uses_contact_time_zone: isContactsZone,
    steps: steps.map(({ position, type, date, takes }) => ({
      position,
      type,
      due_at: computedOrNull(date?.due ?? null),
      ...(date && presentDate(date)),
      ...(type === "branch" && { takes_path: takes }),
    })),
  };
}

function presentDate({ earliest, latest, unshifted, shifts }: RehearsedDate) {
  return {
    earliest_at: computed(earliest),
    latest_at: computed(latest),
    unshifted_at: computed(unshifted),
    shifts: shifts.map(({ reason, dates, name, of }) => ({
      reason,
      dates: dates.map(String),
      ...(name !== null && { name: of === null ? name : `${name} (${of})` }),
    })),
  };
}

export function presentRehearsed({ someone, mailbox, composed: { mail, fault }, unknown }: RehearsedMail) {
  return {
    contact: presentSomeone(someone),
    email_account: mailbox && { id: mailbox.id, email: mailbox.email },
    subject: mail?.subject ?? "",
    body_html: mail?.html ?? "",
    body_text: mail?.text ?? "",
    missing: mail?.missing ?? [],
    unknown_variables: [...unknown],
    versions: mail?.versions ?? 1,
    fault: fault && { sentence: fault.sentence, in: fault.in },
  };
}

function presentSomeone(someone: Someone) {
  if (!someone) return { id: null, name: "Ines Okafor", email: "ines@norrland.example" };
  return { id: someone.id, name: someone.name ?? someone.email ?? "Nameless", email: someone.email };
}

export function presentMissing({ stepId, position, variable, count, contactIds }: Missing) {
  return { emailer_step_id: stepId, position, variable, count, contact_ids: contactIds };
}
