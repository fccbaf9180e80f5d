// What an edit of a sequence has changed, as its event tells it: "step 2: subject “Boilers” → “Boilers in March”".

import { codeWords } from "../../../kernel/code-words.ts";
import { say, texts } from "../../../kernel/say.ts";
import type { ChangeValue, EditChange } from "../../sequences/edit-changes.ts";

/** Empty for an event from before the changes were kept. */
export function editSaid({ changes, more_changes: more }: Record<string, unknown>) {
  if (!Array.isArray(changes) || changes.length === 0) return "";
  const said = (changes as EditChange[]).map(changeSaid).join("; ");
  return more ? say(": {said}; and {more} more changes", { said, more }) : `: ${said}`;
}

function changeSaid({ step, variant, what, from, to }: EditChange) {
  const where = variant
    ? say("step {step}, variant {variant}", { step, variant })
    : step
      ? say("step {step}", { step })
      : "";
  switch (what) {
    case "added":
      return say("{where} added ({type})", { where, type: codeWords(to) });
    case "removed":
      return say("{where} removed ({type})", { where, type: codeWords(from) });
    case "emailAdded":
      return say("{where}: email added {subject}", { where, subject: to ? valueSaid(to) : "" }).trim();
    case "emailRemoved":
      return say("{where}: email removed {subject}", { where, subject: from ? valueSaid(from) : "" }).trim();
  }
  const field = FIELDS[what] ?? what;
  const named = where ? say("{where}: {field}", { where, field }) : field;
  if (from === null && to === null) return say("{named} changed", { named });
  return say("{named} {from} → {to}", { named, from: valueIn(what, from), to: valueIn(what, to) });
}

function valueIn(what: string, value: ChangeValue) {
  if (what === "wait" && typeof value === "string") {
    const [count, unit] = value.split(" ");
    return say(
      "{unit, select, minute {{count, plural, one {# minute} other {# minutes}}} hour {{count, plural, one {# hour} other {# hours}}} other {{count, plural, one {# day} other {# days}}}}",
      { unit, count: Number(count) },
    );
  }
  return CODES.has(what) && typeof value === "string" ? codeWords(value) : valueSaid(value);
}

function valueSaid(value: ChangeValue) {
  if (value === null) return say("empty");
  if (typeof value === "boolean") return value ? say("on") : say("off");
  return typeof value === "number" ? String(value) : say("“{value}”", { value });
}

/** Their values are words of the API. */
const CODES = new Set([
  "type",
  "thread",
  "status",
  "priority",
  "visibility",
  "accessType",
  "deliveryPolicy",
  "onNotSent",
  "priorityPolicy",
  "sameAccountReplyPolicy",
  "sameAccountReplyScope",
]);

const FIELDS: Record<string, string> = texts({
  name: "name",
  description: "description",
  owner: "owner",
  schedule: "schedule",
  folder: "folder",
  ruleset: "ruleset",
  labels: "labels",
  excludedContactStages: "excluded contact stages",
  excludedAccountStages: "excluded company stages",
  byExactDaytime: "exact dates",
  sendsAtUsualHour: "sending at the usual hour",
  maxEmailsPerDay: "daily email limit",
  maxNewContactsPerDay: "daily limit of new contacts",
  allowedSendFromDomains: "domains to send from",
  ccEmails: "Cc",
  bccEmails: "Bcc",
  visibility: "visibility",
  accessType: "access of the team",
  deliveryPolicy: "delivery that can't be confirmed",
  onNotSent: "emails that can't be sent",
  priorityPolicy: "sending priority",
  markFinishedIfReply: "stop on reply",
  markFinishedIfClick: "stop on link click",
  markFinishedIfInterested: "stop when interested",
  markPausedIfOoo: "pause when out of office",
  daysToWaitBeforeMarkAsResponse: "days until no response",
  sameAccountReplyPolicy: "colleagues of a contact who replies",
  sameAccountReplyDelayDays: "days of delay for colleagues",
  sameAccountReplyScope: "replies of colleagues that count",
  createTaskIfEmailOpen: "call tasks from opens",
  emailOpenTriggerTaskThreshold: "opens until a call task",
  ignoreGlobalBounceList: "ignoring the shared bounce list",
  type: "type",
  wait: "wait",
  exactAt: "date",
  condition: "condition",
  note: "note",
  priority: "priority",
  stepMaxEmailsPerDay: "daily email limit",
  autoSkipInDays: "days until skipped",
  isOn: "step",
  place: "place",
  subject: "subject",
  text: "text",
  thread: "thread",
  status: "status",
  weight: "weight",
  includeSignature: "signature",
  hasPersonalizedOpener: "personalized opener",
  genericPersonalizedOpener: "opener used otherwise",
  attachments: "attachments",
});
