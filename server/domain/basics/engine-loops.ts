// The engine's loops that work team by team: what each is called, and what it puts aside where something fails. A loop without its
// scenarios in engine/each-loop.test.ts and engine/each-row.test.ts does not compile.

import { say, texts } from "../../kernel/say.ts";

type Loop = {
  says: string;
  /** What is put aside by itself; null where the whole team is. */
  row: string | null;
  /** Why nothing smaller is. */
  because?: string;
};

export const LOOPS = texts({
  "plan-steps": { says: "Planning steps", row: "enrollment" },
  "queue-mails": { says: "Queueing emails", row: "message" },
  "send-mails": { says: "Sending emails", row: "message" },
  replan: { says: "Updating plans after a change", row: "enrollment" },
  "skip-tasks": { says: "Skipping overdue tasks", row: "task" },
  "mark-unresponsive": { says: "Marking contacts as unresponsive", row: "enrollment" },
  remind: { says: "Reminding of emails without a reply", row: "reminder" },
  "follow-scores": { says: "Scoring contacts", row: "contact" },
  "follow-activity": { says: "Recording the last activity", row: "contact" },
  "run-copilots": { says: "Running copilots", row: "copilot" },
  "release-orphans": { says: "Releasing emails of stopped engines", row: "message" },
  "resolve-doubts": { says: "Checking unconfirmed deliveries", row: "message" },
  "send-placement-tests": { says: "Sending placement tests", row: "test email" },
  "find-placement-tests": { says: "Looking for placement tests", row: "test email" },
  "probe-mailboxes": { says: "Checking Sent folders", row: "mailbox" },
  "resume-paused": { says: "Resuming paused contacts", row: "enrollment" },
  "end-holds": { says: "Ending holds whose time is over", row: "hold" },
  "answer-as-prospects": { says: "Sample replies", row: "caught mail" },
  "send-webhooks": { says: "Sending webhooks", row: "delivery" },
  "run-workflows": { says: "Running workflows", row: "workflow" },
  "send-reports": { says: "Sending reports", row: "report" },
  "send-pushes": { says: "Sending notifications to devices", row: "device" },
  "add-days-up": { says: "Updating report totals", row: "day" },
  "ask-models": { says: "Asking the language model", row: "question" },
  "check-domains": { says: "Checking sending domains", row: "domain" },
  "follow-ramps": { says: "Updating ramps of mailboxes", row: "mailbox" },
  "watch-brakes": {
    says: "Watching bounces, spam reports and replies",
    row: null,
    because: "brakes are judged from all emails of a team together",
  },
  "decide-ab-tests": { says: "Deciding A/B tests", row: "A/B test" },
  "apply-retention": { says: "Deleting old data", row: "record" },
  sweep: { says: "Deleting expired data", row: "kind of record" },
  "revive-jobs": {
    says: "Restarting stalled jobs",
    row: null,
    because: "it puts jobs back into the queue, and each job has tries of its own",
  },
} as const satisfies Record<string, Loop>);

export type LoopName = keyof typeof LOOPS;

/** Those that put aside less than a team. */
export type RowLoop = {
  [Name in LoopName]: (typeof LOOPS)[Name]["row"] extends null ? never : Name;
}[LoopName];

/** An unknown one is of another version. */
export function loopSays(loop: string) {
  return LOOPS[loop as LoopName]?.says ?? loop.replaceAll("-", " ");
}

/** What is told where something was put aside. */
export function asideSays(loop: string, tries: number, isTeam: boolean) {
  const { says = loop } = LOOPS[loop as LoopName] ?? {};
  return say(
    "{says} {isTeam, select, yes {failed for the whole team} other {failed here}}, {tries, plural, one {once} other {# times}} so far. Cadenza tries again automatically. The server log shows the reason.",
    { says, isTeam: isTeam ? "yes" : "no", tries },
  );
}

/** A webhook's delivery, by its event and its subscription. */
export function deliveryKey({ eventId, subscriptionId }: { eventId: string; subscriptionId: string }) {
  return `${eventId} ${subscriptionId}`;
}
