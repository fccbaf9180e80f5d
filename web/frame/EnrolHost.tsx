import { lazy, Suspense } from "react";
import { useAddress } from "../parts/address.ts";

const AddContactsDialog = lazy(async () => ({
  default: (await import("../pages/enrolling/AddContactsDialog.tsx")).AddContactsDialog,
}));

/** Over any page whose address says so: ?do=enrol, with contact=… or list=… where somebody is chosen already. */
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
