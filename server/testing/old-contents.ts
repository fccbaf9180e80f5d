// What a data folder has that is to be moved: a team with contacts, and an owner who signs in with a password.

import { createClient } from "@cadenza/sdk";
import { BOOTSTRAP_KEY } from "./world.ts";

export const CONTACTS = 300;

export async function plainContacts(url: string) {
  const api = createClient({ baseUrl: url, apiKey: BOOTSTRAP_KEY, retries: 0 });
  for (let from = 0; from < CONTACTS; from += 100)
    await api.contacts.bulkCreate({
      contact_attributes: Array.from({ length: 100 }, (_, n) => ({
        first_name: `Iñes ${from + n}\tMüller\\`,
        last_name: "Okafor\nof two lines",
        email: `person-${from + n}@company.example`,
        title: n % 3 === 0 ? "" : "Head of Привет",
      })),
    });
}
