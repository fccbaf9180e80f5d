import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { toast } from "../../../parts/toast.tsx";
import { dayAndTime } from "../../../parts/when.ts";
import { type Begun, type MailShown, useMailChanges } from "./queries.ts";
import { useWriteDraft } from "./use-write-draft.ts";
import type { Words } from "./words.ts";

type Going = {
  words: Words | null;
  /** Null: as soon as its mailbox may. */
  at: Date | null;
};

type Own = {
  /** A draft that is there, as it is shown: what is written replaces this and nothing newer. */
  draft?: MailShown;
  begin: (words: Words | null) => Begun;
};

/** A mail that a person writes. It is begun once: where sending it is refused, what is written next changes the same draft. */
export function useOwnMail({ draft, begin }: Own) {
  const { create, update, send } = useMailChanges();
  const { write, look } = useWriteDraft(draft ?? null);
  const begun = useRef(draft?.id ?? null);
  const sender = useRef<string | undefined>(undefined);
  const save = async (words: Words | null) => {
    const wish = begin(words);
    const mailbox = wish.email_account_id;
    if (begun.current === null) {
      begun.current = (await create.mutateAsync(wish)).emailer_message.id;
    } else if (words || mailbox !== sender.current) {
      const moved = mailbox && mailbox !== sender.current ? { email_account_id: mailbox } : null;
      await write({ id: begun.current, ...words, ...moved });
    } else await look();
    sender.current = mailbox;
    return begun.current;
  };
  const go = useMutation({
    mutationFn: async ({ words, at }: Going) => {
      const saved = await save(words);
      if (at) await update.mutateAsync({ id: saved, due_at: at.toISOString() });
      else await send.mutateAsync({ id: saved });
      return saved;
    },
  });
  return {
    go,
    keep: useMutation({ mutationFn: save }),
    send,
    /** A draft again, as long as it has not left. */
    takeBack: (mailId: string) => update.mutateAsync({ id: mailId, due_at: null }),
  };
}

export function sayScheduled(at: Date, undo: () => Promise<unknown>) {
  toast(t("Email scheduled for {when}.", { when: dayAndTime(at.toISOString(), currentTime()) }), { undo });
}
