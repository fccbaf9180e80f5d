// Contacts and accounts as bare rows, for tests of what hangs on them and not of themselves.

import { newId } from "../kernel/ids.ts";
import type { Team, World } from "./world.ts";

type Named = { id?: string; name?: string; email?: string; accountId?: string };

export async function insertContact(
  world: World,
  team: Team,
  { id = newId(), name = "Ines Okafor", email, accountId }: Named = {},
) {
  const [first, ...rest] = name.split(" ");
  await world.running.app.db.inTeam(team.id, (db) =>
    db.run(
      `insert into contacts (team_id, id, first_name, last_name, email, account_id, source, original_source, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, 'api', 'api', $7, $7)`,
      [team.id, id, first, rest.join(" ") || null, email ?? null, accountId ?? null, world.running.app.now()],
    ),
  );
  return id;
}

export async function insertAccount(
  world: World,
  team: Team,
  { id = newId(), name = "Norrland Kraft" }: Named = {},
) {
  await world.running.app.db.inTeam(team.id, (db) =>
    db.run(
      `insert into accounts (team_id, id, name, domain, source, original_source, created_at, updated_at)
       values ($1, $2, $3, 'norrland.example', 'api', 'api', $4, $4)`,
      [team.id, id, name, world.running.app.now()],
    ),
  );
  return id;
}

export async function insertCustomField(
  world: World,
  team: Team,
  modality: string,
  name: string,
  type = "string",
) {
  const id = newId();
  await world.running.app.db.inTeam(team.id, (db) =>
    db.run(
      "insert into custom_fields (team_id, id, modality, name, type, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $6)",
      [team.id, id, modality, name, type, world.running.app.now()],
    ),
  );
  return id;
}
