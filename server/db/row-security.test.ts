// What the database itself refuses, should a query of ours forget whose data it reads.

import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { asOwner } from "../testing/wire.ts";
import { type Team, useWorld } from "../testing/world.ts";

let ann: Team;
let bob: Team;
const world = useWorld({}, async (opened) => {
  ann = await opened.newTeam("Ann's");
  bob = await opened.newTeam("Bob's");
});

const TEAM_TABLES =
  "select c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and (c.relname = 'teams' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'team_id' and not a.attisdropped)) order by 1";

function teamTables() {
  return asOwner(world, async (client) =>
    (await client.query<{ name: string }>(TEAM_TABLES)).rows.map(({ name }) => name),
  );
}

let product: pg.Client | undefined;

/** One for the whole file: a fresh connection takes longer than what is asked over it, for each of hundreds of tables. */
async function productConnection() {
  if (product) return product;
  product = new pg.Client(world.appConnection);
  product.on("error", () => {}); // the database is dropped at the end
  await product.connect();
  return product;
}

/** A connection as the product has it, optionally with a team set, rolled back at the end. */
async function asProduct<T>(teamId: string | null, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await productConnection();
  try {
    await client.query("begin");
    if (teamId !== null) await client.query("select set_config('cadenza.team_id', $1, true)", [teamId]);
    return await work(client);
  } finally {
    await client.query("rollback");
  }
}

const own = (table: string) => (table === "teams" ? "id" : "team_id");

test("every table with a team forces row security, has a policy and a team column first in its key", async () => {
  const tables = await teamTables();
  assert.ok(tables.length >= 8, tables.join());
  await asOwner(world, async (client) => {
    for (const table of tables) {
      const { rows } = await client.query(
        `select c.relrowsecurity and c.relforcerowsecurity as forced,
                (select count(*)::int from pg_policy p where p.polrelid = c.oid and p.polroles @> array['cadenza_app'::regrole::oid]) as policies,
                (select a.attname::text from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] where i.indrelid = c.oid and i.indisprimary) as first
           from pg_class c where c.oid = $1::regclass`,
        [table],
      );
      assert.deepEqual(rows[0], { forced: true, policies: 1, first: own(table) }, table);
    }
  });
});

test("a policy lets through nothing but the team set, reading and writing", async () => {
  await asOwner(world, async (client) => {
    const { rows } = await client.query(
      "select tablename, qual, with_check from pg_policies where schemaname = 'public' and 'cadenza_app' = any(roles)",
    );
    for (const { tablename, qual, with_check } of rows) {
      const expected = new RegExp(`^\\(\\(${own(tablename)}\\)::text = current_team\\(\\)\\)$`);
      assert.match(qual, expected, tablename);
      assert.match(with_check, expected, tablename);
    }
  });
});

test("without a team nothing is visible and nothing can be written", async () => {
  for (const table of await teamTables()) {
    for (const team of [null, "", "64f0aa0000000000000000ff"]) {
      await asProduct(team, async (client) => {
        assert.equal((await client.query(`select 1 from ${table}`)).rowCount, 0, `${table} with ${team}`);
        // What is only ever added to (the log, the ledger) may not be deleted from at all.
        const { rows } = await client.query("select has_table_privilege($1, 'delete') as may", [table]);
        if (rows[0].may) assert.equal((await client.query(`delete from ${table}`)).rowCount, 0);
      });
    }
  }
  await asProduct(null, (client) =>
    assert.rejects(
      client.query(
        "insert into teams (id, name, created_at) values ('64f0aa0000000000000000ff', 'x', now())",
      ),
      /violates row-level security policy/,
    ),
  );
});

