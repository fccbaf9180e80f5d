// Who is asking, and with what it may send.

import { z } from "zod";
import { tool } from "../tool.ts";
import { only } from "../words.ts";

export const team = [
  tool({
    name: "who_am_i",
    title: "Who am I",
    description: "Shows the key's user, the team, and whether the key may change data. Call it first.",
    calls: ["apiKeys.current"],
    reads: true,
    input: {},
    async run(api) {
      const { caller } = await api.apiKeys.current();
      return only(caller, ["user_id", "name", "email", "team_id", "team_name", "role", "master", "scopes"]);
    },
  }),
  tool({
    name: "find_users",
    title: "Find users",
    description: "Lists users of the team, to assign work or records to.",
    calls: ["users.search"],
    reads: true,
    input: { query: z.string().max(200).optional().describe("Part of a name or email address") },
    async run(api, { query }) {
      const { users } = await api.users.search({ per_page: 100, ...(query && { q_keywords: query }) });
      return { users: users.map((user) => only(user, ["id", "name", "email", "title", "role", "state"])) };
    },
  }),
  tool({
    name: "find_mailboxes",
    title: "Find mailboxes",
    description:
      "Lists mailboxes that can send, each with today's remaining limit and its holds. Needed before adding contacts.",
    calls: ["emailAccounts.list", "emailAccounts.standings"],
    reads: true,
    input: {},
    async run(api) {
      const [{ email_accounts }, { standings }] = await Promise.all([
        api.emailAccounts.list(),
        api.emailAccounts.standings(),
      ]);
      const of = new Map(standings.map((standing) => [standing.email_account_id, standing]));
      return {
        mailboxes: email_accounts.map((mailbox) => {
          const standing = of.get(mailbox.id);
          return {
            ...only(mailbox, ["id", "email", "user_id", "default", "visibility"]),
            state: standing?.state,
            sentence: standing?.sentence,
            sent_last_day: standing?.sending.sent_last_day,
            sent_elsewhere_last_day: standing?.sending.sent_elsewhere_last_day,
            daily_limit: standing?.sending.email_daily_threshold,
          };
        }),
      };
    },
  }),
  tool({
    name: "find_stages",
    title: "Find stages",
    description: "Lists the stages of contacts and deals.",
    calls: ["contactStages.list", "opportunityStages.list"],
    reads: true,
    input: {},
    async run(api) {
      const [contacts, deals] = await Promise.all([api.contactStages.list(), api.opportunityStages.list()]);
      return {
        contact_stages: contacts.contact_stages.map((stage) => only(stage, ["id", "name", "category"])),
        deal_stages: deals.opportunity_stages.map((stage) => only(stage, ["id", "name"])),
      };
    },
  }),
];
