// Every column that holds secrets, and what tells its rows apart where they are sealed. Whatever else is stored as
// bytes is listed below, so that a change of the key cannot forget a new secret.

import type { SecretColumn } from "./store.ts";

type SealedTable = Omit<SecretColumn, "column"> & { columns: readonly string[] };

export const SEALED_TABLES: readonly SealedTable[] = [
  {
    table: "mailboxes",
    rowId: "id",
    columns: [
      "smtp_password",
      "imap_password",
      "oauth_client_secret",
      "oauth_access_token",
      "oauth_refresh_token",
    ],
  },
  { table: "sign_in_clients", rowId: "provider", columns: ["client_secret"] },
  { table: "webhook_subscriptions", rowId: "id", columns: ["secret", "previous_secret"] },
  { table: "push_subscriptions", rowId: "id", columns: ["auth"] },
  { table: "workflows", rowId: "id", columns: ["secret"] },
  { table: "sending_domains", rowId: "domain", columns: ["private_key"] },
  { table: "enrichment_providers", rowId: "id", columns: ["sealed_key"] },
  { table: "language_models", rowId: "team_id", columns: ["sealed_key"] },
  { table: "team_moves", rowId: "id", columns: ["source_key"] },
  { table: "idempotent_answers", rowId: "caller_id || ' ' || key", columns: ["answer"] },
];

/** Sealed, but of no team. */
export const SEALED_OF_NOBODY = ["installation.digest_key", "installation.push_private_key"];
