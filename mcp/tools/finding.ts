// Facts about people that are not in the team's own records yet: whether an address is right, and what it might be.

import { z } from "zod";
import * as fields from "../fields.ts";
import { tool } from "../tool.ts";
import { only } from "../words.ts";

const CHECKED = ["email", "status", "code", "sentence", "role", "disposable", "catch_all"] as const;

export const finding = [
  tool({
    name: "verify_emails",
    title: "Verify addresses",
    description:
      "Checks whether there is anybody at the addresses of contacts (in the background, answers a job) or at one address (at once). Contacts' status is updated.",
    calls: ["emailVerifications.start", "emailVerifications.check"],
    reads: false,
    input: {
      contact_ids: z.array(fields.id).max(1000).optional(),
      email: z.string().max(320).optional().describe("One address instead of contacts"),
    },
    async run(api, { contact_ids, email }) {
      if (email !== undefined)
        return only((await api.emailVerifications.check({ email })).email_verification, CHECKED);
      const { entity_progress_job } = await api.emailVerifications.start({ contact_ids: contact_ids ?? [] });
      return { job: only(entity_progress_job, ["id", "job_type"]) };
    },
  }),
  tool({
    name: "guess_emails",
    title: "Guess addresses",
    description:
      "What somebody's address at a company might be, learnt from known addresses there. Never verified: check before use.",
    calls: ["emailPatterns.guess"],
    reads: true,
    input: {
      first_name: z.string().min(1).max(200),
      last_name: z.string().max(200),
      domain: z.string().min(1).max(253),
    },
    async run(api, wish) {
      const { domain, learnt_from, candidates } = await api.emailPatterns.guess(wish);
      return { domain, learnt_from, candidates: candidates.slice(0, 5) };
    },
  }),
];
