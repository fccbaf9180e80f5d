import { lazy, Suspense } from "react";
import { useAddress } from "../parts/address.ts";

const AddContactsDialog = lazy(async () => ({
  default: (await import("../pages/sequences/enrolling/AddContactsDialog.tsx")).AddContactsDialog,
}));

/** Opens over any page whose address says so: ?do=enrol, with contact=… or list=… when the contacts are chosen already. */
export function EnrolHost() {
  const [address, change] = useAddress();
  if (address.do !== "enrol") return null;
  const { contact, list } = address;
  return (
    <Suspense fallback={null}>
      <AddContactsDialog
        key={`${contact} ${list}`}
        {...(contact && { contactIds: contact.split(",") })}
        {...(list && { labelIds: list.split(",") })}
        onClose={() => change({ do: undefined, contact: undefined, list: undefined })}
      />
    </Suspense>
  );
}