test("with one team set, only its rows are there", async () => {
  for (const table of await teamTables()) {
    await asProduct(bob.id, async (client) => {
      const { rows } = await client.query(`select distinct ${own(table)}::text as team from ${table}`);
      for (const { team } of rows) assert.equal(team, bob.id, table);
    });
  }
  await asProduct(bob.id, async (client) => {
    assert.equal((await client.query("select 1 from users where team_id = $1", [ann.id])).rowCount, 0);
    assert.equal(
      (await client.query("update users set title = 'x' where team_id = $1", [ann.id])).rowCount,
      0,
    );
    assert.equal((await client.query("delete from api_keys where team_id = $1", [ann.id])).rowCount, 0);
  });
});

test("no row is moved into another team, nor made there", async () => {
  for (const table of (await teamTables()).filter((name) => name !== "events")) {
    const count = await asProduct(
      bob.id,
      async (client) => (await client.query(`select 1 from ${table}`)).rowCount,
    );
    if (count)
      await asProduct(bob.id, (client) =>
        assert.rejects(
          client.query(`update ${table} set ${own(table)} = '${ann.id}'`),
          /violates row-level security policy/,
          table,
        ),
      );
  }
  await asProduct(bob.id, (client) =>
    assert.rejects(
      client.query(
        "insert into users (team_id, id, email, role, created_at, updated_at) values ($1, '64f0aa0000000000000000fe', 'x@x.no', 'admin', now(), now())",
        [ann.id],
      ),
      /violates row-level security policy/,
    ),
  );
});

test("a row cannot point into another team, even for the owner", async () => {
  await asOwner(world, async (client) => {
    await assert.rejects(
      client.query("update api_keys set user_id = $1 where team_id = $2", [ann.owner.id, bob.id]),
      /violates foreign key constraint/,
    );
    await assert.rejects(
      client.query("update sessions set team_id = $1 where team_id = $2", [ann.id, bob.id]),
      /violates foreign key constraint/,
    );
    const { rows } = await client.query(
      `select conrelid::regclass::text as table, conname from pg_constraint k
        where contype = 'f' and confrelid <> 'teams'::regclass
          and exists (select from pg_attribute a where a.attrelid = k.confrelid and a.attname = 'team_id')
          and not exists (select from pg_attribute a where a.attrelid = k.conrelid and a.attname = 'team_id' and a.attnum = any(k.conkey))`,
    );
    assert.deepEqual(rows, [], "foreign keys carry the team along");
  });
});

test("what happened cannot be changed or taken away", async () => {
  for (const statement of ["update events set type = 'x'", "delete from events", "truncate events"]) {
    await asProduct(bob.id, (client) =>
      assert.rejects(client.query(statement), /permission denied/, statement),
    );
  }
});

test("the product's role owns nothing, bypasses nothing and cannot become another", async () => {
  await asOwner(world, async (client) => {
    const { rows } = await client.query(
      "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname in ('cadenza_app', 'cadenza_across', 'cadenza_audit', 'cadenza_reporting', 'cadenza_views') order by 1",
    );
    assert.deepEqual(
      rows.map(({ rolname }) => rolname),
      ["cadenza_across", "cadenza_app", "cadenza_audit", "cadenza_reporting", "cadenza_views"],
    );
    for (const { rolname, ...powers } of rows)
      assert.deepEqual([...new Set(Object.values(powers))], [false], rolname);
    const owned = await client.query(
      "select relname::text as name from pg_class where relowner = 'cadenza_app'::regrole union all select proname from pg_proc where proowner = 'cadenza_app'::regrole union all select nspname from pg_namespace where nspowner = 'cadenza_app'::regrole",
    );
    assert.deepEqual(owned.rows, []);
    const member = await client.query("select 1 from pg_auth_members where member = 'cadenza_app'::regrole");
    assert.equal(member.rowCount, 0);
    const logins = await client.query(
      "select rolname from pg_roles where rolname in ('cadenza_across', 'cadenza_audit', 'cadenza_reporting', 'cadenza_views') and rolcanlogin",
    );
    assert.deepEqual(logins.rows, []);
  });
  const attempts = [
    "set role cadenza_across",
    "set session authorization default; set role cadenza_across",
    "alter table users disable row level security",
    "drop policy team on users",
    "create table mine (x int)",
    "create schema mine",
    "alter role cadenza_app bypassrls",
    "grant cadenza_across to cadenza_app",
    "create function f() returns int language sql security definer as 'select 1'",
    "select * from audit.events",
    "select pg_read_file('/etc/passwd')",
    "copy users to program 'cat'",
    "select * from schema_migrations",
  ];
  for (const statement of attempts) {
    await asProduct(bob.id, (client) =>
      assert.rejects(
        client.query(statement),
        /permission denied|must be|only roles|not permitted/,
        statement,
      ),
    );
  }
});

