import assert from "node:assert/strict";
import { test } from "node:test";
import { asOwner } from "../testing/wire.ts";
import { useWorld } from "../testing/world.ts";
import { endLostReferences } from "./lost-references.ts";

const world = useWorld({ role: "api" });

test("what refers to a row that is not there becomes what its deletion would make of it", async () => {
  const team = await world.newTeam();
  const { account } = await team.api.accounts.create({ name: "Acme" });
  const create = async (first_name: string) =>
    (await team.api.contacts.create({ first_name, account_id: account.id, label_names: ["Fair"] })).contact
      .id;
  const [gone, kept] = [await create("Ada"), await create("Bo")];
  for (const contact_id of [gone, kept])
    await team.api.tasks.create({
      contact_id,
      user_id: team.owner.id,
      type: "call",
      due_at: "2027-01-04T09:00:00Z",
    });
  await asOwner(world, async (client) => {
    const count = async (from: string, ...given: string[]) => {
      const { rows } = await client.query(`select count(*)::int as n from ${from}`, given);
      return rows[0]?.n;
    };
    const of = async (contact: string) => [
      await count("contacts where id = $1 and account_id is null", contact),
      await count("contact_labels where contact_id = $1", contact),
      await count("tasks where contact_id = $1", contact),
    ];
    await client.query("begin; set local session_replication_role = replica");
    await client.query("delete from contacts where id = $1", [gone]);
    await client.query("delete from accounts where id = $1", [account.id]);
    assert.deepEqual(
      [await of(gone), await of(kept)],
      [
        [0, 1, 1],
        [0, 1, 1],
      ],
    );
    await endLostReferences(client);
    assert.deepEqual(
      [await of(gone), await of(kept)],
      [
        [0, 0, 0],
        [1, 1, 1],
      ],
    );
    await client.query("rollback");
  });
});
