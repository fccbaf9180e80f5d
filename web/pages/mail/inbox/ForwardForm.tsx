import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { t } from "../../../language/t.ts";
import { useKept } from "../../../parts/kept.ts";
import { toast } from "../../../parts/toast.tsx";
import { useMe } from "../../../session.ts";
import { useSendable, usualOf } from "../mailboxes/queries.ts";
import { MailForm } from "../mails/MailForm.tsx";
import { SenderChoice } from "../mails/SenderChoice.tsx";
import { SendTrouble } from "../mails/SendTrouble.tsx";
import { sayScheduled, useOwnMail } from "../mails/use-own-mail.ts";
import { type Words, type Written, wordsOf } from "../mails/words.ts";
import { placeOfForward } from "./forwarded.ts";
import type { Incoming } from "./queries.ts";
import { contactFor, isNobody, NOBODY, Recipient, type RecipientChoice } from "./Recipient.tsx";

type Props = { mail: Incoming; given: Written; onClose: () => void };

export function ForwardForm({ mail, given, onClose }: Props) {
  const { user } = useMe();
  const usable = useSendable();
  const usual =
    usable.find(({ id }) => id === mail.email_account_id) ?? usualOf(usable, user.id) ?? usable[0];
  const [chosen, setChosen] = useState<string | null>(null);
  const from = chosen ?? usual?.id ?? null;
  const [to, setTo] = useState<RecipientChoice>(NOBODY);
  const [isMissing, setIsMissing] = useState(false);
  const contactId = useRef("");
  const kept = useKept(placeOfForward(mail), given);
  const { go, keep, send, takeBack } = useOwnMail({
    begin: (words) => ({ contact_id: contactId.current, ...words, ...(from && { email_account_id: from }) }),
  });
  const addressed = useMutation({ mutationFn: () => contactFor(to) });
  const withContact = async (then: () => Promise<unknown>) => {
    setIsMissing(isNobody(to));
    if (isNobody(to)) return;
    contactId.current = await addressed.mutateAsync();
    await then();
  };
  const isOnItsWay = (id: string, at: Date | null) => {
    kept.forget();
    if (at) sayScheduled(at, () => takeBack(id));
    else toast(t("Email sent to the outbox."), { undo: () => takeBack(id) });
    onClose();
  };
  const sendAt = (words: Words | null, at: Date | null) =>
    void withContact(async () => {
      isOnItsWay(await go.mutateAsync({ words: words ?? wordsOf(given), at }), at);
    }).catch(() => {});
  const saveDraft = (words: Words) =>
    void withContact(async () => {
      await keep.mutateAsync(words);
      kept.forget();
      toast(t("Draft saved in the outbox."));
      onClose();
    }).catch(() => {});
  return (
    <>
      <MailForm
        to={<Recipient value={to} isMissing={isMissing && isNobody(to)} onChange={setTo} />}
        from={<SenderChoice mailboxes={usable} value={from} onChange={setChosen} />}
        given={given}
        kept={kept}
        contactId={to.contactId}
        isFirst={false}
        mailboxId={from}
        verb={t("Forward")}
        isBusy={go.isPending || addressed.isPending}
        isSaving={keep.isPending}
        onSend={(words) => sendAt(words, null)}
        onSendLater={sendAt}
        onSave={saveDraft}
      />
      <SendTrouble
        send={send}
        error={addressed.error ?? go.error ?? keep.error}
        onSent={() => isOnItsWay(send.variables?.id ?? "", null)}
      />
    </>
  );
}
