// What was measured, judged and added up.

import type { FieldVerdict } from "./fields.ts";
import type { Measured } from "./measure.ts";
import type { ParameterVerdict } from "./parameters.ts";
import { OPERATION_REASONS, PARAMETER_REASONS, reasonFor } from "./reasons.ts";

export type Gap = { name: string; says: string };

export type Judged = {
  name: string;
  isAnswered: boolean;
  parameters: { all: number; effective: number; checked: number; refused: string[]; gaps: Gap[] };
  fields: { all: number; filled: number; empty: number; gaps: Gap[]; reasons: Map<string, string> };
};

const WHY_NOT: Record<Exclude<ParameterVerdict, "effective" | "refused" | "checked">, string> = {
  quiet: "accepted, without a visible effect",
  ignored: "not known",
  unsent: "the call with it is not answered",
};

const WHY_MISSING: Record<Exclude<FieldVerdict, "filled">, string> = {
  other: "a value of another kind",
  empty: "empty in the test run",
  below: "the list or record they belong to is always empty",
  absent: "missing",
};

export function judged({ operation, isAnswered, parameters, fields }: Measured): Judged {
  const { name } = operation;
  const verdicts = [...parameters];
  const reasons = new Map<string, string>();
  const gaps: Gap[] = [];
  let filled = 0;
  for (const [path, verdict] of fields) {
    const reason = verdict === "empty" ? reasonFor(path) : undefined;
    if (reason) reasons.set(path, reason);
    else if (verdict === "filled") filled += 1;
    else gaps.push({ name: path, says: WHY_MISSING[verdict] });
  }
  return {
    name,
    isAnswered,
    parameters: {
      all: verdicts.length,
      effective: verdicts.filter(([, verdict]) => verdict === "effective").length,
      checked: verdicts.filter(([, verdict]) => verdict === "checked").length,
      refused: verdicts.flatMap(([path, verdict]) => (verdict === "refused" ? path : [])),
      gaps: verdicts.flatMap(([path, verdict]) =>
        verdict === "effective" || verdict === "checked" || verdict === "refused"
          ? []
          : { name: path, says: PARAMETER_REASONS[`${name} ${path}`] ?? WHY_NOT[verdict] },
      ),
    },
    fields: { all: fields.size, filled, empty: reasons.size, gaps, reasons },
  };
}

type Total = { answered: number; all: number };
export type Totals = Record<"operations" | "fields", Total> & { parameters: Total & { refused: number } };

export function totalsOf(all: readonly Judged[]): Totals {
  const sum = (count: (one: Judged) => number) => all.reduce((total, one) => total + count(one), 0);
  return {
    operations: { answered: all.filter(({ isAnswered }) => isAnswered).length, all: all.length },
    parameters: {
      answered: sum(({ parameters: { effective, checked } }) => effective + checked),
      refused: sum(({ parameters }) => parameters.refused.length),
      all: sum(({ parameters }) => parameters.all),
    },
    fields: {
      answered: sum(({ fields }) => fields.filled + fields.empty),
      all: sum(({ fields }) => fields.all),
    },
  };
}

export const whyUnanswered = (name: string) => OPERATION_REASONS[name] ?? "not answered";
