// The ways in: setting the installation up, joining by invitation, signing in and out.

import { z } from "zod";
import { user } from "../apollo/users.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { team } from "./teams.ts";

const token = z.string().min(1).max(200);

const session = z.strictObject({
  id: fields.id,
  created_at: fields.stamp,
  expires_at: fields.stamp,
});

const signedIn = z.strictObject({ session, user, team, operator: z.boolean() });

export const setup = {
  check: endpoint({
    method: "POST",
    path: "/setup/check",
    scope: "setup/check",
    access: "open",
    effect: "read",
    summary: "Says whether a set-up link is still good; 404 once the first owner is there",
    input: z.object({ token }),
    output: z.strictObject({ setup: z.strictObject({ open: z.boolean() }) }),
  }),

  complete: endpoint({
    method: "POST",
    path: "/setup",
    scope: "setup/create",
    access: "open",
    effect: "write",
    summary: "Makes the first owner, once, and signs them in",
    input: z.object({
      token,
      name: fields.name(),
      email: fields.email,
      password: fields.password,
      team_name: fields.name(),
      time_zone: fields.timeZone.optional(),
      sample_team: fields.flag
        .optional()
        .describe("True fills the team with a sample to look around in, a few seconds later"),
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
    summary: "Says whom an invitation is for",
    input: z.object({ token }),
    output: z.strictObject({
      invitation: z.strictObject({
        email: z.string(),
        name: z.string(),
        team_name: z.string(),
        expires_at: fields.stamp,
        reset: z.boolean().describe("True where the person is a member already and chooses a new password"),
      }),
    }),
  }),

  accept: endpoint({
    method: "POST",
    path: "/invitations/accept",
    scope: "invitations/accept",
    access: "open",
    effect: "write",
    summary: "Joins the team by a one-time link, and signs in",
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
    summary: "Signs a person in; the session travels in a cookie",
    input: z.object({ email: z.string().trim().max(254), password: z.string().max(1024) }),
    output: signedIn,
  }),

  current: endpoint({
    method: "GET",
    path: "/sessions/current",
    scope: "sessions/show",
    access: "master",
    effect: "read",
    summary: "Says who is signed in",
    input: z.object({}),
    output: signedIn,
  }),

  end: endpoint({
    method: "DELETE",
    path: "/sessions/current",
    scope: "sessions/destroy",
    access: "master",
    effect: "write",
    summary: "Signs out",
    input: z.object({}),
    output: z.strictObject({ signed_out: z.boolean() }),
  }),
};
