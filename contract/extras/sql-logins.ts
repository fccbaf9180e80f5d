// Logins to the database, for people with tools of their own.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const sqlLogin = z.strictObject({
  id: fields.id,
  name: z.string(),
  username: z.string(),
  usable: z.boolean().describe("False once it is revoked, or if a backup was restored on another server"),
  connections: z.int().describe("Connections open now"),
  created_by_user_id: fields.id.nullable(),
  created_at: fields.stamp,
  revoked_at: fields.stamp.nullable(),
});

const withPassword = z.strictObject({
  ...sqlLogin.shape,
  password: z.string().describe("Shown only once"),
  host: z
    .string()
    .describe("The database host as this server uses it; a leading slash means a socket folder"),
  port: z.int(),
  database: z.string(),
  url: z.string().describe("The same as one connection URL"),
});

export const sqlLogins = {
  create: endpoint({
    method: "POST",
    path: "/sql_logins",
    scope: "sql_logins/create",
    access: "admin",
    effect: "write",
    summary: "Create a database login for reporting",
    description:
      "Reads the team's reporting views (/help/operate/sql-views) and writes nothing. The password is shown only once.",
    input: z.object({ name: fields.name(100).describe("What it is for") }),
    output: z.strictObject({ sql_login: withPassword }),
  }),

  list: endpoint({
    method: "GET",
    path: "/sql_logins",
    scope: "sql_logins/index",
    access: "admin",
    effect: "read",
    summary: "List database logins",
    description: "Newest first, revoked ones included.",
    input: z.object({}),
    output: z.strictObject({ sql_logins: z.array(sqlLogin) }),
  }),

  revoke: endpoint({
    method: "DELETE",
    path: "/sql_logins/{id}",
    scope: "sql_logins/destroy",
    access: "admin",
    effect: "write",
    summary: "Revoke a database login",
    description: "Open connections see no data from then on.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ sql_login: sqlLogin }),
  }),
};
