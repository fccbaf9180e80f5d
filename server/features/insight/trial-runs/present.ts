import { endingSays, holdMeans, notAdded } from "../../../domain/insight/trial-run-words.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import { say } from "../../../kernel/say.ts";
import type { TrialCounts, TrialEmailShown, TrialPersonShown } from "./found-store.ts";
import type { TrialReport, TrialRun } from "./store.ts";

export function presentBrief(run: TrialRun) {
  const { id, sequenceId, userId, wish, progressId, status, error, beginsAt, reachedAt, createdAt } = run;
  return {
    id,
    emailer_campaign_id: sequenceId,
    user_id: userId,
    days: wish.days,
    replies: wish.replies,
    entity_progress_job_id: progressId,
    status,
    error,
    begins_at: storedOrNull(beginsAt),
    reached_at: storedOrNull(reachedAt),
    created_at: stored(createdAt),
    finished_at: storedOrNull(run.finishedAt),
  };
}

type Found = { counts: TrialCounts; skipped: readonly { code: string; count: number }[] };

export function presentTrialRun(run: TrialRun, found: Found | null) {
  return { ...presentBrief(run), report: run.report && found ? presentReport(run, run.report, found) : null };
}

function presentReport(run: TrialRun, report: TrialReport, { counts, skipped }: Found) {
  const { agreement } = report;
  return {
    contacts: {
      in_sequence: report.inSequence,
      added: report.added,
      skipped: skipped.reduce((sum, { count }) => sum + count, 0),
      left_out: report.leftOut,
      of_other_sequences: report.others,
      more_of_other_sequences: report.hasMoreOthers,
    },
    emails: counts.emails,
    emails_of_other_sequences: report.othersEmails,
    endings: report.endings.map(({ state, code, count }) => ({
      state,
      code,
      sentence: endingSays(state, code),
      count,
    })),
    skipped: skipped.map(({ code, count }) => ({ code, sentence: notAdded(code), count })),
    waits: report.waits.map(({ code, contacts, longestHours }) => ({
      code,
      sentence: holdMeans(code),
      contacts,
      longest_hours: longestHours,
    })),
    collisions: { other_sequence: counts.otherSequence, same_company: counts.sameCompany },
    came_of_it: { replied: counts.replied, bounced: counts.bounced, unsubscribed: counts.unsubscribed },
    forecast: {
      sent: agreement.sent,
      foreseen: agreement.foreseen,
      elsewhere: agreement.elsewhere,
      by_day: agreement.days,
      by_email_account: agreement.mailboxes.map(({ mailboxId, ...sums }) => ({
        email_account_id: mailboxId,
        ...sums,
      })),
    },
    took_seconds: report.tookSeconds,
    assumptions: assumptionsOf(run, report),
  };
}

function assumptionsOf({ wish }: TrialRun, { leftOut, hasMoreOthers }: TrialReport) {
  return [
    say("Tasks are completed as soon as they are due."),
    say("Workflows, webhooks and copilots do not run, and no other contacts are added."),
    ...(wish.replies === "none" ? [say("No contact replies, opens or clicks.")] : []),
    ...(leftOut > 0
      ? [
          say("{leftOut} contacts of the sequence were not copied, so limits may be reached later here.", {
            leftOut,
          }),
        ]
      : []),
    ...(hasMoreOthers
      ? [
          say(
            "Other sequences have more contacts in these mailboxes or companies than were copied, so limits may be reached later here.",
          ),
        ]
      : []),
  ];
}

export function presentEmail(email: TrialEmailShown) {
  return {
    position: email.position,
    contact: { id: email.contactId, name: email.contactName },
    emailer_step_id: email.stepId,
    step_position: email.stepPosition,
    email_account_id: email.mailboxId,
    sent_at: stored(email.sentAt),
    subject: email.subject,
    body_text: email.bodyText,
    body_html: email.bodyHtml,
    came_of_it: email.cameOfIt,
  };
}

export function presentPerson(person: TrialPersonShown) {
  return {
    contact: { id: person.contactId, name: person.contactName },
    state: person.state,
    code: person.code,
    sentence: endingSays(person.state, person.code),
    emails: person.emails,
    next_at: storedOrNull(person.nextAt),
    waited_for: person.waitedFor,
    waited_hours: person.waitedHours,
    collides: person.collides,
  };
}
