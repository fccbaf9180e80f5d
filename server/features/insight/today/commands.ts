import type { Act } from "../../../app.ts";
import { previousWorkingDay } from "../../../domain/insight/goals.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import type { NewsScope } from "./news-store.ts";

/** So that no call reads a team's whole history. */
const NEWS_SINCE = { hours: 24 * 31 };

type NewsWish = { since?: string | undefined; user_id?: string | undefined; time_zone: string };

export function newsScope({ caller, now }: Pick<Act, "caller" | "now">, input: NewsWish): NewsScope {
  const since =
    input.since === undefined ? previousWorkingDay(now, input.time_zone) : readMoment(input.since);
  if (Temporal.Instant.compare(since, now.subtract(NEWS_SINCE)) < 0)
    throw new Refusal("parameter_invalid", { name: "since", why: say("must be at most 31 days ago") });
  return {
    since,
    viewerId: viewerIn(caller),
    userId: input.user_id ?? null,
    callerId: caller.userId,
  };
}
