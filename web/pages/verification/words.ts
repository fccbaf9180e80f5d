import { figure } from "../../parts/figures.ts";
import type { Verification } from "./queries.ts";

export const STATUS_WORDS = {
  verified: "Right",
  unverified: "Doubtful",
  unavailable: "Nobody is there",
  unknown: "Cannot be told",
} as const;

export function remarksOn({ role, disposable, catch_all }: Verification) {
  return [
    role && "It belongs to a role, not to a person.",
    disposable && "It is made to be thrown away.",
    catch_all && "Its domain takes mail for any name.",
  ].filter((remark) => typeof remark === "string");
}

const FOUND: readonly (readonly [status: string, one: string, many: string])[] = [
  ["verified", "address is right", "addresses are right"],
  ["unverified", "is doubtful", "are doubtful"],
  ["unavailable", "is nobody's", "are nobody's"],
  ["unknown", "cannot be told", "cannot be told"],
];

/** "3 addresses are right, 1 is nobody's." */
export function sayFound(counts: Readonly<Record<string, number>>) {
  const parts = FOUND.flatMap(([status, one, many]) => {
    const n = counts[status] ?? 0;
    return n === 0 ? [] : `${figure(n)} ${n === 1 ? one : many}`;
  });
  return parts.length > 0 ? `${parts.join(", ")}.` : "No address was checked.";
}
