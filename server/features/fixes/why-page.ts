// The page of the docs that lists everything that can hold somebody, made from the gate and the table of fixes.

import { contract } from "@cadenza/contract";
import { FAILURE_WORDS, NEVER_GIVEN } from "../../domain/failure-words.ts";
import { GATE, GATE_CODES, type GateCode } from "../../domain/gate.ts";
import type { Check, Lifter, Subject } from "../../domain/gate-rules.ts";
import { HOLD_WORDS, type HoldCode } from "../../domain/hold-words.ts";
import { FIXES } from "./present.ts";

const OUTCOMES = {
  cancel: "nothing is planned",
  fail: "the mail fails",
  wait: "the step waits",
  skip: "the step is skipped",
};
const STEPS = { all: "all", mails: "mails", automatic: "automatic mails" };

const SUBJECTS: Record<Subject, string> = {
  ...{ address: "the address", contact: "the contact", company: "the company", enrollment: "the enrollment" },
  ...{
    step: "the step",
    sequence: "the sequence",
    mailbox: "the mailbox",
    message: "the mail",
    team: "the team",
  },
  installation: "the installation",
};

const LIFTERS: Record<Lifter, string> = {
  ...{ user: "a user", admin: "an admin", owner: "the mailbox's owner", reader: "the contact" },
  ...{
    provider: "the mail server",
    time: "time",
    engine: "the engine",
    operator: "the operator",
    nobody: "nothing",
  },
};

const BESIDE: readonly HoldCode[] = ["no_steps", "nobody_waits", "queue", "waits_for_person", "server_hangs"];

export function whyPage(): string {
  return [
    "# Why nothing happens",
    "",
    "Made from `server/domain/gate.ts` and `server/features/fixes/present.ts` by `npm run generate`.",
    "",
    ...Object.values(contract.explain).map(
      ({ method, path, summary }) => `- \`${method} ${path}\`: ${summary}`,
    ),
    "",
    "`held_by` says what holds somebody, in the order of this table, with the evidence and the call that would mend it. The same",
    "table is asked before a mail is sent: the first row that applies decides.",
    "",
    "| code | means | asked of | of which steps | then | not sent for | lifted by | the call that mends it |",
    "|---|---|---|---|---|---|---|---|",
    ...GATE_CODES.map(gateRow),
    ...BESIDE.map((code) => `| \`${code}\` | ${HOLD_WORDS[code].means} | | | | | | ${fixesOf(code)} |`),
    "",
    "Hours and limits are explained once a step is due; who sends asks them always, and `not_due` first. A call is offered only where it would be accepted as it stands, from",
    "whoever asks.",
    "",
    "## Why somebody failed",
    "",
    "What stands in `failure_reason`, and in the evidence of `enrollment_failed`.",
    "",
    "| code | means |",
    "|---|---|",
    ...Object.entries(FAILURE_WORDS)
      .filter(([code]) => !Object.hasOwn(NEVER_GIVEN, code))
      .map(([code, words]) => `| \`${code}\` | ${words} |`),
    "",
    "Codes of Apollo's that searches take and Cadenza never gives:",
    "",
    "| code | because |",
    "|---|---|",
    ...Object.entries(NEVER_GIVEN).map(([code, because]) => `| \`${code}\` | ${because} |`),
    "",
  ].join("\n");
}

function gateRow(code: GateCode) {
  const { of, outcome, failure, about, lifts }: Check = GATE[code];
  const cells = [
    HOLD_WORDS[code].means,
    SUBJECTS[about],
    STEPS[of],
    OUTCOMES[outcome],
    failure ? `\`${failure}\`` : "",
    lifts.map((lifter) => LIFTERS[lifter]).join(", "),
    fixesOf(code),
  ];
  return `| \`${code}\` | ${cells.join(" | ")} |`;
}

function fixesOf(code: HoldCode) {
  return FIXES[code].map(({ call }) => `\`${call}\``).join(" or ");
}
