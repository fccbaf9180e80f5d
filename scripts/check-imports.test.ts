import assert from "node:assert/strict";
import { test } from "node:test";
import { findViolations } from "./check-imports.ts";
import { readSource } from "./read-source.ts";

/** What the rules say about these files, as `path:line` with the reason. */
const check = (files: Record<string, string>) =>
  findViolations(new Map(Object.entries(files))).map(({ path, line, why }) => `${path}:${line} ${why}`);

const CONTACTS = "server/features/contacts/contacts";

// One planted violation per rule: its path, its content, and words of the reason that must be given.
const PLANTED: [path: string, content: string, reason: RegExp][] = [
  ["server/features/index.ts", 'import { x } from "../main.ts";', /nobody imports server\/main/],
  ["server/http/http.test.ts", 'import { x } from "../main.ts";', /nobody imports server\/main/],
  ["contract/index.ts", 'export * from "../sdk/index.ts";', /contract imports nobody/],
  ["sdk/client.ts", 'import { x } from "../server/app.ts";', /sdk imports only contract/],
  ["cli/main.ts", 'import { x } from "@cadenza/server/app.ts";', /cli and mcp import/],
  ["mcp/main.ts", 'const x = await import("../server/app.ts");', /cli and mcp import/],
  ["web/session.ts", 'import type { x } from "../server/app.ts";', /web imports sdk and contract/],
  ["n8n/nodes/Cadenza.ts", 'import { x } from "@cadenza/contract";', /imports nothing of ours/],
  ["server/app.ts", 'import { x } from "@cadenza/sdk";', /server imports contract only/],
  ["server/config.ts", 'import { x } from "../web/session.ts";', /server imports contract only/],
  ["server/domain/basics/retry.ts", 'import { z } from "zod";', /domain imports only domain/],
  [
    "server/domain/basics/retry.ts",
    'import type { Db } from "../../db/connect.ts";',
    /domain imports only domain/,
  ],
  [
    "server/domain/basics/retry.test.ts",
    'import { x } from "../../testing/world.ts";',
    /tests of rules need no setup/,
  ],
  [
    "server/http/route.ts",
    `import { x } from "../features/contacts/contacts/store.ts";`,
    /door never imports a feature/,
  ],
  ["server/mail/smtp.ts", 'import { x } from "../engine/loop.ts";', /door never imports a feature/],
  ["server/mail/smtp.ts", 'import { x } from "../domain/basics/retry.ts";', /db and mail may name domain/],
  ["server/db/connect.ts", 'import type { x } from "@cadenza/contract";', /db and mail may name domain/],
  ["server/http/route.ts", 'import { x } from "../domain/basics/retry.ts";', /http may name domain/],
  [`${CONTACTS}/routes.ts`, 'import { x } from "../../../db/connect.ts";', /a route knows/],
  [`${CONTACTS}/routes.ts`, 'import { x } from "../../../domain/basics/retry.ts";', /a route knows/],
  [`${CONTACTS}/commands.ts`, 'import { x } from "@cadenza/contract";', /a command knows stores/],
  [`${CONTACTS}/commands.ts`, 'import { x } from "../labels/present.ts";', /a command knows stores/],
  [`${CONTACTS}/present.ts`, 'import { x } from "../labels/routes.ts";', /routes are imported by/],
  [`${CONTACTS}/store.ts`, 'import { x } from "../../../domain/basics/retry.ts";', /a store knows db/],
  [`${CONTACTS}/store.ts`, 'import { x } from "./commands.ts";', /a store knows db/],
  [`${CONTACTS}/present.ts`, 'import { x } from "./store.ts";', /a presenter turns/],
  [`${CONTACTS}/company-present.ts`, 'import { x } from "./store.ts";', /a presenter turns/],
  [`${CONTACTS}/commands.ts`, 'import { x } from "./company-present.ts";', /a command knows stores/],
  [
    "server/engine/loop.ts",
    `import { x } from "../features/contacts/contacts/present.ts";`,
    /the engine knows commands/,
  ],
  ["server/engine/loop.ts", 'import { x } from "../features/index.ts";', /the engine knows commands/],
  ["server/domain/basics/retry.ts", "const at = Date.now();", /never looks at the clock/],
  ["server/domain/basics/retry.ts", "const at = new Date();", /never looks at the clock/],
  ["server/domain/basics/retry.test.ts", "const at = Temporal.Now.instant();", /never looks at the clock/],
  [`${CONTACTS}/contacts.test.ts`, "await api.contacts.create(wish as never);", /given its own type/],
  ["web/session.ts", "const { id } = found as never;", /given its own type/],
  [
    "web/journeys/keys.test.ts",
    'await page.getByRole("button", { name: "Add" }).first().click();',
    /the one thing that it names/,
  ],
  ["server/domain/basics/retry.ts", "const x = Math.random();", /throws no dice/],
  ["server/mail/smtp.ts", "const x = process.env.HOST;", /only reader of the environment/],
  ["server/mail/smtp.ts", "const { env } = process;", /only reader of the environment/],
  ["server/mail/smtp.ts", 'import { env } from "node:process";', /only reader of the environment/],
  [`${CONTACTS}/store.ts`, "const sql = `select emailer_campaign_id from x`;", /wire's words/],
  [`${CONTACTS}/commands.ts`, "const ids = input.contact_ids;", /wire's words/],
  ["sdk/client.ts", 'const path = "/emailer_campaigns/search";', /wire's words/],
  [`${CONTACTS}/store.ts`, 'db.rows("select 1 where due_at < now()");', /time as an argument/],
  ["server/engine/upkeep/sweep.ts", "db.rows(`select\n  CURRENT_TIMESTAMP`);", /time as an argument/],
  [
    "server/engine/upkeep/sweep.ts",
    'db.rows("select clock_timestamp() -- db clock:");',
    /time as an argument/,
  ],
  [
    `${CONTACTS}/store.ts`,
    'const sql = "delete from mailboxes where team_id = $1";',
    /mailboxes is written by mailboxes/,
  ],
  ["server/features/attic/contacts/store.ts", "", /attic is no area/],
  [`${CONTACTS}/x.ts`, 'import { x } from "../../sending/slots/gate.ts";', /contacts stands before sending/],
  ["server/domain/basics/x.ts", 'import { x } from "../gate/gate.ts";', /basics stands before gate/],
  [
    "server/engine/upkeep/x.ts",
    'import { x } from "../sending/send-mails.ts";',
    /upkeep stands before sending/,
  ],
  ["server/mail-utils.ts", "", /place was not found yet/],
  ["web/parts/helpers/dates.ts", "", /place was not found yet/],
  ["server/db/manager.test.ts", "", /place was not found yet/],
];

for (const [path, content, reason] of PLANTED) {
  test(`in ${path}, ${JSON.stringify(content)} is refused`, () => {
    const said = check({ [path]: content });
    assert.ok(
      said.some((violation) => violation.startsWith(`${path}:`) && reason.test(violation)),
      `expected ${reason}, got: ${said.join("; ") || "nothing"}`,
    );
  });
}

const CLEAN: Record<string, string> = {
  "server/main.ts": 'import { routes } from "./features/index.ts";\nimport { loop } from "./engine/loop.ts";',
  "server/features/index.ts": 'import { routes } from "./contacts/contacts/routes.ts";',
  "server/config.ts": "export const host = process.env.HOST;",
  "server/seams.ts": "export const at = process.env.AT ?? 8080;",
  "server/testing/world.ts": 'import { Client } from "@cadenza/sdk";\nprocess.env.contact_ids;',
  "server/domain/sequences/cadence.ts":
    'import { waitMs } from "../basics/retry.ts";\nconst at = new Date(0); // never Date.now()',
  "server/domain/sequences/cadence.test.ts": 'import { test } from "node:test";\nimport "./cadence.ts";',
  "server/db/connect.ts": 'import type { Kind } from "../domain/basics/retry.ts";\nimport pg from "pg";',
  "server/http/route.ts":
    'import { endpoints } from "@cadenza/contract";\nimport type { App } from "../app.ts";',
  [`${CONTACTS}/routes.ts`]: `
    import { contacts } from "@cadenza/contract";
    import { route } from "../../../http/route.ts";
    import type { Waiver } from "../../../domain/enrollments/eligibility.ts";
    import { createContact } from "./commands.ts";
    const ids = input.contact_ids;`,
  [`${CONTACTS}/commands.ts`]: `
    import { findLabel } from "../labels/store.ts";
    import { isEligible } from "../../../domain/enrollments/eligibility.ts";
    import { insertContact } from "./store.ts";`,
  [`${CONTACTS}/store.ts`]: [
    'import type { Db } from "../../../db/connect.ts";',
    "// one could write now() or process.env here, in a comment",
    "const sql = `select 1 where due_at < ${now()}`;",
    "const held = `select now() -- db clock: leases are compared by the server that holds them`;",
  ].join("\n"),
  [`${CONTACTS}/present.ts`]:
    'import type { Row } from "./store.ts";\nimport { presentLabel } from "../labels/present.ts";',
  [`${CONTACTS}/contacts.test.ts`]:
    'import { openWorld } from "../../../testing/world.ts";\napi.x({ contact_ids: [] });',
  "server/engine/loop.ts":
    'import { pause } from "../features/contacts/contacts/commands.ts";\nconst at = app.now();',
  "sdk/client.ts": 'import { endpoints } from "@cadenza/contract";',
  "web/session.ts":
    'import { Client } from "@cadenza/sdk";\nimport { useQuery } from "@tanstack/react-query";',
  "web/database.ts": "export const server = 1;",
};

test("code that keeps the rules passes them all", () => assert.deepEqual(check(CLEAN), []));

test("folders that import each other at run time are refused, and types between them are not", () => {
  const [one, other] = [`${CONTACTS}/x.ts`, "server/features/contacts/labels/x.ts"];
  const [there, back] = ['import { x } from "../labels/x.ts";', 'import { x } from "../contacts/x.ts";'];
  assert.deepEqual(check({ [one]: there, [other]: "" }), []);
  assert.deepEqual(check({ [one]: there, [other]: back.replace("import", "import type") }), []);
  const said = check({ [one]: there, [other]: back });
  assert.deepEqual(
    said.map((it) => it.split(" ").slice(0, 4).join(" ")),
    [`${one}:1 folders import each`, `${other}:1 folders import each`],
  );
});

test("rows are locked and conflicts resolved without writing to a table", () => {
  const sql =
    "`select 1 from mailboxes m for no key update of m; insert into contacts values (1) on conflict do update set a = 1`";
  assert.deepEqual(check({ [`${CONTACTS}/store.ts`]: `const sql = ${sql};` }), []);
});

test("a violation is reported with its line", () => {
  const said = check({ "server/domain/basics/retry.ts": '// one\n\nimport {\n  a,\n  b,\n} from "zod";\n' });
  assert.deepEqual(
    said.map((it) => it.split(" ")[0]),
    ["server/domain/basics/retry.ts:6"],
  );
});

test("the process's clock and a time of the database do not stand in one file", () => {
  const inFile = (path: string, ...lines: string[]) =>
    findViolations(new Map([[path, lines.join("\n")]])).map(
      ({ line, why }) => `${line} ${why.split(" ").slice(0, 3).join(" ")}`,
    );
  const both = ["const a = performance.now();", "const b = at.epochMilliseconds;"];
  assert.deepEqual(inFile("server/engine/x.ts", ...both), ["1 the process's clock"]);
  assert.deepEqual(inFile("server/clock.ts", ...both), []);
  for (const line of both) assert.deepEqual(inFile("server/engine/x.ts", line), []);
  for (const line of ["const a = new Date;", "const a = Date();", "const a = performance.timeOrigin;"])
    assert.deepEqual(inFile("server/engine/x.ts", line), ["1 there is one"]);
});

test("imports are found in all their forms, and not in comments, strings or regular expressions", () => {
  const { imports } = readSource(
    "server/a/b.ts",
    [
      'import "./one.ts";',
      'import type { A } from "../two.ts";',
      'import { type A, type B } from "./three.ts";',
      'import c, { type D } from "./four.ts";',
      'export * from "@cadenza/contract/openapi";',
      "const e = await import(`node:fs`);",
      '// import "./comment.ts";',
      'const text = \'import "./text.ts"\' + `import "./${ /[`"\']/.test("x") ? 1 / 2 : {} }.ts"`;',
      '/* import "./block.ts" */ export { f } from "pg"',
    ].join("\n"),
  );
  assert.deepEqual(
    imports.map(({ target, line, isType }) => `${line} ${target}${isType ? " type" : ""}`),
    [
      "1 server/a/one.ts",
      "2 server/two.ts type",
      "3 server/a/three.ts type",
      "4 server/a/four.ts",
      "5 contract/openapi.ts",
      "6 node:fs",
      "9 pg",
    ],
  );
});
