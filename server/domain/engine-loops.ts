// The engine's loops that work team by team: what each is called, and what it puts aside where something fails. A loop without its
// scenarios in engine/each-loop.test.ts and engine/each-row.test.ts does not compile.

type Loop = {
  says: string;
  /** What is put aside by itself; null where the whole team is. */
  row: string | null;
  /** Why nothing smaller is. */
  because?: string;
};

export const LOOPS = {
  "plan-steps": { says: "Planning steps", row: "enrollment" },
  "queue-mails": { says: "Queueing mails", row: "message" },
  "send-mails": { says: "Sending mails", row: "message" },
  replan: { says: "Planning again after a change", row: "enrollment" },
  "skip-tasks": { says: "Skipping overdue tasks", row: "task" },
  "mark-unresponsive": { says: "Marking contacts as unresponsive", row: "enrollment" },
  "follow-scores": { says: "Scoring contacts", row: "contact" },
  "follow-activity": { says: "Noting the last activity", row: "contact" },
  "run-copilots": { says: "Running copilots", row: "copilot" },
  "release-orphans": { says: "Freeing mails of stopped engines", row: "message" },
  "resolve-doubts": { says: "Looking for proof of delivery", row: "message" },
  "probe-mailboxes": { says: "Checking Sent folders", row: "mailbox" },
  "resume-paused": { says: "Resuming paused contacts", row: "enrollment" },
  "end-holds": { says: "Ending holds whose time has passed", row: "hold" },
  "answer-as-prospects": { says: "Sample replies", row: "caught mail" },
  "send-webhooks": { says: "Sending webhooks", row: "delivery" },
  "run-workflows": {
    says: "Running workflows",
    row: null,
    because: "a step that fails is tried again for its own contacts, and they are shown in the run",
  },
  "send-reports": { says: "Sending reports", row: "report" },
  "add-days-up": { says: "Adding up reports", row: "day" },
  "ask-models": {
    says: "Asking the language model",
    row: null,
    because: "each question is claimed before it is asked, and given up when its claim runs out",
  },
  "check-domains": { says: "Checking sending domains", row: "domain" },
  sweep: { says: "Deleting what has expired", row: "kind of record" },
  "revive-jobs": {
    says: "Taking up stalled jobs",
    row: null,
    because: "it puts jobs back into the queue, and each job has tries of its own",
  },
} as const satisfies Record<string, Loop>;

export type LoopName = keyof typeof LOOPS;

/** Those that put aside less than a team. */
export type RowLoop = {
  [Name in LoopName]: (typeof LOOPS)[Name]["row"] extends null ? never : Name;
}[LoopName];

/** What is told where something was put aside. */
export function asideSays(loop: string, tries: number, isTeam: boolean) {
  const { says = loop } = LOOPS[loop as LoopName] ?? {};
  const where = isTeam ? "failed for the whole team" : "failed here";
  const often = tries === 1 ? "once" : `${tries} times`;
  return `${says} ${where}, ${often} so far. It is tried again by itself; the server's log says why.`;
}

/** A webhook's delivery, by its event and its subscription. */
export function deliveryKey({ eventId, subscriptionId }: { eventId: string; subscriptionId: string }) {
  return `${eventId} ${subscriptionId}`;
}
