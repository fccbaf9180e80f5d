import type { Db } from "../../../db/connect.ts";
import type { SignInProvider } from "../../../domain/contacts/mail-sign-in.ts";

export type SignInClient = {
  provider: SignInProvider;
  clientId: string;
  /** Sealed. */
  clientSecret: Buffer;
  tenant: string | null;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
};

const COLUMNS = "provider, client_id, client_secret, tenant, created_at, updated_at";

export function listClients(db: Db, teamId: string) {
  return db.rows<SignInClient>(`select ${COLUMNS} from sign_in_clients where team_id = $1`, [teamId]);
}

export function findClient(db: Db, teamId: string, provider: SignInProvider) {
  return db.row<SignInClient>(`select ${COLUMNS} from sign_in_clients where team_id = $1 and provider = $2`, [
    teamId,
    provider,
  ]);
}

export function lockClient(db: Db, teamId: string, provider: SignInProvider) {
  return db.row<SignInClient>(
    `select ${COLUMNS} from sign_in_clients where team_id = $1 and provider = $2 for update`,
    [teamId, provider],
  );
}

export function writeClient(db: Db, teamId: string, client: Omit<SignInClient, "createdAt">) {
  const { provider, clientId, clientSecret, tenant, updatedAt } = client;
  return db.run(
    `insert into sign_in_clients (team_id, provider, client_id, client_secret, tenant, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $6)
     on conflict (team_id, provider) do update set client_id = $3, client_secret = $4, tenant = $5, updated_at = $6`,
    [teamId, provider, clientId, clientSecret, tenant, updatedAt],
  );
}

export function deleteClient(db: Db, teamId: string, provider: SignInProvider) {
  return db.run("delete from sign_in_clients where team_id = $1 and provider = $2", [teamId, provider]);
}

/** How many connected mailboxes hold tokens of the application. */
export function countOfClients(db: Db, teamId: string) {
  return db.rows<{ provider: SignInProvider; mailboxes: number }>(
    `select c.provider, count(m.id)::int as mailboxes
       from sign_in_clients c
       join mailboxes m on m.team_id = c.team_id and m.oauth_of_team and m.oauth_client_id = c.client_id
                       and m.type = case c.provider when 'google' then 'gmail' else 'microsoft' end
      where c.team_id = $1 and m.revoked_at is null
      group by c.provider`,
    [teamId],
  );
}

/** An application that was refused may be right now: the mailboxes that waited are tried at once. */
export function endWaiting(db: Db, teamId: string, provider: SignInProvider) {
  return db.run(
    `update mailboxes set oauth_wait_until = null, oauth_wait_reason = null
      where team_id = $1 and oauth_of_team and oauth_wait_until is not null
        and type = case $2 when 'google' then 'gmail' else 'microsoft' end`,
    [teamId, provider],
  );
}
