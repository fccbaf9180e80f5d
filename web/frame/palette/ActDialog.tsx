import { lazy, Suspense } from "react";
import { useContact } from "../../pages/insight/story/queries.ts";
import type { RecordAct } from "./acts.ts";
import { nameOf } from "./rows.ts";

const AddContactsDialog = lazy(async () => ({
  default: (await import("../../pages/sequences/enrolling/AddContactsDialog.tsx")).AddContactsDialog,
}));
const EverywhereDialog = lazy(async () => ({
  default: (await import("../../pages/sequences/everywhere/EverywhereDialog.tsx")).EverywhereDialog,
}));
const SwitchDialog = lazy(async () => ({
  default: (await import("../../pages/sequences/sequences/SwitchDialog.tsx")).SwitchDialog,
}));
const WriteMailDialog = lazy(async () => ({
  default: (await import("../../pages/mail/mails/WriteMailDialog.tsx")).WriteMailDialog,
}));
const LogCallDialog = lazy(async () => ({
  default: (await import("../../pages/work/calls/LogCallDialog.tsx")).LogCallDialog,
}));
const NewTaskDialog = lazy(async () => ({
  default: (await import("../../pages/work/tasks/NewTaskDialog.tsx")).NewTaskDialog,
}));
const DealDialog = lazy(async () => ({
  default: (await import("../../pages/work/deals/DealDialog.tsx")).DealDialog,
}));

type Props = { act: RecordAct; onClose: () => void };

/** The dialog of what was chosen for a record in the search, over the page where the search was opened. */
export function ActDialog(props: Props) {
  return (
    <Suspense fallback={null}>
      <Chosen {...props} />
    </Suspense>
  );
}

function Chosen({ act: { name, record }, onClose }: Props) {
  const contactId = contactOf(record);
  const accountId = record.type === "account" ? record.id : undefined;
  switch (name) {
    case "enrol":
      return <AddContactsDialog {...enrolled(record)} onClose={onClose} />;
    case "pause":
    case "resume":
      return (
        <EverywhereDialog verb={name} name={nameOf(record)} find={() => peopleOf(record)} onClose={onClose} />
      );
    case "switch":
      return <SwitchDialog id={record.id} onClose={onClose} />;
    case "mail":
      return contactId && <ToContact id={contactId} does="mail" onClose={onClose} />;
    case "call":
      return contactId && <ToContact id={contactId} does="call" onClose={onClose} />;
    case "task": {
      const dealId = record.type === "deal" ? record.id : undefined;
      const ownerId = record.type === "user" ? record.id : undefined;
      // A task of a deal is about the deal, also where it has a main contact.
      const about = dealId ? { dealId } : { contactId, accountId };
      return <NewTaskDialog {...about} ownerId={ownerId} onClose={onClose} />;
    }
    case "deal":
      return <DealDialog contactId={contactId} accountId={accountId} onClose={onClose} />;
  }
}

function contactOf({ type, id, contact_id }: RecordAct["record"]) {
  return type === "contact" ? id : (contact_id ?? undefined);
}

function enrolled({ type, id }: RecordAct["record"]) {
  if (type === "sequence") return { sequenceId: id };
  if (type === "account") return { filter: { account_ids: [id] } };
  return type === "label" ? { labelIds: [id] } : { contactIds: [id] };
}

function peopleOf({ type, id }: RecordAct["record"]) {
  return type === "account" ? { account_ids: [id] } : { contact_ids: [id] };
}

function ToContact({ id, does, onClose }: { id: string; does: "mail" | "call"; onClose: () => void }) {
  const { data } = useContact(id);
  if (!data) return null;
  const { contact } = data;
  if (does === "mail") return <WriteMailDialog contact={contact} onClose={onClose} />;
  const number = contact.phone_numbers[0]?.raw_number ?? null;
  return <LogCallDialog contactId={id} name={contact.name} number={number} onClose={onClose} />;
}
