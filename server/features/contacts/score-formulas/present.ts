import { type Score, type ScoreSignal, sayOf } from "../../../domain/contacts/prospect-score.ts";
import {
  fieldOf,
  SCORE_FIELDS,
  SCORE_OPERATORS,
  type ScoreFieldName,
} from "../../../domain/contacts/score-fields.ts";
import { KIND_OF_TYPE } from "../../../domain/contacts/score-wish.ts";
import { codeWords } from "../../../kernel/code-words.ts";
import { storedOrNull } from "../../../kernel/moments.ts";
import { say } from "../../../kernel/say.ts";
import type { FieldRow } from "../custom-fields/store.ts";
import type { FormulaRow, ScoredContact } from "../scoring/formulas-store.ts";
import type { Spread } from "../scoring/store.ts";

export function presentFormula(formula: FormulaRow) {
  return {
    signals: formula.signals.map(presentSignal),
    out_of: formula.outOf,
    marks: [...formula.marks],
    is_default: formula.version === null,
    version: formula.version,
    changed_at: storedOrNull(formula.changedAt),
    changed_by_user_id: formula.changedBy,
  };
}

export function presentWritten({ formula, jobId }: { formula: FormulaRow; jobId: string | null }) {
  return { score_formula: presentFormula(formula), job_id: jobId };
}

function presentSignal(signal: ScoreSignal) {
  const { field, customFieldId, operator, value, weight, name } = signal;
  return {
    field,
    custom_field_id: customFieldId,
    operator,
    weight,
    name,
    says: sayOf(signal),
    value: Array.isArray(value) ? [...value] : (value as string | number | null),
  };
}

/** All that a formula may look at: what everybody has, then the team's own fields. */
export function presentFields(own: readonly FieldRow[]) {
  const names = Object.keys(SCORE_FIELDS) as ScoreFieldName[];
  const common = names
    .filter((name) => name !== "contact_field" && name !== "account_field")
    .map((field) => {
      const { of, kind, name, choices, ids } = fieldOf(field);
      return {
        field,
        custom_field_id: null,
        of,
        name: say(name),
        operators: [...SCORE_OPERATORS[kind]],
        choices: choices?.map((value) => ({ value, name: codeWords(value) })) ?? null,
        ids_of: field === "account_lists" ? ("account_labels" as const) : (ids ?? null),
      };
    });
  return [
    ...common,
    ...own.map(({ id, modality, name, type, options }) => ({
      field: modality === "contact" ? ("contact_field" as const) : ("account_field" as const),
      custom_field_id: id,
      name,
      operators: [...SCORE_OPERATORS[KIND_OF_TYPE[type]]],
      of: modality === "contact" ? ("contact" as const) : ("company" as const),
      choices: options.length > 0 ? options.map((one) => ({ value: one.id, name: one.name })) : null,
      ids_of: null,
    })),
  ];
}

type Previewed = {
  formula: { outOf: number };
  spread: Spread;
  contacts: readonly (ScoredContact & Score)[];
};

export function presentScorePreview({ formula, spread, contacts }: Previewed) {
  return {
    counted: spread.counted,
    out_of: formula.outOf,
    before: spread.before,
    after: spread.after,
    contacts: contacts.map(({ id, name, title, before, score, parts }) => ({
      id,
      name,
      title,
      before,
      after: score,
      parts: [...parts],
    })),
  };
}
