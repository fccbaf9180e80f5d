// The page of the docs that lists everything that can hold an enrollment, made from the gate and the table of fixes.

import { contract } from "@cadenza/contract";
import { SKIP_REASONS } from "../../../domain/enrollments/eligibility.ts";
import { FAILURE_WORDS, NEVER_GIVEN } from "../../../domain/enrollments/failure-words.ts";
import { SKIP_HELP } from "../../../domain/enrollments/skip-table.ts";
import { GATE, GATE_CODES, type GateCode } from "../../../domain/gate/gate.ts";
import type { Check, GateOutcome, Lifter, RuleSubject } from "../../../domain/gate/gate-rules.ts";
import { HOLD_WORDS, type HoldCode } from "../../../domain/insight/hold-words.ts";
import { FIXES } from "./fixes-present.ts";
import { AFTER_FAILURE, WHAT_TO_DO } from "./what-to-do.ts";
import { WHY_GROUP_OF, WHY_GROUPS } from "./why-groups.ts";

/** What the gate does. */
const OUTCOMES: Record<GateOutcome, string> = {
  cancel: "no step is planned",
  fail: "the email fails",
  wait: "waits",
  skip: "the step is skipped",
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

const CODES = Object.keys(HOLD_WORDS) as readonly HoldCode[];
/** Those that are no check before an email. */
const BESIDE = CODES.filter((code) => !isOfGate(code));

export function whyPage(): string {
  return [
    "# Why an email waits",
    "",
    "Click the status of a contact, or **Why?** on a contact, a sequence, a mailbox or an email. The panel says what comes next, what holds it, and what",
    "to do. Where one call fixes it, the panel has a button for it. Admins and owners see more buttons than others.",
    "",
    "Look for the sentence of the panel below. The panel fills in names, figures and times.",
    "",
    ...Object.entries(WHY_GROUPS).flatMap(([group, title]) => [
      `## ${title}`,
      "",
      ...(group === "failed" ? FAILED_FIRST : []),
      ...HEAD,
      ...CODES.filter((code) => WHY_GROUP_OF[code] === group).map((code) =>
        rowOf(HOLD_WORDS[code].means, WHAT_TO_DO[code], code),
      ),
      ...(group === "failed" ? laterFailures() : []),
      "",
    ]),
    "## Contact not added",
    "",
    "The dialog *Add to sequence* lists the contacts that it skips. Where it offers a choice, you can allow them.",
    "",
    ...HEAD,
    ...SKIP_REASONS.map((code) => rowOf(SKIP_HELP[code].means, SKIP_HELP[code].remedy, code)),
    "",
    ...forPrograms(),
  ].join("\n");
}

const HEAD = ["| the panel says | what to do | code |", "|---|---|---|"];
const FAILED_FIRST = [
  "The email was not sent, and the contact stops at this step. Fix the reason, then choose *Retry*: the contact continues at the step.",
  "",
];

function rowOf(sentence: string, todo: string, code: string) {
  return `| ${sentence} | ${todo} | \`${code}\` |`;
}

function laterFailures() {
  return Object.entries(AFTER_FAILURE).map(([code, todo]) => {
    const words = FAILURE_WORDS[code as keyof typeof AFTER_FAILURE];
    return rowOf(`${words.charAt(0).toUpperCase()}${words.slice(1)}.`, todo, code);
  });
}

function forPrograms(): string[] {
  return [
    "## For programs",
    "",
    "The calls that explain, and `cadenza why <id or email>` of the [command line](../api/cli.md):",
    "",
    ...Object.values(contract.explain).map(
      ({ method, path, summary }) => `- \`${method} ${path}\`: ${summary}`,
    ),
    "",
    "Read `held_by`: all reasons, the first one decides. Each has the code, a sentence, the evidence, since when, and until when if it ends by itself.",
    "`fix` is a call that you can send unchanged. It is null where only a person can decide, or where you may not make the call.",
    "",
    "### Codes and calls",
    "",
    "| code | then | reason is in | stops | who can change it | failure code | call |",
    "|---|---|---|---|---|---|---|",
    ...GATE_CODES.map(gateRow),
    ...BESIDE.map((code) => `| \`${code}\` | waits | | | | | ${fixesOf(code)} |`),
    "",
    "### Order of the checks",
    "",
    "Before each email is sent, Cadenza checks all codes in this order, and the first one that applies decides. `explain` lists",
    "the schedule and the limits only after the step is due.",
    "",
    `${GATE_CODES.map((code) => `\`${code}\``).join(", ")}.`,
    "",
    "### Failure codes",
    "",
    "The code of a failed contact is in `failure_reason`, and in the evidence of `enrollment_failed`.",
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
  ];
}

function isOfGate(code: HoldCode): code is GateCode {
  return Object.hasOwn(GATE, code);
}

function gateRow(code: GateCode) {
  const { of, outcome, failure, about, lifts }: Check = GATE[code];
  const cells = [
    OUTCOMES[outcome],
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
