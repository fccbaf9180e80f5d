// Credits never appear or vanish: they move between three accounts, and the legs of a movement sum to nothing.
// Easy to get wrong: what is held and not spent must come back to the purse in the same movement that spends the rest.

type CreditAccount = "purse" | "held" | "spent";
export type Leg = { account: CreditAccount; amount: number; subjectId: string | null };

/** What was spent on one thing, person or company. */
export type Spent = { subjectId: string | null; amount: number };

export function spendLegs(spent: readonly Spent[]): Leg[] {
  return sound([leg("purse", -total(spent)), ...spent.map(onSubject)]);
}

export function holdLegs(amount: number): Leg[] {
  return sound([leg("purse", -amount), leg("held", amount)]);
}

/** What was held goes to what it was spent on, and the rest back. Nothing spent: all of it back. */
export function settleLegs(held: number, spent: readonly Spent[]): Leg[] {
  return sound([leg("held", -held), leg("purse", held - total(spent)), ...spent.map(onSubject)]);
}

export function refundLegs(spent: readonly Spent[]): Leg[] {
  return spendLegs(spent).map((one) => ({ ...one, amount: -one.amount }));
}

export function total(spent: readonly Spent[]) {
  return spent.reduce((sum, { amount }) => sum + amount, 0);
}

function leg(account: CreditAccount, amount: number): Leg {
  return { account, amount, subjectId: null };
}

function onSubject({ subjectId, amount }: Spent): Leg {
  return { account: "spent", amount, subjectId };
}

function sound(legs: readonly Leg[]) {
  return legs.filter(({ amount }) => amount !== 0);
}
