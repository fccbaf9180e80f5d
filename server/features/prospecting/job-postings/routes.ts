import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { stored } from "../../../kernel/moments.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { hasOrganization, listJobPostings } from "./store.ts";

export const routes = [
  route(contract.organizations.jobPostings, async ({ db, caller, input }) => {
    const { id, page, per_page } = input;
    if (!(await hasOrganization(db, caller.teamId, id))) throw new Refusal("record_not_found");
    const place = { limit: per_page, offset: (page - 1) * per_page };
    const postings = await listJobPostings(db, caller.teamId, id, place);
    return {
      organization_job_postings: postings.map(({ postedAt, lastSeenAt, ...posting }) => ({
        ...posting,
        last_seen_at: stored(lastSeenAt),
        posted_at: stored(postedAt),
      })),
    };
  }),
];
