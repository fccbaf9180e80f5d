// A fact is saved unless a teammate has changed it since it was shown. It is read again first, and what is sent names the version
// that was read, so a change that comes in between is not overwritten either. Taking it back asks the same.

import { t } from "../../language/t.ts";
import { type NotSaved, type Refusals, refusedIn } from "../fact-saved.ts";
import { isOvertaken, type Version } from "../read-first.ts";
import { toast } from "../toast.tsx";
import { accountFor } from "../trouble.ts";
import { type Fact, type FactValue, isAlike } from "./fact.ts";

export type FactSource<Row, Change> = {
  /** The record as it is at the server now. */
  read: () => Promise<Row>;
  /** Answers what the server has not taken. */
  write: (change: Change, given: Version) => Promise<Refusals>;
};

/** How often a record is looked at again that others go on changing between the look and the write. */
const MOST_LOOKS = 5;

/** `shown`: the value that the user has replaced. */
export async function saveFact<Row, Change>(
  fact: Fact<Row, Change>,
  source: FactSource<Row, Change>,
  value: FactValue,
  shown: FactValue,
): Promise<NotSaved> {
  const why = fact.refuses?.(value);
  if (why) return why;
  try {
    const outcome = await writeUnlessChanged(fact, source, value, shown);
    if ("changedTo" in outcome) return outcome;
    const refused = refusedIn(fact.label, outcome.refusals);
    if (refused) return refused;
    toast(t("{label} saved.", { label: fact.label }), { undo: () => takeBack(fact, source, value, shown) });
    return null;
  } catch (error) {
    return accountFor(error, "writing").happened;
  }
}

async function takeBack<Row, Change>(
  fact: Fact<Row, Change>,
  source: FactSource<Row, Change>,
  value: FactValue,
  shown: FactValue,
) {
  const outcome = await writeUnlessChanged(fact, source, shown, value);
  if ("changedTo" in outcome) throw new Error(t("Another user saved something else in the meantime."));
}

async function writeUnlessChanged<Row, Change>(
  fact: Fact<Row, Change>,
  source: FactSource<Row, Change>,
  value: FactValue,
  shown: FactValue,
): Promise<{ refusals: Refusals } | { changedTo: FactValue }> {
  for (let looks = 1; ; looks++) {
    const now = await source.read();
    const saved = fact.input(now).value;
    if (![shown, value].some((one) => isAlike(saved, one))) return { changedTo: saved };
    try {
      const { etag } = now as { etag?: string };
      return { refusals: await source.write(fact.change(value, now), { ifMatch: etag }) };
    } catch (error) {
      if (!isOvertaken(error) || looks === MOST_LOOKS) throw error;
    }
  }
}
