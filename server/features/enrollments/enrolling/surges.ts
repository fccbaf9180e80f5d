// For a dry run: which mailboxes would send far more first emails a day than before.

import type { Act } from "../../../app.ts";
import { firstEmailSurge, HABIT_DAYS, surgeSentence } from "../../../domain/sequences/first-email-surge.ts";
import { firstEmailHabits } from "./surges-store.ts";

export async function presentSurges(
  { db, caller, now }: Pick<Act, "db" | "caller" | "now">,
  requestId: string,
) {
  const since = now.subtract({ hours: 24 * HABIT_DAYS });
  const habits = await firstEmailHabits(db, caller.teamId, requestId, { now, since });
  return habits.flatMap((habit) => {
    const surge = firstEmailSurge(habit);
    if (!surge) return [];
    const { mailboxId, email, usual, upTo } = surge;
    return [
      {
        email_account_id: mailboxId,
        email,
        usual_per_day: usual,
        up_to_per_day: upTo,
        sentence: surgeSentence(surge),
      },
    ];
  });
}
