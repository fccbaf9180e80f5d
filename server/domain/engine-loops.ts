// The engine's loops that work team by team. A loop without its scenario in engine/each-loop.test.ts does not compile.

export const LOOPS = {
  "plan-steps": "Planning steps",
  "queue-mails": "Queueing mails",
  "send-mails": "Sending mails",
  replan: "Planning again after a change",
  "skip-tasks": "Skipping overdue tasks",
  "mark-unresponsive": "Marking contacts as unresponsive",
  "follow-scores": "Scoring contacts",
  "follow-activity": "Noting the last activity",
  "run-copilots": "Running copilots",
  "release-orphans": "Freeing mails of stopped engines",
  "resolve-doubts": "Looking for proof of delivery",
  "probe-mailboxes": "Checking Sent folders",
  "resume-paused": "Resuming paused contacts",
  "end-holds": "Ending holds whose time has passed",
  "answer-as-prospects": "Sample replies",
  "send-webhooks": "Sending webhooks",
  "run-workflows": "Running workflows",
  "send-reports": "Sending reports",
  "add-days-up": "Adding up reports",
  "ask-models": "Asking the language model",
  "check-domains": "Checking sending domains",
  sweep: "Deleting what has expired",
  "revive-jobs": "Taking up stalled jobs",
} as const;

export type LoopName = keyof typeof LOOPS;
