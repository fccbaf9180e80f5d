// Whether a sandbox answers programs as Apollo does, and on which of its plans.

export type Plan = "free" | "basic" | "professional" | "organization";

export type Profile = { isStrict: boolean; plan: Plan };

export const DEFAULT_PROFILE: Profile = { isStrict: false, plan: "professional" };
