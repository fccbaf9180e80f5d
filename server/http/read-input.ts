// From a bag of parameters to an endpoint's input, or to Apollo's sentence about what is wrong.

import { type Endpoint, fields } from "@cadenza/contract";
import type { z } from "zod";
import { Refusal } from "../kernel/refusal.ts";
import { say } from "../kernel/say.ts";
import { coercionFor } from "./coerce.ts";
import { type Bag, isObject, mergeBags, refuseUnstorable } from "./params.ts";

export type ReadInput = (bag: Bag) => Record<string, unknown>;

/** Many a call has no parameters, and need not gather what was sent. */
export const takesNothing: ReadInput = () => ({});

const FARTHEST_RECORD = 50_000;

/** Compiled once per endpoint, because walking a schema for every request costs more than reading it. */
export function inputReader(endpoint: Endpoint): ReadInput {
  if (Object.keys(endpoint.input.shape).length === 0) return takesNothing;
  const coerce = coercionFor(endpoint.input);
  return (bag) => {
    refuseUnstorable(bag);
    const result = endpoint.input.safeParse(coerce(unwrapped(bag, endpoint.wrapper)), { reportInput: true });
    if (!result.success) throw refusalFor(result.error.issues[0] as z.core.$ZodIssue);
    refuseBeyondThreshold(result.data);
    return result.data;
  };
}

// What is said plainly wins over what is said once more inside the wrapper.
function unwrapped(bag: Bag, wrapper: string | undefined): Bag {
  const inner = wrapper === undefined ? undefined : bag[wrapper];
  return isObject(inner) ? mergeBags(inner, bag) : bag;
}

function refuseBeyondThreshold({ page, per_page }: Record<string, unknown>) {
  if (typeof page === "number" && typeof per_page === "number" && page * per_page > FARTHEST_RECORD) {
    throw new Refusal("page_over_threshold");
  }
}

function refusalFor(issue: z.core.$ZodIssue): Refusal {
  const name = issue.path.join(".").slice(0, 100);
  // Where one of several words must stand, its absence counts as a wrong one.
  const missing = ["invalid_type", "invalid_value"].includes(issue.code ?? "") && issue.input === undefined;
  if (missing) return new Refusal("parameter_missing", { name });
  switch (issue.message) {
    case fields.NOT_AN_ID:
      return new Refusal("not_a_valid_id", { value: printed(issue.input) });
    case fields.PER_PAGE_ZERO:
      return new Refusal("per_page_zero");
    case fields.PER_PAGE_OVER:
      return new Refusal("per_page_not_supported");
  }
  return new Refusal("parameter_invalid", { name, why: reason(issue) });
}

function reason(issue: z.core.$ZodIssue) {
  switch (issue.code) {
    case "invalid_type":
      return say("must be {expected}", { expected: article(issue.expected) });
    case "invalid_value":
      return say("must be one of {values}", { values: issue.values.map(String).join(", ") });
    case "too_big":
      return atMost(issue);
    case "too_small":
      return issue.message.startsWith("must") ? issue.message : atLeast(issue);
    default:
      return issue.message;
  }
}

function atMost({ origin, maximum }: z.core.$ZodIssueTooBig) {
  if (origin === "string") return say("must have at most {maximum} characters", { maximum });
  return origin === "array"
    ? say("must have at most {maximum} entries", { maximum })
    : say("must be at most {maximum}", { maximum });
}

function atLeast({ origin, minimum }: z.core.$ZodIssueTooSmall) {
  if (origin === "string") return say("must have at least {minimum} characters", { minimum });
  return origin === "array"
    ? say("must have at least {minimum} entries", { minimum })
    : say("must be at least {minimum}", { minimum });
}

function article(kind: string) {
  const words: Record<string, string> = {
    boolean: say("true or false"),
    int: say("a whole number"),
    array: say("a list"),
    record: say("an object"),
  };
  return words[kind] ?? (/^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`);
}

function printed(value: unknown) {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
