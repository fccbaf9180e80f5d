import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useSendable } from "../../mail/mailboxes/queries.ts";
import { type Copilot, type Proposal, useEdit } from "./queries.ts";

type Props = { copilot: Copilot; proposal: Proposal; onClose: () => void };

/** Chooses the mailbox of one contact's mails instead of the mailbox whose turn it is. */
export function MailboxDialog({ copilot, proposal, onClose }: Props) {
  const mailboxes = useSendable();
  const [chosen, setChosen] = useState(proposal.email_account_id);
  const edit = useEdit();
  const save = () =>
    edit.mutate(
      { id: copilot.id, proposal_id: proposal.id, email_account_id: chosen },
      { onSuccess: onClose },
    );
  return (
    <Dialog
      title={t("Emails to {name}", { name: proposal.contact.name ?? t("this contact") })}
      size="sm"
      onClose={onClose}
    >
      <div className="stack">
        <Select
          label={t("Mailbox")}
          placeholder={t("Next in the rotation")}
          clearable
          data-autofocus
          data={mailboxes.map(({ id, email }) => ({ value: id, label: email }))}
          value={chosen}
          onChange={setChosen}
        />
        <Trouble error={edit.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button onClick={save} loading={edit.isPending}>
            {t("Save")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
