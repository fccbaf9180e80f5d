// What a change of a deal has changed, as its history tells it.

type DealFacts = {
  name: string;
  ownerId: string | null;
  accountId: string | null;
  amount: string | null;
  currency: string;
  closesOn: Temporal.PlainDate | null;
  description: string | null;
  nextStep: string | null;
  nextStepOn: Temporal.PlainDate | null;
  closedLostReason: string | null;
  closedWonReason: string | null;
  probability: number | null;
  salesforceId: string | null;
  crmId: string | null;
};

/** By the names that the API gives them. The stage has an event of its own. */
const FIELDS = {
  name: "name",
  owner_id: "ownerId",
  account_id: "accountId",
  amount: "amount",
  currency_code: "currency",
  closed_date: "closesOn",
  description: "description",
  next_step: "nextStep",
  next_step_date: "nextStepOn",
  closed_lost_reason: "closedLostReason",
  closed_won_reason: "closedWonReason",
  deal_probability: "probability",
  salesforce_id: "salesforceId",
  crm_id: "crmId",
} as const satisfies Record<string, keyof DealFacts>;

/** What people write down stays with the deal: of these it is told that they changed, and not what they say. */
const WITH_VALUES = ["amount", "currency_code", "closed_date", "next_step_date", "deal_probability"] as const;

type DealChanges = { changed: string[]; from: Record<string, unknown>; to: Record<string, unknown> };

export function changesOfDeal(before: DealFacts, after: DealFacts): DealChanges {
  const changed = Object.entries(FIELDS)
    .filter(([, key]) => textOf(before[key]) !== textOf(after[key]))
    .map(([name]) => name);
  const told = WITH_VALUES.filter((name) => changed.includes(name));
  const values = (deal: DealFacts) =>
    Object.fromEntries(told.map((name) => [name, plainValue(deal[FIELDS[name]])]));
  return { changed, from: values(before), to: values(after) };
}

/** As the database may say 10000.00 of what was sent as 10000. */
function plainValue(value: DealFacts[keyof DealFacts]) {
  if (value instanceof Temporal.PlainDate) return value.toString();
  return typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
}

const textOf = (value: DealFacts[keyof DealFacts]) => String(plainValue(value) ?? "");
