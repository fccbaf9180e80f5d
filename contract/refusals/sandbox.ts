import type { RefusalEntry } from "./entry.ts";

export const sandbox = {
  not_a_sandbox: {
    status: 404,
    says: "This installation is not a sandbox.",
    fix: "Start one with `cadenza sandbox`, or a new installation with CADENZA_SANDBOX=1.",
  },
  sandbox_time_backwards: {
    status: 422,
    says: "The time of the sandbox is {now} and cannot go back to {until}.",
    fix: "Choose a later time, or start a new sandbox with an earlier one.",
  },
  sandbox_time_too_far: {
    status: 422,
    says: "The time of the sandbox cannot be moved by more than {most} years at once.",
  },
  sandbox_advances: {
    status: 409,
    says: "The time of the sandbox is being moved already.",
    fix: "Wait until GET /sandbox/clock no longer says `advancing`.",
  },
  sandbox_snapshots_unavailable: {
    status: 422,
    says: "Snapshots need a database whose owner may turn off triggers.",
    fix: "Use the embedded PostgreSQL: start the sandbox without DATABASE_URL.",
  },
  sandbox_fault_rate_limited: {
    status: 429,
    asMessage: true,
    says: "A fault of the sandbox: too many calls.",
  },
  sandbox_fault_failed: { status: 500, says: "A fault of the sandbox: the server failed." },
  sandbox_fault_bad_gateway: { status: 502, says: "A fault of the sandbox: a server behind it failed." },
  sandbox_fault_unavailable: { status: 503, says: "A fault of the sandbox: the server is not available." },
  sandbox_fault_timed_out: { status: 504, says: "A fault of the sandbox: a server behind it took too long." },
  strict_key_location: {
    status: 422,
    errorCode: "INVALID_API_KEY_LOCATION",
    says: "The API key must be sent in the X-Api-Key header.",
  },
  strict_paid_plans: {
    status: 403,
    asMessage: true,
    says: "This endpoint is only available to Apollo users on paid plans.",
  },
  strict_scope_on_free: {
    status: 403,
    forbids: true,
    errorCode: "API_INACCESSIBLE",
    says: "{scope} is not accessible with this api_key on a free plan. Please upgrade your plan from https://app.apollo.io/.",
  },
  sandbox_goal_unclear: {
    status: 422,
    says: "Send either a length (days, hours, minutes), until or next, not several of them.",
  },
} as const satisfies Record<string, RefusalEntry>;
