import { contract } from "@cadenza/contract";
import { route, routeFile } from "../../../http/route.ts";
import { readableFile } from "./readable.ts";
import { personalDataOf } from "./reading.ts";

export const routes = [
  route(contract.contacts.personalData, async ({ input, ...act }) => {
    const { contactId, name, madeAt, sections } = await personalDataOf(act, input.id);
    return { personal_data: { contact_id: contactId, name, made_at: madeAt.toString(), sections } };
  }),

  routeFile(contract.contacts.personalDataFile, async ({ input, ...act }) =>
    readableFile(await personalDataOf(act, input.id)),
  ),
];
