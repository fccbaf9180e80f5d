// The ways in: setting the installation up, joining by invitation, signing in and out.

import { z } from "zod";
import { user } from "../apollo/users.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { clock } from "./sandbox.ts";
import { tableLayout } from "./table-layouts.ts";
import { team } from "./teams.ts";

const token = z.string().min(1).max(200);

export const session = z.strictObject({
  id: fields.id,
  created_at: fields.stamp,
  expires_at: fields.stamp,
});

const signedIn = z.strictObject({
  session,
  user,
  team,
  operator: z.boolean(),
  sandbox: clock.nullable().describe("The time of the sandbox; null: an ordinary installation"),
  table_layouts: z.array(tableLayout).describe("So that no table is drawn twice"),
});

export const setup = {
  check: endpoint({
    method: "POST",
    path: "/setup/check",
    scope: "setup/check",
    access: "open",
    effect: "read",
    summary: "Check whether a set-up link still works",
    description: "Answers 404 once the first owner exists.",
    input: z.object({ token }),
    output: z.strictObject({ setup: z.strictObject({ open: z.boolean() }) }),
  }),

  complete: endpoint({
    method: "POST",
    path: "/setup",
    scope: "setup/create",
    access: "open",
    effect: "write",
    summary: "Create the first owner and sign them in",
    description: "Works once only.",
    input: z.object({
      token,
      name: fields.name(),
      email: fields.email,
      password: fields.password,
      team_name: fields.name(),
      time_zone: fields.timeZone.optional(),
      sample_team: fields.flag
        .optional()
        .describe("True fills the team with sample data a few seconds later"),
    }),
    output: signedIn,
  }),
};

export const invitations = {
  check: endpoint({
    method: "POST",
    path: "/invitations/check",
    scope: "invitations/check",
    access: "open",
    effect: "read",
    summary: "Show the recipient of an invitation",
    input: z.object({ token }),
    output: z.strictObject({
      invitation: z.strictObject({
        email: z.string(),
        name: z.string(),
        team_name: z.string(),
        expires_at: fields.stamp,
        reset: z.boolean().describe("True if the person is already a member and chooses a new password"),
      }),
    }),
  }),

  accept: endpoint({
    method: "POST",
    path: "/invitations/accept",
    scope: "invitations/accept",
    access: "open",
    effect: "write",
    summary: "Accept an invitation and sign in",
    description: "Joins the team through a one-time link.",
    input: z.object({ token, name: fields.name().optional(), password: fields.password }),
    output: signedIn,
  }),
};

export const sessions = {
  start: endpoint({
    method: "POST",
    path: "/sessions",
    scope: "sessions/create",
    access: "open",
    effect: "write",
    summary: "Sign in",
    description: "The session is kept in a cookie.",
    input: z.object({ email: z.string().trim().max(254), password: z.string().max(1024) }),
    output: signedIn,
  }),

  current: endpoint({
    method: "GET",
    path: "/sessions/current",
    scope: "sessions/show",
    access: "master",
    effect: "read",
    summary: "Show the signed-in user",
    input: z.object({}),
    output: signedIn,
  }),

  end: endpoint({
    method: "DELETE",
    path: "/sessions/current",
    scope: "sessions/destroy",
    access: "master",
    effect: "write",
    summary: "Sign out",
    input: z.object({}),
    output: z.strictObject({ signed_out: z.boolean() }),
  }),
};
