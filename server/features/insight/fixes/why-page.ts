// The page of the docs that lists everything that can hold an enrollment, made from the gate and the table of fixes.

import { contract } from "@cadenza/contract";
import { FAILURE_WORDS, NEVER_GIVEN } from "../../../domain/enrollments/failure-words.ts";
import { GATE, GATE_CODES, type GateCode } from "../../../domain/gate/gate.ts";
import type { Check, GateOutcome, Lifter, RuleSubject } from "../../../domain/gate/gate-rules.ts";
import { HOLD_WORDS, type HoldCode } from "../../../domain/insight/hold-words.ts";
import { FIXES } from "./fixes-present.ts";
import { WHAT_TO_DO } from "./what-to-do.ts";

/** The symptom, by what the gate does. */
const SYMPTOMS: Record<GateOutcome, string> = {
  cancel: "The contact does not continue: no step is planned",
  fail: "The email failed",
  wait: "The email or step is on hold",
  skip: "The step was skipped",
};
const STEPS = {
  all: "all steps",
  mails: "emails",
  automatic: "automatic emails",
  linkedin: "LinkedIn steps",
};

const SUBJECTS: Record<RuleSubject, string> = {
  address: "the address",
  contact: "the contact",
  company: "the company",
  enrollment: "the enrollment",
  step: "the step",
  sequence: "the sequence",
  mailbox: "the mailbox",
  user: "the user",
  message: "the email",
  team: "the team",
  installation: "the installation",
};

const LIFTERS: Record<Lifter, string> = {
  user: "a user",
  admin: "an admin",
  owner: "the mailbox's owner",
  reader: "the contact",
  provider: "the mail server",
  time: "time",
  engine: "the engine",
  operator: "the operator",
  nobody: "nothing",
};

const BESIDE: readonly HoldCode[] = [
  ...(["no_steps", "nobody_waits", "queue", "waits_for_person"] as const),
  ...(["waits_for_condition", "server_hangs", "lock_held"] as const),
];

export function whyPage(): string {
  return [
    "# Why was an email not sent?",
    "",
    "Made from `server/domain/gate/gate.ts` and `server/features/insight/fixes/` by `npm run generate`.",
    "",
    "1. Open **Why?** on the page of the contact, sequence, mailbox or email, run `cadenza why <id or email>`, or make one of",
    "   the calls below.",
    "2. Read the first reason. `held_by` lists all of them: the code, a sentence, the evidence, since when, and until when if it",
    "   ends by itself.",
    "3. Make the call in `fix`, if there is one: it works as it is. It is null where only a person can decide, or where you may",
    "   not make the call.",
    "4. Otherwise look for the code in the tables below and do what they say.",
    "",
    ...Object.values(contract.explain).map(
      ({ method, path, summary }) => `- \`${method} ${path}\`: ${summary}`,
    ),
    "",
    ...(["wait", "fail", "cancel", "skip"] as const).flatMap(symptom),
    "## Nothing is wrong, but nothing happens",
    "",
    "| code | reason | what to do | call |",
    "|---|---|---|---|",
    ...BESIDE.map(
      (code) => `| \`${code}\` | ${HOLD_WORDS[code].means} | ${WHAT_TO_DO[code]} | ${fixesOf(code)} |`,
    ),
    "",
    "## Order of the checks",
    "",
    "Before each email is sent, Cadenza checks all codes in this order, and the first one that applies decides. `explain` lists",
    "the schedule and the limits only after the step is due.",
    "",
    `${GATE_CODES.map((code) => `\`${code}\``).join(", ")}.`,
    "",
    "## A contact has failed in a sequence",
    "",
    "The code is in `failure_reason`, and in the evidence of `enrollment_failed`.",
    "",
    "| code | reason |",
    "|---|---|",
    ...Object.entries(FAILURE_WORDS)
      .filter(([code]) => !Object.hasOwn(NEVER_GIVEN, code))
      .map(([code, words]) => `| \`${code}\` | ${words} |`),
    "",
    "Searches accept these codes of Apollo too, but Cadenza never returns them:",
    "",
    "| code | reason |",
    "|---|---|",
    ...Object.entries(NEVER_GIVEN).map(([code, because]) => `| \`${code}\` | ${because} |`),
    "",
  ].join("\n");
}

/** A symptom, and every reason for it. */
function symptom(of: GateOutcome): string[] {
  return [
    `## ${SYMPTOMS[of]}`,
    "",
    "| code | reason | what to do | reason is in | stops | who can change it | failure code | call |",
    "|---|---|---|---|---|---|---|---|",
    ...GATE_CODES.filter((code) => GATE[code].outcome === of).map(gateRow),
    "",
  ];
}

function gateRow(code: GateCode) {
  const { of, failure, about, lifts }: Check = GATE[code];
  const cells = [
    HOLD_WORDS[code].means,
    WHAT_TO_DO[code],
    SUBJECTS[about],
    STEPS[of],
    lifts.map((lifter) => (lifter === "owner" ? ownerOf(about) : LIFTERS[lifter])).join(", "),
    failure ? `\`${failure}\`` : "",
    fixesOf(code),
  ];
  return `| \`${code}\` | ${cells.join(" | ")} |`;
}

function ownerOf(about: RuleSubject) {
  return about === "sequence" ? "the sequence's owner" : LIFTERS.owner;
}

function fixesOf(code: HoldCode) {
  return FIXES[code].map(({ call }) => `\`${call}\``).join(" or ");
}
