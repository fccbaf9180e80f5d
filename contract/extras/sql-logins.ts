// Logins to the database, for people with tools of their own.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const sqlLogin = z.strictObject({
  id: fields.id,
  name: z.string(),
  username: z.string(),
  usable: z
    .boolean()
    .describe("Not once it was revoked, and not where a back-up was put back on another server"),
  connections: z.int().describe("How many are open with it at this moment"),
  created_by_user_id: fields.id.nullable(),
  created_at: fields.stamp,
  revoked_at: fields.stamp.nullable(),
});

const withPassword = z.strictObject({
  ...sqlLogin.shape,
  password: z.string().describe("Shown this once only"),
  host: z
    .string()
    .describe("As this server reaches its database; with a slash in front, the folder of a socket"),
  port: z.int(),
  database: z.string(),
  url: z.string().describe("The same in one line, as most tools take it"),
});

export const sqlLogins = {
  create: endpoint({
    method: "POST",
    path: "/sql_logins",
    scope: "sql_logins/create",
    access: "admin",
    effect: "write",
    summary:
      "Makes a login to the database that reads the team's reporting views; its password is shown this once only",
    description: "It sees the whole team, and writes nothing. The views: docs/sql-views.md.",
    input: z.object({ name: fields.name(100).describe("What it is for, to recognize it by") }),
    output: z.strictObject({ sql_login: withPassword }),
  }),

  list: endpoint({
    method: "GET",
    path: "/sql_logins",
    scope: "sql_logins/index",
    access: "admin",
    effect: "read",
    summary: "Lists the logins to the database, newest first, revoked ones included",
    input: z.object({}),
    output: z.strictObject({ sql_logins: z.array(sqlLogin) }),
  }),

  revoke: endpoint({
    method: "DELETE",
    path: "/sql_logins/{id}",
    scope: "sql_logins/destroy",
    access: "admin",
    effect: "write",
    summary: "Ends a login to the database; whoever is logged in sees nothing from then on",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ sql_login: sqlLogin }),
  }),
};
