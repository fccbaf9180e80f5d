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
  /** The word for it in OAuth's own answers. */
  oauth?: string;
  /** With which `WWW-Authenticate` it is sent. */
  challenge?: string;
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
  invalid_access_token: {
    status: 401,
    errorCode: "INVALID_ACCESS_TOKEN",
    challenge: 'Bearer error="invalid_token"',
    says: "The access token is invalid, has expired or was revoked.",
    fix: "Get a new one with the refresh token, or ask the person once more.",
  },
  token_scope_missing: {
    status: 403,
    errorCode: "API_INACCESSIBLE",
    challenge: 'Bearer error="insufficient_scope"',
    says: "This access token is not authorized to access {scope}. Ask for a scope that includes this endpoint.",
  },
  admin_only: { status: 403, says: "Only an admin of the team can do this." },
  operator_only: { status: 403, says: "Only the operator of this installation can do this." },
  foreign_origin: {
    status: 403,
    says: "This request did not come from Cadenza's own pages.",
    fix: "Programs call with an API key, not with a browser's session.",
  },

  // Applications that act for a person
  application_unknown: {
    status: 404,
    says: "No application is registered here by that client_id.",
    fix: "Go back to the application and connect it once more.",
  },
  redirect_not_registered: {
    status: 422,
    says: "The address to go back to is none of those that the application has registered.",
  },
  redirect_uri_refused: { status: 400, oauth: "invalid_redirect_uri", says: "{uri} {why}." },
  client_metadata_refused: { status: 400, oauth: "invalid_client_metadata", says: "{why}." },
  registration_closed: {
    status: 403,
    oauth: "access_denied",
    says: "Applications do not register themselves here. An admin of the team adds them.",
  },
  client_refused: {
    status: 401,
    oauth: "invalid_client",
    challenge: 'Basic realm="Cadenza"',
    says: "The client is unknown, or its secret is wrong.",
  },
  grant_refused: { status: 400, oauth: "invalid_grant", says: "{why}." },
  grant_type_unknown: {
    status: 400,
    oauth: "unsupported_grant_type",
    says: "grant_type is authorization_code or refresh_token.",
  },
  scope_refused: {
    status: 400,
    oauth: "invalid_scope",
    says: "{scope} is more than was granted, or no scope.",
  },
  resource_unknown: {
    status: 400,
    oauth: "invalid_target",
    says: "{resource} is no resource of this server.",
  },
  too_many_tries: {
    status: 429,
    oauth: "temporarily_unavailable",
    says: "Too many tries. Try again in {seconds} seconds.",
  },

  catcher_not_running: {
    status: 404,
    says: "There is no mail catcher here.",
    fix: "Start Cadenza with CADENZA_CATCHER=1, or with the sample team.",
  },

  backup_refused: { status: 422, says: "The backup was not put back. {why}" },

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

  too_many_to_verify: { status: 422, says: "At most {most} contacts can be verified at once." },
  probe_from_missing: {
    status: 422,
    says: "Mail servers are asked in somebody's name: say which address.",
    fix: "Send probe_from, an address of your own that takes mail.",
  },
  provider_name_taken: { status: 422, says: "There is a provider called {name} already." },
  provider_url_refused: {
    status: 422,
    says: "{url} may not be called: {why}.",
    fix: "Name a public address; private ones must be listed in CADENZA_WEBHOOK_ALLOW.",
  },
  provider_mapping_unfit: { status: 422, says: "The mapping does not fit: {what}, at {where}." },
  provider_cannot_answer: { status: 422, says: "This provider has no mapping for a {about}." },
  too_many_to_enrich: { status: 400, says: "cannot enrich more than {most} in a single request" },
  nothing_to_enrich: { status: 400, says: "Say whom to look for: details must name at least one." },
  webhook_url_missing: {
    status: 422,
    says: "Please add a valid 'webhook_url' parameter when using 'reveal_phone_number'.",
  },
  result_pending: { status: 404, says: "The result is not there yet." },
  request_id_unknown: { status: 404, says: "Nobody has made this request." },
  request_id_expired: { status: 410, says: "The result was kept for 30 days, and is gone." },
  invalid_request_id: { status: 400, says: "A request_id is a whole number." },
  domain_invalid: { status: 422, says: "{domain} is not a domain." },
  usage_span: { status: 422, says: "The last day must come after the first, and at most {days} days later." },

  // Lists

  // Sequences
  sequence_busy: {
    status: 429,
    says: "We are already processing the request for your sequence",
    fix: "Wait a moment and send the same request again.",
  },
  sequence_not_permitted: {
    status: 403,
    says: "You do not have the permission to change this sequence.",
    fix: "Ask its owner to share it with you, or an admin of the team.",
  },
  sequence_active_already: { status: 422, says: "The sequence is already active." },
  sequence_inactive_already: { status: 422, says: "The sequence is already inactive." },
  sequence_without_steps: {
    status: 422,
    says: "Please make sure you have added at least 1 step before turning on the sequence.",
  },
  sequence_archived: {
    status: 422,
    says: "The sequence is archived.",
    fix: "Take it out of the archive first.",
  },
  last_step: { status: 422, says: "A sequence keeps at least one step." },
  step_has_waiting_contacts: {
    status: 422,
    says: "{count} contacts are waiting at step {position}. With force they move on to the step after it.",
  },
  step_not_found: { status: 422, says: "This sequence has no step {id}." },
  touch_not_found: { status: 422, says: "This step has no mail {id}." },
  wait_time_missing: { status: 422, says: "Wait time must not be empty" },
  wait_mode_missing: { status: 422, says: "Wait mode must not be empty" },
  step_type_missing: { status: 422, says: "Step type must not be empty" },
  exact_time_missing: {
    status: 422,
    says: "Every step of a sequence that runs by exact date and time needs an exact date and time.",
  },
  exact_time_past: { status: 422, says: "The exact date and time of a step must lie in the future." },
  exact_times_out_of_order: {
    status: 422,
    says: "The exact date and time of a step must lie after that of the step before it.",
  },
  reply_without_thread: {
    status: 422,
    says: "A reply must follow a step that starts a new thread.",
  },
  touch_not_for_this_step: { status: 422, says: "A step of the type {type} has no mail." },
  last_touch: { status: 422, says: "An e-mail step keeps at least one mail." },
  template_without_content: {
    status: 422,
    says: "Please make sure your template has content before turning it on.",
  },
  template_body_empty: {
    status: 422,
    says: "Please make sure your template has a non-empty body before turning it on.",
  },
  template_not_found: { status: 422, says: "There is no template {id}." },
  template_not_permitted: { status: 403, says: "You do not have the permission to change this template." },
  schedule_empty: {
    status: 422,
    says: "The schedule you are trying to attach to this sequence is empty. You cannot attach an empty schedule to the sequence",
  },
  schedule_not_found: { status: 422, says: "There is no schedule {id}." },
  schedule_in_use: { status: 422, says: "Sequences use this schedule, or it is the team's default." },
  schedule_emptied_in_use: {
    status: 422,
    says: "Sequences use this schedule, or it is the team's default, so it keeps at least one window.",
  },
  schedule_invalid: { status: 422, says: "Parameters misconfigured. schedule_hash {why}" },
  default_kept: { status: 422, says: "The default stays one until another is made the default." },
  ruleset_not_found: { status: 422, says: "There is no ruleset {id}." },
  ruleset_in_use: { status: 422, says: "Sequences use this ruleset, or it is the team's default." },
  folder_not_found: { status: 422, says: "There is no folder {id}." },
  view_name_taken: { status: 422, says: "You have a view called {name} of this list already." },
  view_of_another: {
    status: 403,
    says: "Only whoever made a view, or an admin where it is shared, can change it.",
  },
  workflow_of_another: {
    status: 403,
    says: "Only whoever made a workflow, or an admin, can change or run it.",
  },
  workflow_matches_everybody: {
    status: 422,
    says: "No filter is set, so this would take everybody there is.",
    fix: "Set a filter; or send everybody: true, if that is what you mean.",
  },
  workflow_names_missing: { status: 422, says: "There is no {kind} {id}." },
  workflow_run_over: { status: 422, says: "That run is over." },
  workflow_candidate_on_its_way: { status: 422, says: "They are on their way in that run already." },
  workflow_hook_busy: {
    status: 429,
    asMessage: true,
    says: "This workflow is sent more than it may be: {most} a minute. Try again in a minute.",
  },
  copilot_of_another: {
    status: 403,
    says: "Only whoever made a copilot, or an admin, can change it and decide for it.",
  },
  copilot_takes_everybody: {
    status: 422,
    says: "Say whom to look for: filters, or contacts as examples.",
  },
  copilot_names_missing: { status: 422, says: "There is no {id}." },
  copilot_proposed_today: { status: 422, says: "It has proposed today. It proposes again tomorrow." },
  copilot_decided: { status: 422, says: "That has been decided already." },
  copilot_no_room: {
    status: 422,
    says: "The mailboxes have room for {room} more mails within a day, and {count} were approved.",
    fix: "Approve fewer, add a mailbox, or wait.",
  },
  score_signal_wrong: { status: 422, says: "Signal {position} {why}." },
  forecast_too_large: {
    status: 422,
    says: "More than {most} people are on their way, which is more than a forecast is made of.",
  },
  forecasts_busy: { status: 503, says: "Other forecasts are being made. Please try again in a minute." },
  forecast_sequence_not_found: { status: 422, says: "There is no sequence {id}." },
  forecast_mailbox_not_found: {
    status: 422,
    says: "There is no mailbox {id} whose limits could be other ones.",
  },
  forecast_step_not_found: { status: 422, says: "There is no step {id} in any sequence that runs." },
  folder_in_itself: { status: 422, says: "A folder cannot lie in itself." },
  sequence_label_not_found: { status: 422, says: "There is no list of sequences {id}." },
  stage_not_found: { status: 422, says: "There is no stage {id}." },
  owner_not_found: { status: 422, says: "There is no active user {id}." },
  sharing_partner_not_found: { status: 422, says: "There is nobody with the id {id} to share with." },
  activity_contact_not_found: { status: 404, says: "Contact not found" },
  // People in sequences
  selection_empty: {
    status: 422,
    says: "Say whom this is about: contact_ids, a filter, or all: true.",
  },
  unpause_date_past: { status: 422, says: "auto_unpause_at must lie in the future." },
  pause_reason_reserved: {
    status: 422,
    says: "The reason {reason} is kept for what Cadenza does by itself.",
  },
  stop_reason_reserved: {
    status: 422,
    says: "The reason {reason} is kept for what Cadenza does by itself.",
  },
  change_of_another: { status: 403, says: "Only whoever made a change, or an admin, can undo it." },
  change_undone_already: { status: 422, says: "This change has been undone already." },
  change_not_undoable: {
    status: 422,
    says: "This change cannot be undone: it was made in the background.",
  },
  change_too_old: { status: 422, says: "This change was made more than 30 seconds ago." },
  // Joining a sequence
  joining_nobody_named: { status: 422, says: "Please specify either contact_ids or label_names." },
  joining_too_many: { status: 422, says: "More than {most} contacts match. Narrow the filter down." },
  joining_mailbox_missing: {
    status: 422,
    says: "Please specify a emailer_campaign_id and send_email_from_email_account_id.",
  },
  joining_ids_disagree: {
    status: 422,
    says: "The sequence in the path is {path}, and emailer_campaign_id says {body}.",
  },
  joining_list_unknown: {
    status: 422,
    says: "There is no list of contacts named {name}.",
    fix: "Look the names up with GET /labels.",
  },
  joining_for_another: { status: 403, says: "Only an admin can add contacts in another person's name." },
  joining_start_past: { status: 422, says: "auto_unpause_at must lie in the future." },
  joining_step_missing: { status: 422, says: "There is no step {position}: the sequence has {count}." },

  // Mailboxes
  test_mail_without_mailbox: {
    status: 422,
    says: "There is no mailbox to send a test from.",
    fix: "Connect a mailbox under Settings first.",
  },
  test_mail_unreadable: { status: 422, says: "This mail cannot be read as it is written: {sentence}" },
  test_mail_held_back: {
    status: 422,
    says: "This copy of the database does not send mail.",
    fix: "Confirm that it is the one that sends.",
  },
  test_mail_not_sent: { status: 422, says: "The test mail was not sent: {said}." },
  mailbox_exists: { status: 422, says: "{email} is already connected to this team." },
  mailboxes_inactive: { status: 422, says: "These mailboxes are no longer active. {address}" },
  send_from_unknown: { status: 422, says: "{address} is not an address of this mailbox." },
  send_from_domain_refused: {
    status: 422,
    says: "This sequence is sent from {domains} only, and not from {address}.",
    fix: "Choose another mailbox or alias, or change allowed_send_from_domains of the sequence.",
  },
  mailbox_of_another: { status: 403, says: "Only its owner or an admin can do this to a mailbox." },
  dkim_key_unusable: {
    status: 422,
    says: "The key cannot be used: it has to be an RSA key of 1024 to 4096 bits or an Ed25519 key, as PEM without a passphrase.",
  },
  dkim_key_not_set: { status: 422, says: "No key is set for the domain of this mailbox." },
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

  // Mails
  mail_contact_unknown: { status: 422, says: "Contact does not exist" },
  mail_contact_of_another: {
    status: 422,
    says: "You do not have permission to email {name}. You are not the owner of this contact or account.",
  },
  mail_contact_without_email: { status: 422, says: "This contact has no email address." },
  mail_barred: {
    status: 422,
    errorCode: "DNC_ENFORCEMENT_BLOCKED",
    says: "Cannot be emailed under your team's DNC enforcement settings",
  },
  mail_recipients_invalid: {
    status: 422,
    says: "ERROR! Email is NOT SAVED. Invalid recipient emails: {emails}",
  },
  mail_sender_missing: { status: 422, says: "Please specify where to send the email from!" },
  mail_sender_not_permitted: {
    status: 422,
    says: "You do not have permission to send from this email account",
  },
  mail_task_of_another: {
    status: 422,
    says: "You can not send this email. Email task is assigned to another user.",
  },
  message_deleted: {
    status: 422,
    says: "This email has already been deleted. Please refresh the page.",
  },
  message_to_send_unknown: { status: 422, says: "Could not find message to send." },
  message_sent_already: { status: 422, says: "This email has already been sent!" },
  message_being_sent: {
    status: 422,
    says: "This email is currently being sent already! Wait up to 20 seconds and refresh this page.",
  },
  send_now_limit: {
    status: 422,
    errorCode: "SEND_NOW_LIMIT_EXCEEDED",
    says: "{email} may send {limit} emails in 24 hours, and has reached that limit.",
    fix: "Send it from another mailbox, later, or raise the mailbox's limit.",
  },
  moment_in_future: {
    status: 422,
    says: "Nobody knows yet how it will stand then.",
    fix: "Name a moment that has passed; what is to come is told by explain and by forecasts.",
  },
  touch_limit: {
    status: 422,
    says: "{sentence}",
    fix: "Send it {when}, or say in touch_limit_reason why this one mail may go all the same.",
  },
  seller_limit: {
    status: 422,
    errorCode: "SELLER_EMAIL_LIMIT_EXCEEDED",
    says: "{email} may send {limit} emails in 24 hours, and has reached that limit, as has every other mailbox of its owner.",
    fix: "Send it later, or raise the limit of a mailbox.",
  },
  message_step_passed: {
    status: 422,
    says: "The contact is not active at the step of the sequence that this email belongs to.",
  },
  message_of_step: {
    status: 422,
    says: "This email belongs to a step of a sequence.",
    fix: "Pause or remove the contact in the sequence, or skip its task.",
  },
  message_not_open: { status: 422, says: "Only drafts and scheduled emails can be changed or deleted." },
  message_not_unconfirmed: { status: 422, says: "It is known what became of this email." },
  due_at_past: { status: 422, says: "due_at must lie in the future." },
  attachment_not_found: { status: 422, says: "There is no attachment {id}." },
  attachment_empty: { status: 422, says: "There is no file in this request." },
  attachment_too_large: {
    status: 422,
    says: "{name} is larger than {limit}.",
  },

  // Files that are imported
  import_file_missing: {
    status: 422,
    says: "There is no file in this request.",
    fix: "Send a CSV as the part `file` of a form, or as `text`.",
  },
  import_too_large: {
    status: 413,
    says: "The file is larger than {limit}.",
    fix: "Cut it into several files. One contact in two of them is still one contact.",
  },
  import_empty: { status: 422, says: "The file is empty." },
  import_no_rows: { status: 422, says: "The file has a header and no rows." },
  import_too_many_columns: {
    status: 422,
    says: "The file has {count} columns. An import takes up to {limit}.",
  },
  import_not_text: {
    status: 422,
    says: "The file is no text: {why}.",
    fix: "Save the spreadsheet as CSV and import that.",
  },
  import_quote_open: {
    status: 422,
    says: "In row {row} a quotation mark opens that is never closed, so nobody can tell where its cell ends.",
    fix: "Close it, or write it twice where it belongs to the text.",
  },
  import_row_too_long: {
    status: 422,
    says: "Row {row} is longer than {limit}. Mostly a quotation mark is missing there.",
  },
  import_unreadable: { status: 422, says: "Row {row} could not be read: {why}." },
  import_column_unknown: {
    status: 422,
    says: "The mapping names the column {name}, which the file does not have.",
  },
  import_field_unknown: { status: 422, says: "The column {name} is mapped to {field}, which is no field." },
  import_nothing_mapped: {
    status: 422,
    says: "No column that tells who a row is about is mapped.",
    fix: "Map one of: {fields}.",
  },
  import_not_over: { status: 422, says: "The import is still going on. Cancel it first." },
  import_undone_already: { status: 422, says: "This import has been undone already." },
  import_too_old: { status: 422, says: "An import can be undone for {days} days." },
  import_of_another: { status: 403, says: "Only an admin can undo what somebody else has imported." },
  import_unsound: { status: 422, says: "The option {name} does not fit an import of {kind}." },

  message_not_found: { status: 404, says: "Email message not found" },
  required_parameter_missing: { status: 422, says: "Missing required parameter: {name}" },
  sort_field_unmapped: { status: 422, says: "No mapping found for [{field}] in order to sort on" },

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
  task_mail_underway: {
    status: 422,
    says: "The email of this task is currently being sent already! Wait up to 20 seconds and refresh this page.",
  },
  /** Ours. */
  task_went_on: {
    status: 422,
    says: "This task cannot be opened again: whoever it is about has gone on since.",
  },
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
  report_goes_one_way: {
    status: 422,
    says: "A report is sent either from a mailbox or to a webhook.",
    fix: "Give email_account_id or webhook_subscription_id, and not both.",
  },
  sql_logins_unavailable: {
    status: 422,
    says: "This database lets nobody make logins from here.",
    fix: "The user in DATABASE_URL needs the right to make roles (CREATEROLE).",
  },
  webhook_switched_off: {
    status: 422,
    says: "This webhook subscription is switched off.",
    fix: "Switch it on first, with active: true.",
  },

  // Credits
  insufficient_credits: {
    status: 422,
    says: "Insufficient credits: {needed} of {kind} are needed, and {balance} are left in this cycle by the {whose}'s allowance, beside {reserved} held for work under way. A batch of {fits} would fit.",
    fix: "Ask for no more than fit, wait until the work under way is done or until the next cycle, or have an admin raise the allowance.",
  },
  // Lists
  label_name_empty: { status: 422, says: "Please enter a non-empty name!" },
  label_modality_empty: { status: 422, says: "Please enter a non-empty modality!" },
  label_modality_invalid: { status: 422, says: "Please enter a valid modality!" },
  label_modality_unknown: { status: 422, says: "Invalid modality: {modality}." },
  label_exists: { status: 422, says: "{name} already exists" },
  label_not_found: { status: 404, says: "Record not found." },

  // Contacts
  contact_unknown: { status: 422, says: "Oops! This contact does not exist in Apollo." },
  contact_deleted: { status: 422, says: "This contact has been deleted." },
  contact_deleted_cannot_update: { status: 422, says: "Cannot update contact as it is deleted." },
  contact_reference_unknown: { status: 422, says: "There is no {name} {value}." },
  contact_list_missing: {
    status: 422,
    says: 'Please provide an array of contact attributes in the "contact_attributes" parameter.',
  },
  contact_list_too_long: { status: 422, says: "Please limit your array to 100 contacts or fewer." },
  contact_changes_missing: { status: 422, says: "Please provide either contact_ids or contact_attributes" },
  contact_changes_too_many: { status: 422, says: "Please limit your array to fewer than 1000." },
  contact_validation_failed: { status: 422, says: "Validation failed" },
  contact_merge_with_itself: { status: 422, says: "A contact cannot be merged with itself." },
  invalid_cursor: {
    status: 422,
    says: "This cursor is not one that was given out.",
    fix: "Send next_cursor of the last page unchanged, with the same sort_by_field and sort_ascending.",
  },

  // Stages
  stage_exists: { status: 422, says: "There is a stage {name} already." },
  stage_last: { status: 422, says: "A team needs at least one stage." },
  stage_in_use: {
    status: 422,
    says: "{count} records are in the stage {name}.",
    fix: "Say with reassign_to which stage they go to.",
  },

  // Fields
  picklist_empty: { status: 422, says: "Picklist fields must have at least one option" },
  picklist_option_not_found: { status: 422, says: "Some picklist options could not be found" },
  picklist_option_twice: { status: 422, says: "Picklist options must differ from each other" },
  field_type_fixed: { status: 422, says: "Cannot change field type after creation" },
  field_is_child: { status: 422, says: "Child fields cannot be updated directly" },
  field_not_editable: { status: 422, says: "System fields cannot be changed" },
  fields_not_found: { status: 422, says: "Some fields could not be found" },
  field_name_reserved: {
    status: 422,
    says: "Field name with prefix 'powerup_' is not allowed. Please use another name.",
  },
  field_exists: { status: 422, says: "There is a field {name} already." },
  crm_mapping_not_offered: { status: 403, says: "CRM Mapping cannot be configured using API Call" },

  // Accounts
  account_unnamed: { status: 422, says: "Please specify at least a name or domain." },
  account_not_found: { status: 422, says: "Oops! This account does not exist in Apollo." },
  account_deleted: { status: 422, says: "This account has been deleted." },
  account_deleted_for_update: { status: 422, says: "Cannot update account as it is deleted." },
  account_reference_unknown: { status: 422, says: "There is no {name} {value}." },
  account_below_itself: { status: 422, says: "An account cannot stand below itself." },
  account_merge_itself: { status: 422, says: "An account cannot be merged into itself." },
  accounts_missing: {
    status: 422,
    says: 'Please provide an array of account attributes in the "accounts" parameter.',
  },
  accounts_too_many: { status: 422, says: "Please limit your array to 100 accounts or fewer." },
  account_changes_missing: { status: 422, says: "Please provide either account_ids or account_attributes" },
  account_changes_too_many: { status: 422, says: "Please limit your array to fewer than 1000." },
  async_not_permitted: { status: 422, says: "Async processing is not permitted." },
  sort_invalid: { status: 422, says: "Invalid sort criteria" },
  import_too_many_rows: {
    status: 422,
    says: "The file has {count} lines; {limit} can be taken at once.",
    fix: "Send it in parts.",
  },
  search_invalid: {
    status: 422,
    says: "Invalid parameters",
    fix: "Write ranges of numbers as `1,10`; `10001,` has no end.",
  },
  search_entered_wrongly: {
    status: 422,
    says: "Your search parameters are entered incorrectly. Did you try to edit the URL directly?",
  },

  // Incoming mail
  incoming_mail_of_nobody: {
    status: 422,
    says: "This mail has nothing to do with any mail or contact of ours, so nothing would follow from it.",
  },

  // Reports
  report_too_large: {
    status: 422,
    says: "This report has more than {most} lines.",
    fix: "Ask for a shorter time or fewer things, or group by something there is less of.",
  },

  // Groups of people
  subteam_exists: { status: 422, says: "There is a group {name} already." },
  subteam_member_unknown: { status: 422, says: "There is no person {id} in this team." },

  // Our own doing
  busy: { status: 503, says: "Cadenza is busy. Please try again.", fix: "Try again in a few seconds." },
  internal: { status: 500, says: "An error occurred. Please try again." },
} as const satisfies Record<string, RefusalEntry>;

export type RefusalCode = keyof typeof refusals;
