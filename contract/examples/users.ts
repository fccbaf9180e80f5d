import type { Example } from "../endpoint.ts";
import { settingsOf } from "./user-settings.ts";

/** The user that the examples sign in as. */
export const ole = {
  id: "64f0aa000000000000000002",
  team_id: "64f0aa000000000000000001",
  first_name: "Ole",
  last_name: "Dahl",
  name: "Ole Dahl",
  title: null,
  email: "ole@example.no",
  created_at: "2025-05-02T08:00:00.000Z",
  deleted: false,
  permission_set_id: "00000000000000000000ad01",
  subteam_ids: [],
  opt_out_html_template: null,
  should_include_unsubscribe_link: null,
  language: null,
  meeting_url: null,
  dial_link: null,
  role: "admin",
  state: "active",
  last_signed_in_at: "2026-02-03T07:58:11.000Z",
};

const unspent = { limit: 1000000, consumed: 0, left_over: 1000000 };

export const users: Record<string, readonly Example[]> = {
  "auth.health": [
    { title: "With a valid key", input: {}, answer: { healthy: true, is_logged_in: true } },
    {
      title: "Without a key, or with a wrong one",
      input: {},
      answer: { healthy: true, is_logged_in: false },
    },
  ],
  "users.search": [
    {
      title: "The first page",
      input: { page: 1, per_page: 25 },
      answer: {
        pagination: { page: "1", per_page: "25", total_entries: 1, total_pages: 1 },
        users: [{ ...ole, ...settingsOf(ole) }],
        num_fetch_result: null,
      },
    },
  ],
  "users.apiProfile": [
    {
      title: "The user of the key",
      input: {},
      answer: {
        id: ole.id,
        team_id: ole.team_id,
        first_name: "Ole",
        last_name: "Dahl",
        title: "Founder",
        email: "ole@example.no",
      },
    },
    {
      isShownElsewhere: true,
      title: "With credit usage",
      input: { include_credit_usage: true },
      answer: {
        id: ole.id,
        team_id: ole.team_id,
        first_name: "Ole",
        last_name: "Dahl",
        title: "Founder",
        email: "ole@example.no",
        num_credits_remaining: 4999988,
        effective_num_lead_credits: 1000000,
        num_lead_credits_used: 0,
        effective_num_direct_dial_credits: 1000000,
        num_direct_dial_credits_used: 0,
        effective_num_export_credits: 1000000,
        num_export_credits_used: 12,
        effective_num_ai_credits: 1000000,
        num_ai_credits_used: 0,
        effective_num_power_up_credits: 1000000,
        num_power_up_credits_used: 0,
        total_unified_credits_used: 12,
      },
    },
  ],
  "users.invite": [
    {
      title: "A colleague",
      isShownElsewhere: true,
      input: { email: "ines@example.no", first_name: "Ines", last_name: "Okafor", role: "member" },
      answer: {
        user: {
          ...ole,
          id: "64f0aa000000000000000003",
          first_name: "Ines",
          last_name: "Okafor",
          name: "Ines Okafor",
          email: "ines@example.no",
          role: "member",
          permission_set_id: "00000000000000000000ad02",
          state: "invited",
          last_signed_in_at: null,
        },
        invitation_url: "https://cadenza.example.no/invitation#cdz_inv_4Jq…",
        invitation_expires_at: "2026-02-10T08:00:00.000Z",
        unconfirmed:
          "It is not confirmed yet that this email address belongs to the invited person. Until the invitation is accepted, name and role are what you entered. Cadenza never says whether the address has an account in another team.",
      },
    },
  ],
  "usageStats.creditUsage": [
    {
      title: "Twelve exports this month",
      input: {},
      answer: {
        credit_usage_stats: {
          lead_credit: unspent,
          direct_dial_credit: unspent,
          export_credit: { limit: 1000000, consumed: 12, left_over: 999988 },
          conversation_credit: unspent,
          ai_credit: unspent,
          power_up_credit: unspent,
          inbound_website_visitor_credit: unspent,
          contact_website_visitor_credit: unspent,
          web_search_record_credit: unspent,
          dialer: unspent,
        },
        current_credit_cycle: {
          start_date: "2026-02-01T00:00:00.000Z",
          end_date: "2026-03-01T00:00:00.000Z",
        },
      },
    },
  ],
  "usageStats.apiUsage": [
    {
      title: "One endpoint called twelve times today",
      input: {},
      answer: {
        '["api/v1/contacts", "search"]': {
          day: { limit: 2000, consumed: 12, left_over: 1988 },
          hour: { limit: 400, consumed: 12, left_over: 388 },
          minute: { limit: 200, consumed: 1, left_over: 199 },
        },
      },
    },
  ],
};
