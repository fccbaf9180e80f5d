import type { Example } from "../endpoint.ts";

export const explain: Record<string, readonly Example[]> = {
  "explain.enrollment": [
    {
      title: "An email on hold because of its mailbox",
      input: { id: "64f0aa0000000000000000c5" },
      isShownElsewhere: true,
      answer: {
        explain: {
          subject: {
            type: "contact_campaign_status",
            id: "64f0aa0000000000000000c5",
            name: "Ines Okafor in Nordic plants",
          },
          state: "held",
          sentence:
            "Step 1, an email, has been due since Mon 2 Feb 2026, 09:00 (Europe/Oslo). ole@norrland.example has reached its daily limit: 50 of 50 emails sent in 24 hours. It is expected to go out on Mon 2 Feb 2026, 15:40 (Europe/Oslo).",
          next: {
            what: "auto_email",
            step_position: 1,
            at: "2026-02-02T14:40:00.000Z",
            earliest_at: "2026-02-02T14:40:00.000Z",
            email_account_id: "64f0aa00000000000000000e",
          },
          set_aside: [],
          held_by: [
            {
              code: "limit:mailbox_day",
              rule: "ole@norrland.example has reached its daily limit: 50 of 50 emails sent in 24 hours.",
              evidence: {
                email_account_id: "64f0aa00000000000000000e",
                email: "ole@norrland.example",
                limit: 50,
                sent: 50,
              },
              since: null,
              until: "2026-02-02T14:40:00.000Z",
              fix: {
                label: "Raise the mailbox's daily limit to 100 emails",
                method: "PATCH",
                path: "/api/v1/email_accounts/64f0aa00000000000000000e",
                body: { email_daily_threshold: 100 },
              },
            },
          ],
          history: [
            {
              at: "2026-02-02T08:00:00.000Z",
              event: "enrollment.added",
              cause: "api",
              actor: { user_id: "64f0aa000000000000000002", name: "Ole Dahl", api_key_id: null },
              sentence: "Ole Dahl added Ines Okafor to Nordic plants",
            },
          ],
          variant: null,
        },
      },
    },
  ],
};
