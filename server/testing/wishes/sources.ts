// Where contacts come from: files, lookups, checks of addresses, people one might write to.

import { plantImport } from "../imported.ts";
import { plantCompanies, plantNews, plantPeople } from "../people.ts";
import { counted, fresh, type MakerContext, PROVIDER, type Wishes } from "./makers.ts";
import { make as makeSequenceFor } from "./sequences.ts";

export function sources({ world, team, make }: MakerContext): Wishes {
  return {
    "emailVerifications.start": async () => ({ input: { contact_ids: [await make.contact()] } }),
    "emailVerifications.check": async () => ({ input: { email: "ines@example.com" } }),
    "emailVerifications.updateSettings": async () => ({ input: { probes_per_domain_per_hour: 5 } }),
    "accounts.enrich": async () => ({ input: { id: await make.account() } }),
    "contacts.enrich": async () => ({ input: { contact_ids: [await make.contact()] } }),
    "people.match": async () => ({ input: { email: "nobody@kraft.no" } }),
    "people.enrich": async () => ({ input: { email: "nobody@kraft.no" } }),
    "people.bulkMatch": async () => ({ input: { details: [{ email: "nobody@kraft.no" }] } }),
    "organizations.enrich": async () => ({ input: { domain: "kraft.no" } }),
    "organizations.bulkEnrich": async () => ({ input: { domains: ["kraft.no"] } }),
    "enrichmentProviders.create": async () => ({ input: { ...PROVIDER, name: fresh() } }),
    "enrichmentProviders.update": async () => ({ input: { id: await make.provider(), price: 2 } }),
    "enrichmentProviders.delete": async () => ({ input: { id: await make.provider() } }),
    "enrichmentProviders.test": async () => ({ input: { id: await make.provider(), domain: "kraft.no" } }),
    "enrichmentProviders.order": async () => {
      await make.provider();
      const { providers } = await team.api.enrichmentProviders.list();
      return { input: { provider_ids: providers.map(({ id }) => id).reverse() } };
    },
    "imports.create": async () => ({ input: { text: `Email\n${counted("made")}@imported.example\n` } }),
    "imports.promise": async () => ({
      input: {
        text: `Email\n${counted("made")}@imported.example\n`,
        add_to_sequence: {
          id: await makeSequenceFor.activeSequence(team),
          send_email_from_email_account_id: [await make.mailbox()],
          sequence_unverified_email: true,
        },
      },
    }),
    "imports.undo": async () => ({ input: { id: await plantImport(world, team) } }),
    "prospecting.addToContacts": async () => ({
      input: { person_ids: await plantPeople(world, team, [{ firstName: fresh() }]) },
    }),
    "prospecting.deletePeople": async () => ({
      input: { person_ids: await plantPeople(world, team, [{ firstName: fresh() }]) },
    }),
    "inventedPeople.plant": async () => ({ input: { people: 10, organizations: 2 } }),
    "inventedPeople.remove": async () => ({ input: {} }),
    "mixedCompanies.search": async () => {
      await plantCompanies(world, team, [{ name: fresh() }]);
      return { input: {} };
    },
    "newsArticles.search": async () => {
      const [id = ""] = await plantCompanies(world, team, [{ name: fresh() }]);
      const article = { externalId: null, organizationIds: [id], title: "made" };
      await plantNews(world, team, [{ ...article, publishedAt: world.running.app.now() }]);
      return { input: { organization_ids: [id] } };
    },
  };
}
