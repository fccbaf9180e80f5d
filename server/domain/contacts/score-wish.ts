// Checks a formula signal by signal: the field exists, the operator suits its kind, and the value suits the operator.
// Errors are sentences, with their position.

import { say } from "../../kernel/say.ts";
import type { FieldType } from "./custom-fields.ts";
import { MOST_SIGNALS, type ScoreSignal } from "./prospect-score.ts";
import {
  type FieldKind,
  fieldOf,
  OPERANDS,
  type Operator,
  SCORE_OPERATORS,
  type ScoreFieldName,
} from "./score-fields.ts";

export type SignalWish = {
  field: ScoreFieldName;
  customFieldId: string | null;
  operator: Operator;
  value: string | number | readonly string[] | null;
  weight: number;
  name: string | null;
};

export const KIND_OF_TYPE: Record<FieldType, FieldKind> = {
  string: "text",
  textarea: "text",
  number: "number",
  date: "date",
  datetime: "date",
  boolean: "flag",
  picklist: "list",
  multipicklist: "list",
};

/** The team's own fields by their ids, and which of a name they are. */
export type OwnFields = ReadonlyMap<string, { of: "contact_field" | "account_field"; type: FieldType }>;

export type Wrong = { position: number; why: string };

export function signalsFrom(wishes: readonly SignalWish[], own: OwnFields): ScoreSignal[] | Wrong {
  const signals: ScoreSignal[] = [];
  if (wishes.length > MOST_SIGNALS)
    return {
      position: MOST_SIGNALS + 1,
      why: say("is too many: at most {MOST_SIGNALS} signals are allowed", { MOST_SIGNALS }),
    };
  for (const [i, wish] of wishes.entries()) {
    const read = signalFrom(wish, own);
    if ("why" in read) return { position: i + 1, why: read.why };
    signals.push(read);
  }
  return signals;
}

function signalFrom(wish: SignalWish, own: OwnFields): ScoreSignal | { why: string } {
  const kind = kindOf(wish, own);
  if (typeof kind !== "string") return kind;
  if (!(SCORE_OPERATORS[kind] as readonly string[]).includes(wish.operator))
    return {
      why: say("uses the operator {operator} with {field}, which allows only {kind}", {
        operator: wish.operator,
        field: wish.field,
        kind: SCORE_OPERATORS[kind].join(", "),
      }),
    };
  const value = valueFrom(wish);
  if (typeof value === "object" && value !== null && "why" in value) return value as { why: string };
  const isOwn = wish.field === "contact_field" || wish.field === "account_field";
  return {
    field: wish.field,
    operator: wish.operator,
    weight: wish.weight,
    kind,
    customFieldId: isOwn ? wish.customFieldId : null,
    name: wish.name?.trim() || null,
    value: value as ScoreSignal["value"],
  };
}

function kindOf({ field, customFieldId }: SignalWish, own: OwnFields): FieldKind | { why: string } {
  if (field !== "contact_field" && field !== "account_field") return fieldOf(field).kind;
  const known = customFieldId === null ? undefined : own.get(customFieldId);
  return known?.of === field
    ? KIND_OF_TYPE[known.type]
    : { why: say("does not name a custom field of your team") };
}

function valueFrom({ operator, value }: SignalWish): ScoreSignal["value"] | { why: string } {
  switch (OPERANDS[operator]) {
    case "nothing":
      return null;
    case "texts": {
      const texts = (Array.isArray(value) ? value : [value])
        .map((one) => String(one ?? "").trim())
        .filter((one) => one !== "");
      return texts.length > 0 ? [...new Set(texts)] : { why: say("needs at least one value") };
    }
    case "number": {
      const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      return typeof number === "number" && Number.isFinite(number) ? number : { why: say("needs a number") };
    }
    case "days": {
      const days = Number(value ?? Number.NaN);
      return Number.isInteger(days) && days >= 1 && days <= 3650
        ? days
        : { why: say("needs a number of days from 1 to 3650") };
    }
    case "date":
      return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value)
        ? value
        : { why: say("needs a date such as 2026-03-01") };
  }
}
