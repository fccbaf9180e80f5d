// People coming, changing and going. Searching them is Apollo's own call, in apollo/users.ts.

import { z } from "zod";
import { language, user } from "../apollo/users.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const role = z.enum(["admin", "member"]);

export const people = {
  invite: endpoint({
    method: "POST",
    path: "/users/invite",
    scope: "users/invite",
    access: "admin",
    effect: "write",
    summary: "Invite a user with a one-time link",
    description:
      "Inviting a pending user again creates a new link and ends the old one. If a user lost their password, `reset: true` creates a link to choose a new one.",
    input: z.object({
      email: fields.email,
      first_name: fields.text(100).nullish(),
      last_name: fields.text(100).nullish(),
      title: fields.text(200).nullish(),
      role: role.optional().describe("Default: `member`; for a repeated invitation, the role it had"),
      reset: fields.flag.default(false),
    }),
    output: z.strictObject({
      user,
      invitation_url: z.string().describe("Shown only once"),
      invitation_expires_at: fields.stamp,
      unconfirmed: z
        .string()
        .nullable()
        .describe("Reminder that the invitation is not accepted yet; null for a password link"),
    }),
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/users/{id}",
    scope: "users/update",
    access: "master",
    effect: "write",
    summary: "Update a user",
    description:
      "Users change their own name and title; admins change these for everyone, and roles. To change your own password, send `current_password` and `password`.",
    input: z.object({
      id: fields.id,
      first_name: fields.text(100).nullish(),
      last_name: fields.text(100).nullish(),
      title: fields.text(200).nullish(),
      role: role.optional(),
      opt_out_html_template: fields.html(2000).nullish().describe("HTML; unsafe parts are removed"),
      should_include_unsubscribe_link: fields.flag.nullish(),
      language: language
        .nullish()
        .describe("Language of the user's screen; null: as the browser asks for it"),
      meeting_url: fields
        .text(2000)
        .nullish()
        .describe("May contain `{name}`, `{first_name}`, `{last_name}` and `{email}` of the contact"),
      dial_link: fields
        .text(2000)
        .nullish()
        .describe(
          "Contains `{number}`: `sip:{number}@pbx.example.com` or the address of a phone in the browser",
        ),
      current_password: z.string().max(1024).optional(),
      password: fields.password.optional(),
    }),
    output: z.strictObject({ user }),
  }),

  deactivate: endpoint({
    method: "POST",
    path: "/users/{id}/deactivate",
    scope: "users/deactivate",
    access: "admin",
    effect: "write",
    summary: "Deactivate a user",
    description: "Ends their sessions, API keys and open invitations.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ user }),
  }),

  reactivate: endpoint({
    method: "POST",
    path: "/users/{id}/reactivate",
    scope: "users/reactivate",
    access: "admin",
    effect: "write",
    summary: "Reactivate a user",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ user }),
  }),
};
