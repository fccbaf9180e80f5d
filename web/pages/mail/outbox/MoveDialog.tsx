import { Button, Select } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import { useSendable } from "../mailboxes/queries.ts";
import type { MailShown } from "../mails/queries.ts";

/** Chooses the sending mailbox. For a mail of a sequence it is the contact's mailbox from here on, not one mail's. */
export function MoveDialog({ mail, onClose }: { mail: MailShown; onClose: () => void }) {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<string | null>(null);
  const others = useSendable().filter(({ id }) => id !== mail.email_account_id);
  const move = useMutation({
    mutationFn: async (mailbox: string) => {
      if (!mail.emailer_campaign_id || !mail.contact_id)
        return void (await api.emailerMessages.update({ id: mail.id, email_account_id: mailbox }));
      await api.enrollments.move({
        id: mail.emailer_campaign_id,
        contact_ids: [mail.contact_id],
        send_email_from_email_account_id: mailbox,
      });
    },
    onSuccess: () => {
      void Promise.all(
        ["mails", "enrollments", "explain"].map((noun) => queries.invalidateQueries({ queryKey: [noun] })),
      );
      toast(t("Mailbox changed."));
      onClose();
    },
  });
  return (
    <Dialog title={t("Send from another mailbox")} onClose={onClose} size="md">
      <div className="stack">
        {mail.campaign_name && (
          <p>
            {t("{to_name} will get all remaining emails of {campaign_name} from it.", {
              to_name: mail.to_name ?? t("The contact"),
              campaign_name: mail.campaign_name,
            })}
          </p>
        )}
        {others.length === 0 ? (
          <p className="soft">{t("You have no other mailbox to send from.")}</p>
        ) : (
          <Select
            label={t("Mailbox")}
            data-autofocus
            data={others.map(({ id, email }) => ({ value: id, label: email }))}
            value={chosen}
            onChange={setChosen}
          />
        )}
        <Trouble error={move.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button disabled={!chosen} loading={move.isPending} onClick={() => chosen && move.mutate(chosen)}>
            {t("Change mailbox")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
