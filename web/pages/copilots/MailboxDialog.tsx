import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { useMailboxes } from "../mailboxes/queries.ts";
import { type Copilot, type Proposal, useEdit } from "./queries.ts";

type Props = { copilot: Copilot; proposal: Proposal; onClose: () => void };

/** From which mailbox somebody's mails go, if not from whichever has its turn. */
export function MailboxDialog({ copilot, proposal, onClose }: Props) {
  const mailboxes = useMailboxes().data ?? [];
  const [chosen, setChosen] = useState(proposal.email_account_id);
  const edit = useEdit();
  const save = () =>
    edit.mutate(
      { id: copilot.id, proposal_id: proposal.id, email_account_id: chosen },
      { onSuccess: onClose },
    );
  return (
    <Dialog title={`Mails to ${proposal.contact.name ?? "them"}`} size="sm" onClose={onClose}>
      <div className="stack">
        <Select
          label="Mailbox"
          placeholder="Whichever has its turn"
          clearable
          data-autofocus
          data={mailboxes.map(({ id, email }) => ({ value: id, label: email }))}
          value={chosen}
          onChange={setChosen}
        />
        <Trouble error={edit.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={save} loading={edit.isPending}>
            Save
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
