// What leaves the installation: webhooks, reports, logins for SQL, backups.

import type { RefusalEntry } from "./entry.ts";

export const outside = {
  catcher_not_running: {
    status: 404,
    says: "There is no mail catcher here.",
    fix: "Start Cadenza with CADENZA_CATCHER=1, or with the sample team.",
  },
  backup_refused: { status: 422, says: "The backup was not put back. {why}" },
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
  secret_unreadable: {
    status: 422,
    says: "A stored secret cannot be read: it was changed in the database, or its key is missing from the key file.",
    fix: "Enter the password, token or key again, or put the key file back.",
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
  report_too_large: {
    status: 422,
    says: "This report has more than {most} lines.",
    fix: "Ask for a shorter time or fewer things, or group by something there is less of.",
  },
} as const satisfies Record<string, RefusalEntry>;
