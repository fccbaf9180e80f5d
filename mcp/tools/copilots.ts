// Whom to write to next: what copilots have proposed. People decide.

import { z } from "zod";
import * as fields from "../fields.ts";
import { tool } from "../tool.ts";
import { only } from "../words.ts";

const SHOWN = ["id", "name", "per_day", "review", "active", "next_at", "said", "waiting"] as const;

export const copilots = [
  tool({
    name: "copilot_proposals",
    title: "Show proposed contacts",
    description:
      "Without an id, lists the team's copilots. With an id, lists its open proposals, best first, with the reasons and points. Users approve or reject proposals and openers in the app.",
    calls: ["copilots.list", "copilots.proposals"],
    reads: true,
    input: { copilot_id: fields.id.optional(), limit: z.number().int().min(1).max(50).default(20) },
    async run(api, { copilot_id, limit }) {
      if (!copilot_id)
        return { copilots: (await api.copilots.list()).copilots.map((one) => only(one, [...SHOWN])) };
      const { proposals } = await api.copilots.proposals({ id: copilot_id, per_page: limit });
      return {
        proposals: proposals.map((one) => ({
          ...only(one, ["contact", "rank", "reasons"]),
          opener: one.opener && only(one.opener, ["state", "text"]),
        })),
      };
    },
  }),
];
