import type { Example } from "../endpoint.ts";
import { ole } from "./users.ts";

const team = {
  id: "64f0aa000000000000000001",
  name: "Norrland Kraft",
  time_zone: "Europe/Stockholm",
  created_at: "2025-05-02T08:00:00.000Z",
  opt_out_html_template: null,
  should_include_unsubscribe_link: false,
  max_emails_per_recipient_domain_per_day: null,
  touch_limits: [{ scope: "person", counts: "touches", most: 4, days: 7 }],
  recipient_limits: [{ to: "provider", provider: "google", most: 20, per: "hour" }],
  linkedin_tasks_per_day: {
    linkedin_step_connect: 20,
    linkedin_step_message: null,
    linkedin_step_view_profile: null,
    linkedin_step_interact_post: null,
  },
  only_owners_add_contacts: false,
  assume_delivered_after_hours: 24,
  hold_after_answer: true,
  answer_hold_days: 7,
  holiday_calendar: "SE",
};

const signedIn = {
  session: {
    id: "64f0aa0000000000000000b1",
    created_at: "2026-02-03T08:00:00.000Z",
    expires_at: "2026-02-17T08:00:00.000Z",
  },
  user: { ...ole, last_signed_in_at: "2026-02-03T08:00:00.000Z" },
  team,
  operator: true,
  sandbox: null,
  table_layouts: [
    { table: "contacts", columns: ["name", "company", "stage"], pinned: [], widths: { company: 220 } },
  ],
};

export const access: Record<string, readonly Example[]> = {
  "setup.complete": [
    {
      isShownElsewhere: true,
      title: "The first owner",
      input: {
        token: "cdz_setup_8sYw2…",
        name: "Ole Dahl",
        email: "ole@example.no",
        password: "a long sentence is a good password",
        team_name: "Norrland Kraft",
      },
      answer: signedIn,
    },
  ],
  "sessions.start": [
    {
      isShownElsewhere: true,
      title: "Signing in",
      input: { email: "ole@example.no", password: "a long sentence is a good password" },
      answer: signedIn,
    },
  ],
  "teams.current": [
    { title: "The team", input: {}, answer: { team: { ...team, etag: "b3Yp0mKq7dTz1xLw9QfA" } } },
  ],
};
