// What sets a brake, as a team has chosen it: for each cause the emails that are looked at, how many there must be, and from which
// percentage on first emails are held, or all of them.

export const BRAKE_CAUSES = ["bounces", "complaints", "blocks", "replies"] as const;
export type BrakeCause = (typeof BRAKE_CAUSES)[number];

/** `first_steps`: who has not had an email of the sequence yet gets none. `paused`: nobody gets any. */
export type BrakeLevel = "first_steps" | "paused";
/** In the order in which the gate asks. */
export const BRAKE_SCOPES = ["mailbox", "sequence", "team"] as const;
export type BrakeScope = (typeof BRAKE_SCOPES)[number];

export type BrakeRule = {
  isOn: boolean;
  days: number;
  /** Fewer emails than these say too little. */
  fewest: number;
  /** Percent. Of replies: by how much they fell. */
  first: number;
  /** Null: this cause never pauses. */
  pause: number | null;
};

export type BrakeRules = Record<BrakeCause, BrakeRule>;

export const DEFAULT_BRAKES: BrakeRules = {
  bounces: { isOn: true, days: 7, fewest: 50, first: 5, pause: 10 },
  complaints: { isOn: true, days: 30, fewest: 200, first: 0.1, pause: 0.3 },
  blocks: { isOn: true, days: 7, fewest: 50, first: 5, pause: 10 },
  replies: { isOn: true, days: 14, fewest: 200, first: 70, pause: null },
};

export type BrakeRulesChange = { [Cause in BrakeCause]?: Partial<BrakeRule> | undefined };

export function withRules(rules: BrakeRules, change: BrakeRulesChange): BrakeRules {
  const one = (cause: BrakeCause): BrakeRule => ({ ...rules[cause], ...change[cause] });
  return {
    bounces: one("bounces"),
    complaints: one("complaints"),
    blocks: one("blocks"),
    replies: one("replies"),
  };
}

/** What a team has set, with what it sets now. What it never set follows the defaults. */
export function mergedChanges(stored: BrakeRulesChange, change: BrakeRulesChange): BrakeRulesChange {
  const causes = BRAKE_CAUSES.filter((cause) => stored[cause] || change[cause]);
  return Object.fromEntries(causes.map((cause) => [cause, { ...stored[cause], ...change[cause] }]));
}

/** The first cause whose pause comes before its first level; null where all are in order. */
export function misorderedRule(rules: BrakeRules): BrakeCause | null {
  return BRAKE_CAUSES.find((cause) => (rules[cause].pause ?? 100) < rules[cause].first) ?? null;
}
