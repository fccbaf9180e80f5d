import assert from "node:assert/strict";
import { test } from "node:test";
import { useWorld } from "../testing/world.ts";
import type { Db } from "./connect.ts";

const world = useWorld({ role: "api" });

/** As commands are: a few steps between the statement and the code that waits for it. */
async function fromAfar(work: () => Promise<unknown>): Promise<unknown> {
  const result = await work();
  await Promise.resolve();
  return result;
}

test("of statements that are on their way together the one that failed is told, not those behind it", async () => {
  const { db } = world.running.app;
  const divide = (tx: Db) => fromAfar(() => fromAfar(() => fromAfar(() => tx.rows("select 1 / 0"))));
  for (const beside of [
    (tx: Db) => tx.rows("select 1"),
    (tx: Db) => tx.run("select 1"),
    (tx: Db) => tx.raw("select 1"),
  ])
    await assert.rejects(
      db.inTransaction((tx) => Promise.all([divide(tx), beside(tx)])),
      { code: "22012" },
    );
});

test("what fails after going back to a savepoint is told as itself", async () => {
  const { db } = world.running.app;
  const both = db.inTransaction(async (tx) => {
    await tx.run("savepoint before");
    await assert.rejects(tx.rows("select 1 / 0"), { code: "22012" });
    await tx.run("rollback to savepoint before");
    await Promise.all([fromAfar(() => tx.rows("select 'x'::int")), tx.rows("select 1")]);
  });
  await assert.rejects(both, { code: "22P02" });
});

test("thousands of shapes of a search leave nothing prepared behind; what is used again is prepared", async () => {
  const { db } = world.running.app;
  const prepared = () =>
    db.inTransaction(async (open) => {
      for (let n = 0; n < 5; n++) await open.rows("select 'used again' as words");
      for (let n = 0; n < 500; n++) await open.rows(`select ${n} as shape_${n}`);
      return open.rows<{ statement: string }>("select statement from pg_prepared_statements");
    });
  const statements = (await prepared()).map(({ statement }) => statement);
  assert.deepEqual(
    statements.filter((one) => one.includes("shape_")),
    [],
  );
  assert.ok(statements.some((one) => one.includes("used again")));
});
