import { contract } from "@cadenza/contract";
import { route, routeWithBefore } from "../../../http/route.ts";
import { stored } from "../../../kernel/moments.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { readCredits } from "../../identity/credits/commands.ts";
import { presentProfileCredits } from "../../identity/credits/present.ts";
import { presentFoundUser } from "../../identity/users/found-present.ts";
import { presentUser } from "../../identity/users/present.ts";
import { findUser, searchUsers } from "../../identity/users/store.ts";
import { deactivateUser, inviteUser, provePassword, reactivateUser, updateUser } from "./commands.ts";

const UNCONFIRMED =
  "It is not confirmed yet that this email address belongs to the invited person. Until the invitation is accepted, name and role are what you entered. Cadenza never says whether the address has an account in another team.";

export const routes = [
  route(contract.users.search, async ({ db, caller, input }) => {
    const { page, per_page } = input;
    const { users, total } = await searchUsers(db, caller.teamId, {
      keywords: input.q_keywords?.trim() || null,
      limit: per_page,
      offset: (page - 1) * per_page,
    });
    return {
      // Apollo gives page and per_page back as text here, and a client that compares types relies on it.
      pagination: {
        page: String(page),
        per_page: String(per_page),
        total_entries: total,
        total_pages: Math.ceil(total / per_page),
      },
      users: users.map(presentFoundUser),
      num_fetch_result: null,
    };
  }),

  route(contract.users.apiProfile, async ({ input, ...act }) => {
    const { db, caller } = act;
    const user = await findUser(db, caller.teamId, caller.userId);
    if (!user) throw new Refusal("record_not_found");
    const { id, team_id, first_name, last_name, title, email } = presentUser(user);
    const credits = input.include_credit_usage ? presentProfileCredits(await readCredits(act)) : {};
    return { id, team_id, first_name, last_name, title, email, ...credits };
  }),

  route(contract.users.invite, async ({ input, ...act }) => {
    const { user, url, expiresAt } = await inviteUser(act, {
      email: input.email,
      firstName: input.first_name ?? null,
      lastName: input.last_name ?? null,
      title: input.title ?? null,
      role: input.role ?? null,
      isReset: input.reset,
    });
    return {
      user: presentUser(user),
      invitation_url: url,
      invitation_expires_at: stored(expiresAt),
      unconfirmed: input.reset ? null : UNCONFIRMED,
    };
  }),

  routeWithBefore(
    contract.users.update,
    async ({ app, caller, origin, input }) =>
      input.password === undefined
        ? undefined
        : provePassword(app, caller, origin.address, {
            whose: input.id,
            current: input.current_password ?? "",
            wanted: input.password,
          }),
    async ({ input, before, ...act }) => {
      const user = await updateUser(act, input.id, {
        firstName: input.first_name,
        lastName: input.last_name,
        title: input.title,
        role: input.role,
        includesOptOut: input.should_include_unsubscribe_link,
        optOutTemplate: input.opt_out_html_template,
        language: input.language,
        meetingUrl: input.meeting_url,
        dialLink: input.dial_link,
        password: before,
      });
      return { user: presentUser(user) };
    },
  ),

  route(contract.users.deactivate, async ({ input, ...act }) => ({
    user: presentUser(await deactivateUser(act, input.id)),
  })),

  route(contract.users.reactivate, async ({ input, ...act }) => ({
    user: presentUser(await reactivateUser(act, input.id)),
  })),
];
