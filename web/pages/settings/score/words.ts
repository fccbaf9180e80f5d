import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { Formula, ScoreField } from "./queries.ts";

export type Operator = ScoreField["operators"][number];
type Shown = Formula["signals"][number];
export type SignalDraft = Pick<Shown, "field" | "custom_field_id" | "operator" | "value" | "weight" | "name">;
export type ScoreDraft = { signals: SignalDraft[]; out_of: number | null; marks: number[] };

const ASKS: Record<Operator, string> = perLanguage(() => ({
  is_known: t("is known"),
  is_unknown: t("is not known"),
  is_any_of: t("is one of"),
  is_none_of: t("is none of"),
  has_any_of: t("has one of"),
  has_none_of: t("has none of"),
  at_least: t("is at least"),
  at_most: t("is at most"),
  within_days: t("in the last … days"),
  not_within_days: t("not in the last … days"),
  is_true: t("is yes"),
  is_false: t("is no"),
  is_after: t("is after"),
  is_before: t("is before"),
}));

const AGES: Partial<Record<Operator, string>> = { is_known: "ever", is_unknown: "never" };

/** What happens once is asked for with other words than what is so. */
export function sayOperator(operator: Operator, { operators }: Pick<ScoreField, "operators">) {
  return (operators.includes("within_days") && AGES[operator]) || ASKS[operator];
}

export function keyOf({ field, custom_field_id }: Pick<ScoreField, "field" | "custom_field_id">) {
  return custom_field_id ? `${field} ${custom_field_id}` : field;
}

type ScoreInputKind = "texts" | "number" | "date" | "nothing";

export function askedBy(operator: Operator): ScoreInputKind {
  if (operator.endsWith("_of")) return "texts";
  if (operator.startsWith("at_") || operator.endsWith("_days")) return "number";
  return operator === "is_after" || operator === "is_before" ? "date" : "nothing";
}

/** With another question, what was answered to the last one no longer means anything. */
export function withOperator(signal: SignalDraft, operator: Operator): SignalDraft {
  const isSame = askedBy(operator) === askedBy(signal.operator);
  return { ...signal, operator, value: isSame ? signal.value : emptyOf(operator) };
}

function emptyOf(operator: Operator): SignalDraft["value"] {
  const asked = askedBy(operator);
  return asked === "texts" ? [] : asked === "number" && operator.endsWith("_days") ? 30 : null;
}

export function newSignal(field: ScoreField): SignalDraft {
  const operator = field.operators[0] ?? "is_known";
  const value = emptyOf(operator);
  return {
    field: field.field,
    custom_field_id: field.custom_field_id,
    operator,
    value,
    weight: 10,
    name: null,
  };
}

/** The place of the first signal that asks nothing yet, from 1; null where all do. */
export function firstUnasked(signals: readonly SignalDraft[]) {
  const at = signals.findIndex(
    ({ operator, value }) =>
      askedBy(operator) !== "nothing" &&
      (Array.isArray(value) ? value.length === 0 : value === null || value === ""),
  );
  return at < 0 ? null : at + 1;
}

export function fullPoints(signals: readonly Pick<SignalDraft, "weight">[]) {
  return Math.max(
    1,
    signals.reduce((sum, { weight }) => sum + Math.max(0, weight), 0),
  );
}

export function draftOf({ signals, out_of, marks }: Formula): ScoreDraft {
  const own = signals.map(({ field, custom_field_id, operator, value, weight, name }) => ({
    field,
    custom_field_id,
    operator,
    value,
    weight,
    name,
  }));
  return { signals: own, out_of: out_of === fullPoints(signals) ? null : out_of, marks };
}

export const TENS = Array.from({ length: 10 }, (_, n) => (n === 9 ? "90–100" : `${n * 10}–${n * 10 + 9}`));
