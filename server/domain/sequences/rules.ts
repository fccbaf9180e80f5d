// Which rule holds for a sequence: its own word, else its ruleset's, else the team's default ruleset's, else ours.
// Null says nothing and leaves it to the next.

export type Rules = {
  markFinishedIfReply: boolean | null;
  markFinishedIfClick: boolean | null;
  markFinishedIfInterested: boolean | null;
  markPausedIfOoo: boolean | null;
  daysToWaitBeforeMarkAsResponse: number | null;
  sameAccountReplyPolicy: "none" | "mark_not_sent" | "delay" | null;
  sameAccountReplyDelayDays: number | null;
  /** Of which sequences a colleague's answer counts. */
  sameAccountReplyScope: "sequence" | "all_sequences" | null;
  createTaskIfEmailOpen: boolean | null;
  emailOpenTriggerTaskThreshold: number | null;
  maxEmailsPerDay: number | null;
  /** How many contacts get their first email of the sequence in a day. */
  maxNewContactsPerDay: number | null;
  ignoreGlobalBounceList: boolean | null;
};

/** What can happen to a mail, or to its contact, such as a new job. */
export const MAIL_EVENTS = [
  "delivered",
  "opened",
  "clicked",
  "replied",
  "interested",
  "demoed",
  "bounced",
  "spam_blocked",
  "unsubscribed",
  "out_of_office",
  "finished",
  "not_sent",
  "unresponsive",
  "job_changed",
] as const;

/** The stage a contact moves to for each event. Other events move no contact. */
export type StageTriggers = { [Event in (typeof MAIL_EVENTS)[number]]?: string };

export const BUILT_IN: Rules = {
  markFinishedIfReply: true,
  markFinishedIfClick: false,
  markFinishedIfInterested: true,
  markPausedIfOoo: true,
  daysToWaitBeforeMarkAsResponse: 5,
  sameAccountReplyPolicy: "none",
  sameAccountReplyDelayDays: 30,
  sameAccountReplyScope: "sequence",
  createTaskIfEmailOpen: false,
  emailOpenTriggerTaskThreshold: 3,
  maxEmailsPerDay: null,
  maxNewContactsPerDay: null,
  ignoreGlobalBounceList: false,
};

/** The ruleset that every team starts with. What it leaves open, the built-in rules decide. */
export const FIRST_RULESET: Rules = {
  ...BUILT_IN,
  sameAccountReplyScope: null,
  ignoreGlobalBounceList: null,
};

export const RULE_NAMES = Object.keys(BUILT_IN) as readonly (keyof Rules)[];

type RuleOrigin = "sequence" | "ruleset" | "team" | "built_in";
export type EffectiveRule = { value: boolean | number | string | null; origin: RuleOrigin };

export function effectiveRules(sequence: Rules, ruleset: Rules | null, team: Rules | null) {
  const sources: [RuleOrigin, Rules | null][] = [
    ["sequence", sequence],
    ["ruleset", ruleset],
    ["team", team],
  ];
  const ruleFor = (name: keyof Rules): EffectiveRule => {
    const [origin, rules] = sources.find(([, rules]) => rules && rules[name] !== null) ?? [
      "built_in",
      BUILT_IN,
    ];
    return { value: rules?.[name] ?? null, origin };
  };
  return Object.fromEntries(RULE_NAMES.map((name) => [name, ruleFor(name)])) as Record<
    keyof Rules,
    EffectiveRule
  >;
}
