// What will go out if nothing else happens.

import { z } from "zod";
import * as fields from "../fields.ts";
import { tool } from "../tool.ts";
import { only } from "../words.ts";

const SHOWN = ["emailer_campaign_id", "people", "sends", "first_step_done_at", "first_step_left"] as const;
const ENDS = ["last_finished_at", "finished", "failed", "replied", "remaining"] as const;

export const forecasting = [
  tool({
    name: "forecast",
    title: "Create a forecast",
    description:
      "Runs the sending rules forward without sending. Shows emails per day, when the last contact finishes, which limits cause waiting, and who does not move and why. Can assume more contacts.",
    calls: ["forecasts.create"],
    reads: false,
    input: {
      days: z.number().int().min(1).max(90).default(42),
      sequence_ids: z.array(fields.id).max(50).optional().describe("Default: all sequences"),
      add_contacts: z
        .object({ sequence_id: fields.id, count: z.number().int().min(1).max(100_000) })
        .optional()
        .describe("Assume this many contacts are added now"),
    },
    async run(api, { days, sequence_ids, add_contacts }) {
      const { forecast } = await api.forecasts.create({
        days,
        ...(sequence_ids && { emailer_campaign_ids: sequence_ids }),
        ...(add_contacts && {
          what_if: {
            add_contacts: { emailer_campaign_id: add_contacts.sequence_id, count: add_contacts.count },
          },
        }),
      });
      const byDay = new Map<string, number>();
      for (const { hour, sends } of forecast.by_mailbox_hour) {
        const day = hour.slice(0, 10);
        byDay.set(day, (byDay.get(day) ?? 0) + sends);
      }
      return {
        ...only(forecast, ["id", "until", "totals", "binding_limits", "staying", "assumptions"]),
        by_day: [...byDay]
          .map(([day, sends]) => ({ day, sends }))
          .sort((one, other) => one.day.localeCompare(other.day)),
        by_sequence: forecast.by_sequence.map((own) => only(own, [...SHOWN, ...ENDS])),
      };
    },
  }),
];
