// Which published fields the answers of a run really bore.

import type { Kind, Named } from "@cadenza/contract/published";

/**
 * `filled`: at least one answer has a value there. `empty`: it stands there, as null or as an empty list or object.
 * `below`: what it would lie in is null or empty. `absent`: what it would lie in has no such field. `other`: a value of
 * another kind than the published one.
 */
export type FieldVerdict = "filled" | "other" | "empty" | "below" | "absent";

const RANK: readonly FieldVerdict[] = ["below", "absent", "empty", "other", "filled"];

export function judgeField(field: Named, answers: readonly unknown[]): FieldVerdict {
  const steps = field.path.replaceAll("[]", ".[]").split(".").filter(Boolean);
  const each = answers.map((answer) => lookFor(answer, steps, field.kind));
  return best(each);
}

const best = (verdicts: readonly FieldVerdict[]) =>
  verdicts.reduce<FieldVerdict>((a, b) => (RANK.indexOf(b) > RANK.indexOf(a) ? b : a), "below");

function lookFor(value: unknown, [step, ...rest]: readonly string[], kind: Kind): FieldVerdict {
  if (step === undefined) return isEmpty(value) ? "empty" : isOf(kind, value) ? "filled" : "other";
  if (isEmpty(value)) return "below";
  if (step === "[]")
    return Array.isArray(value) ? best(value.map((one) => lookFor(one, rest, kind))) : "absent";
  if (typeof value !== "object" || value === null) return "absent";
  const inner = value as Record<string, unknown>;
  // An id of Apollo's example: any of ours stands for it, whatever it holds.
  if (/^<|^[0-9a-f]{24}$/.test(step))
    return best(Object.values(inner).map((one) => lookFor(one, rest, "any")));
  return step in inner ? lookFor(inner[step], rest, kind) : "absent";
}

function isEmpty(value: unknown) {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || (typeof value === "object" && Object.keys(value as object).length === 0);
}

function isOf(kind: Kind, value: unknown) {
  if (kind === "any") return true;
  if (kind === "array") return Array.isArray(value);
  if (kind === "object") return typeof value === "object" && !Array.isArray(value);
  if (kind === "integer") return Number.isInteger(value);
  return typeof value === kind;
}
