import { useRef } from "react";
import { useReadFirst } from "../../../parts/read-first.ts";
import { type MailShown, mailQuery, type Rewriting, useMailChanges } from "./queries.ts";
import { isSame, type Written, writtenIn } from "./words.ts";

/**
 * Writes the words of a draft if they are still those that are shown, or those that were saved here a moment ago. Null: a draft that
 * was begun here, and that nobody else has seen.
 */
export function useWriteDraft(shown: MailShown | null) {
  const { update, updateShown } = useMailChanges();
  const readFirst = useReadFirst();
  const saved = useRef<Written | null>(null);
  const isShown = (now: MailShown) =>
    [shown && writtenIn(shown), saved.current].some((one) => one && isSame(one, writtenIn(now)));
  return {
    write: async (wish: Rewriting) => {
      if (!shown) return void (await update.mutateAsync(wish));
      const answer = await updateShown.mutateAsync({ ...wish, isShown });
      saved.current = writtenIn(answer.emailer_message);
    },
    /** Before it is sent as it is: nobody sends words that they have not seen. */
    look: async () => shown && void (await readFirst(mailQuery(shown.id), isShown, async () => {})),
  };
}
