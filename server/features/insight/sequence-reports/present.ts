import type { ShareRange } from "../../../domain/insight/always-valid.ts";
import type { ComparisonResult } from "../../../domain/insight/comparing.ts";
import { stored } from "../../../kernel/moments.ts";
import type { ReachedContact } from "./reached-store.ts";
import type { MailFigures, Mails, ReportDay, StepTasks } from "./store.ts";

type Report = {
  zone: string;
  whole: MailFigures | null;
  members: { added: number; finished: number };
  steps: {
    step: { id: string; position: number; type: string };
    counted: MailFigures | null;
    tasks: StepTasks | null;
    paths: { yes: number; no: number } | null;
  }[];
  variants: {
    touch: { id: string; stepId: string; goesWithTouchId: string | null };
    counted: MailFigures | null;
    replies: ShareRange;
    difference: (ShareRange & { against: string }) | null;
    verdict: ComparisonResult;
  }[];
  days: ReportDay[];
};

export function presentSequenceReport({ zone, whole, members, steps, variants, days }: Report) {
  return {
    time_zone: zone,
    mails: presentMails(whole),
    people: { ...presentPeople(whole, null), ...members },
    steps: steps.map(({ step, counted, tasks, paths }) => ({
      emailer_step_id: step.id,
      position: step.position,
      type: step.type,
      mails: presentMails(counted),
      people: presentPeople(counted, paths ? { people: paths.yes + paths.no } : tasks),
      paths: paths && { yes: paths.yes, no: paths.no },
      tasks: { open: tasks?.open ?? 0, completed: tasks?.completed ?? 0, skipped: tasks?.skipped ?? 0 },
    })),
    variants: variants.map(({ touch, counted, replies, difference, verdict }) => ({
      emailer_touch_id: touch.id,
      emailer_step_id: touch.stepId,
      goes_with_touch_id: touch.goesWithTouchId,
      mails: presentMails(counted),
      replies,
      difference: difference && {
        against_emailer_touch_id: difference.against,
        share: difference.share,
        least: difference.least,
        most: difference.most,
      },
      verdict,
    })),
    days,
  };
}

const NONE: Mails = {
  sent: 0,
  delivered: 0,
  opened: 0,
  clicked: 0,
  replied: 0,
  bounced: 0,
  unsubscribed: 0,
  demoed: 0,
};

function presentMails(counted: MailFigures | null): Mails {
  const { sent, delivered, opened, clicked, replied, bounced, unsubscribed, demoed } = counted ?? NONE;
  return { sent, delivered, opened, clicked, replied, bounced, unsubscribed, demoed };
}

/** A manual mail is a task before it is a mail: a contact with both counts once, as far as two counts can show. */
function presentPeople(counted: MailFigures | null, tasks: Pick<StepTasks, "people"> | null) {
  return {
    reached: Math.max(counted?.reachedPeople ?? 0, tasks?.people ?? 0),
    opened: counted?.openedPeople ?? 0,
    replied: counted?.repliedPeople ?? 0,
    unsubscribed: counted?.unsubscribedPeople ?? 0,
  };
}

export function presentReached({ contactId, name, email, at }: ReachedContact) {
  return { id: contactId, name, email, reached_at: stored(at) };
}
