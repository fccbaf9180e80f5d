import assert from "node:assert/strict";
import { test } from "node:test";
import type { DatabaseServers } from "../../../db/outside.ts";
import { presentWay } from "./present.ts";
import type { LoginRow } from "./store.ts";

test("the URL of a login names every server of the database", () => {
  const at = (...servers: DatabaseServers) =>
    presentWay({ database: { servers, name: "my db" } }, { roleName: "reader" } as LoginRow, "pw").url;
  assert.equal(at({ host: "db", port: 5432 }), "postgresql://reader:pw@db:5432/my%20db");
  assert.equal(
    at({ host: "db1", port: 5432 }, { host: "::1", port: 6000 }),
    "postgresql://reader:pw@db1:5432,[::1]:6000/my%20db",
  );
  assert.equal(
    at({ host: "/run/postgresql", port: 5432 }),
    "postgresql://reader:pw@/my%20db?host=%2Frun%2Fpostgresql&port=5432",
  );
});
