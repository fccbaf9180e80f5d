import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { showContact } from "../../desk/contacts/showing.ts";
import { deleteContact, deleteContacts } from "./deleting.ts";
import { mergeContacts } from "./merging.ts";

export const routes = [
  route(contract.contacts.delete, async ({ input, ...act }) => ({
    contact: { id: await deleteContact(act, input.id), deleted: true as const },
  })),

  route(contract.contacts.bulkDelete, async ({ input, ...act }) => ({
    deleted_contact_ids: await deleteContacts(act, input.contact_ids),
  })),

  route(contract.contacts.merge, async ({ input, ...act }) =>
    showContact(act, await mergeContacts(act, input.winner_id, input.loser_ids)),
  ),
];
