// Every refusal: its code, its status, its sentence. Apollo's sentences are given to the letter,
// because published clients match them; `{name}` is filled in from the refusal's facts.

export type RefusalEntry = {
  status: number;
  says: string;
  /** Apollo's `error_code`, where it sends one. */
  errorCode?: string;
  /** Sent as bare text, as Apollo sends its 401. */
  plain?: true;
  /** The sentence goes under `message` instead of `error`, as Apollo does for limits. */
  asMessage?: true;
  /** What a person can do about it. */
  fix?: string;
};

export const refusals = {
  // Who is calling
  invalid_api_key: {
    status: 401,
    plain: true,
    says: "Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate.",
  },
  api_key_required: {
    status: 422,
    says: "Api key required",
    fix: "Send the key in the x-api-key header.",
  },
  not_signed_in: { status: 401, says: "You are not signed in.", fix: "Sign in and try again." },
  wrong_sign_in: { status: 401, says: "That email and password do not belong together." },
  too_many_sign_ins: {
    status: 429,
    asMessage: true,
    says: "Too many sign-ins are being tried just now. Try again in {seconds} seconds.",
  },
  scope_missing: {
    status: 403,
    errorCode: "API_INACCESSIBLE",
    says: "This API key is not authorized to access {scope}. Request an API key from your administrator that includes this endpoint in its configured scope.",
  },
  admin_only: { status: 403, says: "Only an admin of the team can do this." },
  operator_only: { status: 403, says: "Only the operator of this installation can do this." },
  foreign_origin: {
    status: 403,
    says: "This request did not come from Cadenza's own pages.",
    fix: "Programs call with an API key, not with a browser's session.",
  },

  // How it was asked
  route_not_found: { status: 404, says: "Not Found" },
  malformed_body: { status: 400, says: "The request's body could not be read: {why}." },
  malformed_address: { status: 400, says: "The request's address could not be read." },
  body_too_large: { status: 413, says: "The request's body is larger than {limit}." },
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
    says: "An Idempotency-Key has 1 to 255 printable ASCII characters.",
  },
  idempotency_in_progress: {
    status: 409,
    says: "A request with this Idempotency-Key is still running.",
    fix: "Wait a moment and send the same request again.",
  },
  dry_run_not_offered: {
    status: 422,
    says: "This call cannot be tried out: it has no Dry-Run. Nothing was done.",
  },
  too_many_calls: {
    status: 429,
    asMessage: true,
    says: "The maximum number of api calls allowed for {scope} is {limit} times per {period}. Please upgrade your plan from https://app.apollo.io/#/settings/plans/upgrade.",
    fix: "Wait for the time in retry-after, or raise the limit in Cadenza's configuration.",
  },
  record_not_found: { status: 404, says: "Record not found." },

  // People, keys, teams
  setup_not_open: { status: 404, says: "Not Found" },
  invitation_not_open: {
    status: 404,
    says: "This invitation is not open. It may have been used, replaced or have expired.",
    fix: "Ask an admin of the team for a new link.",
  },
  user_deactivated: { status: 422, says: "This person has been deactivated." },
  user_active_already: {
    status: 422,
    says: "{email} is already a member of this team.",
  },
  last_admin: {
    status: 422,
    says: "A team needs at least one active admin.",
    fix: "Make somebody else an admin first.",
  },
  wrong_password: { status: 422, says: "The current password is not right." },
  unknown_scope: {
    status: 422,
    says: "{scope} is not a scope.",
    fix: "Scopes read api/v1/<controller>/<action>; read_only stands for every call that changes nothing.",
  },
  scopes_missing: { status: 422, says: "A key is either master or names its scopes." },
  expiry_past: { status: 422, says: "expires_at must lie in the future." },

  // Mailboxes
  mailbox_exists: { status: 422, says: "{email} is already connected to this team." },
  mailbox_of_another: { status: 403, says: "Only its owner or an admin can do this to a mailbox." },
  mailbox_password_needed: {
    status: 422,
    says: "The {side} server changes, so its password or token has to be sent again.",
  },
  mail_host_refused: {
    status: 422,
    says: "This mail server is not one Cadenza may connect to.",
    fix: "The operator can list private mail servers in CADENZA_MAIL_ALLOW.",
  },
  plaintext_mail_refused: {
    status: 422,
    says: "Without TLS, only mail servers on this machine are connected to.",
    fix: "Choose tls or starttls, or let the operator set CADENZA_ALLOW_PLAINTEXT_MAIL=1.",
  },
  too_many_connection_tests: {
    status: 429,
    asMessage: true,
    says: "Too many connections are being tried just now. Try again in {seconds} seconds.",
  },
  smtp_unreachable: { status: 422, says: "The SMTP server could not be reached." },
  smtp_tls_failed: { status: 422, says: "The connection to the SMTP server could not be made secure." },
  smtp_auth_failed: { status: 422, says: "The SMTP server did not accept the sign-in." },
  imap_unreachable: { status: 422, says: "The IMAP server could not be reached." },
  imap_tls_failed: { status: 422, says: "The connection to the IMAP server could not be made secure." },
  imap_auth_failed: { status: 422, says: "The IMAP server did not accept the sign-in." },

  // What hangs on contacts and accounts
  /** Of the right shape, but of nothing the team has: Apollo's sentence is the same. */
  unknown_id: { status: 422, says: "Parameters misconfigured. {value} is not a valid ID" },

  // Tasks
  task_incomplete: { status: 422, says: "type and user can not be blank" },
  task_or_message_deleted: {
    status: 422,
    says: "This task or emailer message has been deleted. Please refresh your page.",
  },
  task_deleted: { status: 422, says: "This task has been deleted. Please refresh your page." },
  task_finished: { status: 422, says: "This task is already completed / skipped." },
  task_of_another: {
    status: 401,
    says: "This task belongs to another user. You do not have permissions to modify other people's tasks.",
  },
  task_not_yours: {
    status: 422,
    says: "This task belongs to another user. You do not have permissions to modify other people's tasks.",
  },

  // Notes
  argument_required: { status: 400, says: "At least one argument is required" },
  note_sort_field: { status: 400, says: "sort_by_field must be created_at or updated_at" },
  note_sort_direction: { status: 400, says: "sort_direction must be asc or desc" },
  note_of_another: { status: 403, says: "Only its writer or an admin can change a note." },

  // Deals
  deal_name_required: { status: 422, says: "Name is required" },
  deal_not_found: { status: 404, says: "Not Found" },
  deal_does_not_exist: { status: 422, says: "Opportunity does not exist." },
  invalid_sort: { status: 422, says: "Invalid sort criteria" },

  // Suppressions
  suppression_invalid: { status: 422, says: "{value} is no {kind} that can be barred." },

  // Webhooks
  webhook_url_refused: {
    status: 422,
    says: "Webhooks cannot be sent to this url: {why}.",
    fix: "Give a public http or https address. Private ones are for the operator to allow, by CADENZA_WEBHOOK_ALLOW.",
  },
  webhook_switched_off: {
    status: 422,
    says: "This webhook subscription is switched off.",
    fix: "Switch it on first, with active: true.",
  },

  // Credits
  credits_used_up: {
    status: 422,
    says: "Not enough credits: {needed} of {kind} are needed, and {left} are left in this cycle.",
  },

  // Our own doing
  busy: { status: 503, says: "Cadenza is busy. Please try again.", fix: "Try again in a few seconds." },
  internal: { status: 500, says: "An error occurred. Please try again." },
} as const satisfies Record<string, RefusalEntry>;

export type RefusalCode = keyof typeof refusals;
