// People coming, changing and going. Searching them is Apollo's own call, in apollo/users.ts.

import { z } from "zod";
import { user } from "../apollo/users.ts";
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
    summary: "Invites a person by a one-time link",
    description:
      "Invited once more, a person who has not joined yet gets a new link and the old one ends. For somebody who " +
      "lost their password, `reset: true` makes a link by which an active member chooses a new one.",
    input: z.object({
      email: fields.email,
      first_name: fields.text(100).nullish(),
      last_name: fields.text(100).nullish(),
      title: fields.text(200).nullish(),
      role: role.optional().describe("`member` unless said; invited once more, as it was"),
      reset: fields.flag.default(false),
    }),
    output: z.strictObject({
      user,
      invitation_url: z.string().describe("Shown this once only"),
      invitation_expires_at: fields.stamp,
      unconfirmed: z
        .string()
        .nullable()
        .describe("What an invitation is until it is accepted; null of a link to a new password"),
    }),
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/users/{id}",
    scope: "users/update",
    access: "master",
    effect: "write",
    summary: "Changes a person: names and title by themselves or an admin, the role by an admin",
    description: "A person changes their own password by sending `current_password` beside `password`.",
    input: z.object({
      id: fields.id,
      first_name: fields.text(100).nullish(),
      last_name: fields.text(100).nullish(),
      title: fields.text(200).nullish(),
      role: role.optional(),
      opt_out_html_template: fields.text(2000).nullish().describe("Cleaned when it is saved"),
      should_include_unsubscribe_link: fields.flag.nullish(),
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
    summary: "Ends a person's access: sessions, keys that act as them, and open invitations",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ user }),
  }),

  reactivate: endpoint({
    method: "POST",
    path: "/users/{id}/reactivate",
    scope: "users/reactivate",
    access: "admin",
    effect: "write",
    summary: "Lets a deactivated person sign in again",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ user }),
  }),
};
