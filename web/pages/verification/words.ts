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
