import type { Example } from "../endpoint.ts";

const report_schedule = {
  id: "64f0aa0000000000000000f1",
  view_id: "64f0aa0000000000000000e7",
  view_name: "How sequences do",
  user_id: "64f0aa000000000000000001",
  every: "week",
  time: "08:00",
  weekday: 1,
  day: null,
  time_zone: "Europe/Oslo",
  email_account_id: "64f0aa0000000000000000b1",
  user_ids: ["64f0aa000000000000000001"],
  webhook_subscription_id: null,
  active: true,
  next_run_at: "2026-11-23T07:00:00.000Z",
  created_at: "2026-11-20T09:00:00.000Z",
  updated_at: "2026-11-20T09:00:00.000Z",
} as const;

export const reportSchedules: Record<string, readonly Example[]> = {
  "reportSchedules.create": [
    {
      title: "Every Monday at eight",
      isShownElsewhere: true,
      input: {
        view_id: report_schedule.view_id,
        every: "week",
        time: "08:00",
        weekday: 1,
        email_account_id: report_schedule.email_account_id,
      },
      answer: { report_schedule },
    },
  ],
  "reportSchedules.runs": [
    {
      title: "Runs with results",
      input: { id: report_schedule.id },
      answer: {
        report_runs: [
          {
            id: "64f0aa0000000000000000f2",
            report_schedule_id: report_schedule.id,
            due_at: "2026-11-16T07:00:00.000Z",
            state: "sent",
            made_at: "2026-11-16T07:00:01.000Z",
            ended_at: "2026-11-16T07:00:02.000Z",
            failure: null,
            mails: [
              {
                user_id: report_schedule.user_id,
                email: "ole@norrland.example",
                state: "sent",
                said: "250 OK",
              },
            ],
          },
        ],
      },
    },
  ],
};
