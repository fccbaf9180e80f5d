// The states of everything that can be explained, and the other codes of an explanation, in words.

import type { StateKind } from "../../parts/State.tsx";

type Words = { kind: StateKind; word: string };

const STATES: Record<string, Words> = {
  waiting: { kind: "good", word: "Active" },
  due: { kind: "good", word: "Due" },
  held: { kind: "waiting", word: "Held up" },
  active: { kind: "good", word: "Active" },
  paused: { kind: "waiting", word: "Paused" },
  finished: { kind: "off", word: "Finished" },
  failed: { kind: "bad", word: "Failed" },
  removed: { kind: "off", word: "Removed" },
  reachable: { kind: "good", word: "Can be mailed" },
  in_sequence: { kind: "good", word: "In a sequence" },
  barred: { kind: "bad", word: "Not to be mailed" },
  running: { kind: "good", word: "Running" },
  off: { kind: "off", word: "Switched off" },
  archived: { kind: "off", word: "Archived" },
  empty: { kind: "off", word: "Empty" },
  ready: { kind: "good", word: "Ready" },
  resting: { kind: "waiting", word: "Resting" },
  disconnected: { kind: "bad", word: "Disconnected" },
  drafted: { kind: "off", word: "Draft" },
  scheduled: { kind: "good", word: "Scheduled" },
  sending: { kind: "good", word: "Being sent" },
  unconfirmed: { kind: "waiting", word: "Unconfirmed" },
  completed: { kind: "good", word: "Sent" },
  skipped: { kind: "off", word: "Skipped" },
  cancelled: { kind: "off", word: "Cancelled" },
};

export function stateWords(state: string): Words {
  return STATES[state] ?? { kind: "off", word: asWords(state) };
}

const NEXT: Record<string, string> = {
  auto_email: "An e-mail goes out",
  manual_email: "An e-mail for somebody to send",
  call: "A call",
  action_item: "A task",
  linkedin_step_connect: "A LinkedIn invitation",
  linkedin_step_message: "A LinkedIn message",
  linkedin_step_view_profile: "A look at a LinkedIn profile",
  linkedin_step_interact_post: "A reaction on LinkedIn",
  resume: "They go on",
  not_sent: "The e-mail will not be sent, as things are",
};

export function nextWords(what: string) {
  return NEXT[what] ?? asWords(what);
}

const CAUSES: Record<string, string> = {
  api: "through the API",
  web: "in the app",
  clock: "by the clock",
  engine: "by the engine",
  job: "by a long job",
  mail: "because of a mail",
  visitor: "by the reader of a mail",
  sample: "sample data",
};

export function causeWords(cause: string) {
  return CAUSES[cause] ?? asWords(cause);
}

/** What nobody has put into words yet still reads as words. */
export function asWords(code: string) {
  const text = code.replaceAll(/[_.:]+/g, " ").trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