test("the doors across teams open for a whole hash and give no list away", async () => {
  await asProduct(null, async (client) => {
    assert.equal((await client.query("select * from find_api_key('', now())")).rowCount, 0);
    assert.equal((await client.query("select * from find_session(null, now())")).rowCount, 0);
  });
  await asOwner(world, async (client) => {
    const { rows } = await client.query(
      `select proname::text as name, proconfig::text as config, pg_get_userbyid(proowner)::text as owner, has_function_privilege('cadenza_audit', oid, 'execute') as is_open
         from pg_proc where prosecdef and pronamespace = 'public'::regnamespace`,
    );
    assert.ok(rows.length >= 6);
    for (const { name, config, owner, is_open } of rows) {
      const isOwners = [
        ...["count_grown_table", "put_words_in_order"],
        ...["open_sql_login", "close_sql_login", "end_unruly_sql_logins", "long_sessions"],
      ].includes(name); // they read no team's rows
      const own = isOwners ? world.ownerConnection.user : "cadenza_across";
      assert.deepEqual([config, owner, is_open], ['{"search_path=public, pg_temp"}', own, false], name);
    }
  });
});

test("the auditor reads the audit views and nothing else", async () => {
  await asOwner(world, async (client) => {
    await client.query("set role cadenza_audit");
    const { rows } = await client.query("select distinct team_id from audit.events");
    const teams = rows.map(({ team_id }) => team_id);
    assert.ok(teams.includes(ann.id) && teams.includes(bob.id), "across all teams");
    for (const statement of [
      "select * from users",
      "select * from public.events",
      "select * from find_api_key('', now())",
      "delete from audit.events",
      "insert into audit.events (event_id) values ('x')",
      "select * from pgboss.job",
      "select * from installation",
    ]) {
      await assert.rejects(
        client.query(statement),
        /permission denied|cannot delete|cannot insert/,
        statement,
      );
    }
  });
});

test("the product works as its role from the first statement on, whichever user DATABASE_URL names", async () => {
  const { db } = world.running.app;
  const asked = () => db.inTransaction((tx) => tx.row<{ me: string }>("select current_user::text as me"));
  const answers = await Promise.all(Array.from({ length: 10 }, asked));
  assert.deepEqual([...new Set(answers.map((row) => row?.me))], ["cadenza_app"]);
  await assert.rejects(
    db.inTransaction((tx) => tx.rows("select * from schema_migrations")),
    /permission denied/,
  );
});

test("a transaction that ends takes its team with it", async () => {
  const { db } = world.running.app;
  const count = (tx: { row<T>(sql: string): Promise<T | null> }) =>
    tx.row<{ n: number }>("select count(*)::int as n from users");
  await Promise.allSettled(
    Array.from({ length: 40 }, (_, n) =>
      db.inTeam(n % 2 ? ann.id : bob.id, async (tx) => {
        await count(tx);
        if (n % 3 === 0) throw new Error("undone");
      }),
    ),
  );
  const after = await Promise.all(Array.from({ length: 20 }, () => db.inTransaction(count)));
  assert.deepEqual([...new Set(after.map((row) => row?.n))], [0]);
});
