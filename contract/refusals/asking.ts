// How something was asked, whatever it was about; and what is our own doing.

import type { RefusalEntry } from "./entry.ts";

export const asking = {
  route_not_found: { status: 404, says: "Not Found" },
  malformed_body: { status: 400, says: "The request body could not be read: {why}." },
  malformed_address: { status: 400, says: "The request address (URL) could not be read." },
  body_too_large: { status: 413, says: "The request body is larger than {limit}." },
  unreadable_text: {
    status: 422,
    says: "Parameters misconfigured. {name} contains characters that cannot be stored.",
  },
  too_deep: { status: 422, says: "Parameters misconfigured. They are nested more than {limit} levels deep." },
  too_many_values: { status: 422, says: "Parameters misconfigured. They hold more than {limit} values." },
  not_a_valid_id: { status: 422, says: "Parameters misconfigured. {value} is not a valid ID" },
  parameter_missing: { status: 422, says: "Required parameter '{name}' missing" },
  parameter_invalid: { status: 422, says: "Parameters misconfigured. {name} {why}" },
  per_page_zero: { status: 422, says: "An error occurred. Per page cannot be 0." },
  per_page_not_supported: { status: 422, says: "Per page not supported" },
  page_over_threshold: {
    status: 422,
    says: "Invalid parameter passed in. Page * per page number is over threshold.",
  },
  idempotency_key_reused: {
    status: 422,
    says: "This Idempotency-Key was used for another request within the last 24 hours.",
    fix: "Use a new key for a new request.",
  },
  idempotency_key_malformed: {
    status: 422,
    says: "The Idempotency-Key must have 1 to 255 printable ASCII characters.",
  },
  idempotency_in_progress: {
    status: 409,
    says: "A request with this Idempotency-Key is still running.",
    fix: "Wait a moment and send the same request again.",
  },
  changed_since_read: {
    status: 412,
    says: "The record has changed since you read it. Nothing was changed.",
    fix: "Read it again, decide about both versions, and send the new `etag` as If-Match.",
  },
  if_match_not_offered: {
    status: 422,
    says: "This call takes no If-Match. Nothing was changed.",
    fix: "Send it without If-Match.",
  },
  if_match_malformed: {
    status: 422,
    says: "The If-Match must be the `etag` of a record, or *.",
    fix: "Read the record, and send its `etag`.",
  },
  if_match_takes_one: {
    status: 422,
    says: "With If-Match, this call changes one record at a time. Nothing was changed.",
    fix: "Send a call for each record.",
  },
  dry_run_not_offered: {
    status: 422,
    says: "This call has no dry run. Nothing was changed. Send it without Dry-Run to run it.",
  },
  too_many_calls: {
    status: 429,
    asMessage: true,
    says: "The maximum number of api calls allowed for {scope} is {limit} times per {period}. Please upgrade your plan from https://app.apollo.io/#/settings/plans/upgrade.",
    fix: "Wait for the time in retry-after, or raise the limit in Cadenza's configuration.",
  },
  record_not_found: { status: 404, says: "Record not found." },
  required_parameter_missing: { status: 422, says: "Missing required parameter: {name}" },
  busy: { status: 503, says: "Cadenza is busy. Please try again.", fix: "Try again in a few seconds." },
  storage_full: {
    status: 507,
    says: "The database disk is full. Nothing can be saved; saved data can still be read.",
    fix: "Ask the operator of this installation to free disk space for the database, then send the call again.",
  },
  internal: { status: 500, says: "An error occurred. Please try again." },
} as const satisfies Record<string, RefusalEntry>;
