import { Button, Menu } from "@mantine/core";
import { IconHelpCircle, IconMail, IconPhone } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { useMe } from "../../../session.ts";
import { writeSubject } from "../../insight/explain/subject.ts";
import { AddToSequence } from "../../sequences/enrolling/AddToSequence.tsx";
import { InSequences } from "../../sequences/everywhere/InSequences.tsx";
import { LogCallDialog } from "../../work/calls/LogCallDialog.tsx";
import { NewTaskDialog } from "../../work/tasks/NewTaskDialog.tsx";
import { MoreVerbs } from "../enrichment/MoreVerbs.tsx";
import { useEnrichContact } from "../enrichment/queries.ts";
import { DeleteContactsDialog } from "./DeleteContactsDialog.tsx";
import type { Contact } from "./queries.ts";
import { nameOf } from "./words.tsx";

const WriteMailDialog = lazy(async () => ({
  default: (await import("../../mail/mails/WriteMailDialog.tsx")).WriteMailDialog,
}));

const DealDialog = lazy(async () => ({
  default: (await import("../../work/deals/DealDialog.tsx")).DealDialog,
}));

type Open = "mail" | "call" | "task" | "deal" | "delete";

/** The actions that a user can start for a contact. */
export function ContactVerbs({ contact }: { contact: Contact }) {
  const [open, setOpen] = useState<Open | null>(null);
  const navigate = useNavigate();
  const enrich = useEnrichContact();
  const { user } = useMe();
  const [, change] = useAddress();
  const close = () => setOpen(null);
  const name = nameOf(contact);
  return (
    <>
      <span data-main-action>
        <Button leftSection={<IconMail size="0.875rem" stroke={1.75} />} onClick={() => setOpen("mail")}>
          {t("Send email")}
        </Button>
      </span>
      <AddToSequence contactIds={[contact.id]} />
      {contact.contact_campaign_statuses.length > 0 && (
        <InSequences name={name} find={() => ({ contact_ids: [contact.id] })} />
      )}
      <Button
        variant="default"
        leftSection={<IconPhone size="0.875rem" stroke={1.75} />}
        onClick={() => setOpen("call")}
      >
        {t("Log a call")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconHelpCircle size="0.875rem" stroke={1.75} />}
        title={t("Why this contact gets emails, or none")}
        onClick={() => change({ why: writeSubject({ type: "contact", id: contact.id }) })}
      >
        {t("Why?")}
      </Button>
      <MoreVerbs onEnrich={() => enrich.mutate(contact.id)} onOpen={setOpen}>
        {user.role === "admin" && (
          <Menu.Item component="a" href={`/api/v1/contacts/${contact.id}/personal_data/file`} download>
            {t("Download personal data")}
          </Menu.Item>
        )}
      </MoreVerbs>
      {open === "mail" && (
        <Suspense fallback={null}>
          <WriteMailDialog contact={contact} onClose={close} />
        </Suspense>
      )}
      {open === "call" && (
        <LogCallDialog
          contactId={contact.id}
          name={name}
          number={contact.phone_numbers[0]?.raw_number ?? null}
          onClose={close}
        />
      )}
      {open === "deal" && (
        <Suspense fallback={null}>
          <DealDialog contactId={contact.id} onClose={close} />
        </Suspense>
      )}
      {open === "task" && <NewTaskDialog contactId={contact.id} onClose={close} />}
      {open === "delete" && (
        <DeleteContactsDialog
          names={[contact]}
          find={() => Promise.resolve([contact])}
          onClose={close}
          onDeleted={() => void navigate({ to: "/contacts" })}
        />
      )}
    </>
  );
}
