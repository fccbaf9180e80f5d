// What leaves the installation: webhooks, reports, logins for SQL, backups.

import type { RefusalEntry } from "./entry.ts";

export const outside = {
  catcher_not_running: {
    status: 404,
    says: "The test inbox is not running.",
    fix: "Start Cadenza with CADENZA_CATCHER=1, or with the sample team.",
  },
  backups_off: {
    status: 422,
    says: "No folder for backups is set.",
    fix: "Set CADENZA_BACKUP_DIR for each process of Cadenza, and restart it.",
  },
  backup_running: { status: 409, says: "A backup is running, or is about to begin." },
  backup_refused: { status: 422, says: "The backup was not restored. {why}" },
  webhook_url_refused: {
    status: 422,
    says: "Webhooks cannot be sent to this URL: {why}.",
    fix: "Use a public http or https address. To allow a private one, the operator lists it in CADENZA_WEBHOOK_ALLOW.",
  },
  report_goes_one_way: {
    status: 422,
    says: "A report is sent either by email or to a webhook.",
    fix: "Send email_account_id or webhook_subscription_id, not both.",
  },
  team_move_source_refused: {
    status: 422,
    says: "{source} may not be called: {why}.",
    fix: "Enter `apollo` or a public address; private ones must be listed in CADENZA_WEBHOOK_ALLOW.",
  },
  team_move_running: {
    status: 409,
    says: "A move is running already.",
    fix: "Wait until it has ended, or cancel its job.",
  },
  team_move_nothing_to_undo: { status: 422, says: "This move has created nothing." },
  secret_unreadable: {
    status: 422,
    says: "A stored secret cannot be read: it was changed in the database, or its key is missing from the key file.",
    fix: "Enter the password, token or key again, or put the key file back.",
  },
  sql_logins_unavailable: {
    status: 422,
    says: "Cadenza cannot create logins in this database.",
    fix: "Give the user in DATABASE_URL the right to create roles (CREATEROLE).",
  },
  webhook_switched_off: {
    status: 422,
    says: "This webhook subscription is turned off.",
    fix: "Turn it on first with active: true.",
  },
  push_endpoint_refused: {
    status: 422,
    says: "Notifications cannot be sent to this address.",
    fix: "Send the endpoint that the browser gave: an https address that is public.",
  },
  too_many_push_subscriptions: {
    status: 422,
    says: "You can be notified on at most {limit} devices.",
    fix: "Remove a device that you no longer use.",
  },
  push_not_in_sandbox: { status: 422, says: "A sandbox sends no notifications to devices." },
  report_too_large: {
    status: 422,
    says: "This report has more than {most} rows.",
    fix: "Choose a shorter time range, add filters, or group by something with fewer values.",
  },
} as const satisfies Record<string, RefusalEntry>;
