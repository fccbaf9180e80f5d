import { Button } from "@mantine/core";
import { IconChecklist, IconMail } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { AddToSequence } from "../../sequences/enrolling/AddToSequence.tsx";
import { InSequences } from "../../sequences/everywhere/InSequences.tsx";
import type { Contact } from "./queries.ts";
import { nameOf } from "./words.tsx";

const WriteMailDialog = lazy(async () => ({
  default: (await import("../../mail/mails/WriteMailDialog.tsx")).WriteMailDialog,
}));
const NewTaskDialog = lazy(async () => ({
  default: (await import("../../work/tasks/NewTaskDialog.tsx")).NewTaskDialog,
}));

/** What is done most with a contact that is looked at beside the list: the list keeps its place. */
export function PeekVerbs({ contact }: { contact: Contact }) {
  const [open, setOpen] = useState<"mail" | "task" | null>(null);
  const close = () => setOpen(null);
  const { id } = contact;
  return (
    <div className="row" style={{ flexWrap: "wrap", marginBottom: 12 }}>
      <AddToSequence contactIds={[id]} />
      <Button
        variant="default"
        leftSection={<IconMail size="0.875rem" aria-hidden />}
        onClick={() => setOpen("mail")}
      >
        {t("Send email")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconChecklist size="0.875rem" aria-hidden />}
        onClick={() => setOpen("task")}
      >
        {t("New task")}
      </Button>
      {contact.contact_campaign_statuses.length > 0 && (
        <InSequences name={nameOf(contact)} find={() => ({ contact_ids: [id] })} />
      )}
      <Suspense fallback={null}>
        {open === "mail" && <WriteMailDialog contact={contact} onClose={close} />}
        {open === "task" && <NewTaskDialog contactId={id} onClose={close} />}
      </Suspense>
    </div>
  );
}
