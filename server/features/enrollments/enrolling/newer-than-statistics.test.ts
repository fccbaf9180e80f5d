// A team that is newer than the database's statistics: those who are added are looked up one by one, and not among all of the team.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plantMembers } from "../../../testing/members.ts";
import { newContacts, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { useWorld } from "../../../testing/world.ts";
import { formLine } from "./candidate-facts.ts";

const world = useWorld();
const MEMBERS = 400;
const ADDED = 100;

test("adding reads about as many rows as contacts are added", async () => {
  const known = await world.newTeam("Known");
  await plantMembers(world, known, (await newSequence(known)).id, MEMBERS);
  await asOwner(world, (client) => client.query("vacuum analyze enrollments"));
  const team = await world.newTeam("Newer");
  const { id } = await newSequence(team);
  await plantMembers(world, team, id, MEMBERS);
  const ids = await newContacts(team, ADDED);
  const { app } = world.running;
  const read = await app.db.inTeam(team.id, async (db) => {
    const caller = {
      teamId: team.id,
      userId: team.owner.id,
      role: "admin" as const,
      isOperator: false,
      credential: { kind: "engine" as const, id: null },
    };
    const act = { app, db, caller, now: app.now() } as unknown as Parameters<typeof formLine>[0];
    const asked = {
      sequence: { id },
      byMasterKey: true,
      ownWork: null,
      holds: false,
      waived: new Set<never>(),
      isExplicit: false,
    };
    assert.equal((await formLine(act, ids, asked)).people.length, ADDED);
    const rows = await db.row<{ fetched: number }>(
      "select (coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0))::int as fetched from pg_stat_xact_user_tables where relname = 'enrollments'",
    );
    return rows?.fetched ?? Number.POSITIVE_INFINITY;
  });
  assert.ok(read <= 5 * ADDED, `${read} rows of enrollments were read for ${ADDED} contacts`);
});
