// Contacts, companies, lists, stages, fields and who is barred.

import { counted, fresh, type MakerContext, type Wishes } from "./makers.ts";

export function records({ team, make }: MakerContext): Wishes {
  return {
    "suppressions.create": async () => ({ input: { value: `${counted("barred")}@example.no` } }),
    "suppressions.import": async () => ({ input: { text: `${counted("listed")}@example.no` } }),
    "suppressions.remove": async () => {
      const { suppression } = await team.api.suppressions.create({
        value: `${counted("barred")}@example.no`,
      });
      return { input: { id: suppression.id } };
    },
    "customFields.create": async () => ({ input: { label: "Dry", modality: "contact", type: "date" } }),
    "customFields.update": async () => ({
      input: {
        fields: [{ id: await make.picklist(), label: fresh(), meta: { picklist_values: [{ name: "Two" }] } }],
      },
    }),
    "customFields.delete": async () => ({ input: { id: await make.picklist() } }),
    "accounts.create": async () => ({ input: { name: "Dry", domain: "dry.example", label_names: ["Dry"] } }),
    "accounts.update": async () => ({ input: { id: await make.account(), name: "Dry", label_names: [] } }),
    "accounts.bulkCreate": async () => ({
      input: { accounts: [{ name: "Dry" }], append_label_names: ["Dry"] },
    }),
    "accounts.bulkUpdate": async () => ({
      input: { account_ids: [await make.account()], name: "Dry", async: true },
    }),
    "accounts.updateOwners": async () => ({
      input: { account_ids: [await make.account()], owner_id: await make.person() },
    }),
    "accounts.delete": async () => ({ input: { id: await make.account() } }),
    "accounts.merge": async () => ({
      input: { winner_id: await make.account(), loser_ids: [await make.account()] },
    }),
    "labels.create": async () => ({ input: { name: "Dry list", modality: "contacts" } }),
    "labels.update": async () => ({ input: { id: await make.label(), name: fresh() } }),
    "labels.delete": async () => ({ input: { id: await make.label() } }),
    "labels.addEntityIds": async () => ({ input: await make.membership() }),
    "labels.removeEntityIds": async () => {
      const input = await make.membership();
      await team.api.labels.addEntityIds(input);
      return { input };
    },
    "contactStages.create": async () => ({ input: { name: "Dry", display_order: 1 } }),
    "contactStages.update": async () => ({ input: { id: await make.contactStage(), display_order: 0 } }),
    "contactStages.reorder": async () => ({ input: { ids: [await make.contactStage()] } }),
    "contactStages.delete": async () => ({ input: { id: await make.contactStage() } }),
    "accountStages.create": async () => ({ input: { name: "Dry", display_order: 1 } }),
    "accountStages.update": async () => ({ input: { id: await make.accountStage(), display_order: 1 } }),
    "accountStages.reorder": async () => ({ input: { ids: [await make.accountStage()] } }),
    "accountStages.delete": async () => ({ input: { id: await make.accountStage() } }),
    "opportunityStages.create": async () => ({ input: { name: "Dry", display_order: 1 } }),
    "opportunityStages.update": async () => ({ input: { id: await make.dealStage(), display_order: 0 } }),
    "opportunityStages.reorder": async () => ({ input: { ids: [await make.dealStage()] } }),
    "opportunityStages.delete": async () => ({ input: { id: await make.dealStage() } }),
    "contacts.create": async () => ({ input: { first_name: "Dry", label_names: ["Dry"] } }),
    "contacts.update": async () => ({ input: { id: await make.contact(), title: fresh() } }),
    "contacts.delete": async () => ({ input: { id: await make.contact() } }),
    "contacts.bulkCreate": async () => ({
      input: { contacts: [{ first_name: "Dry" }], append_label_names: ["Dry"] },
    }),
    "contacts.bulkUpdate": async () => ({ input: { contact_ids: [await make.contact()], title: fresh() } }),
    "contacts.updateStages": async () => ({
      input: { contact_ids: [await make.contact()], contact_stage_id: await make.contactStage() },
    }),
    "contacts.updateOwners": async () => ({
      input: { contact_ids: [await make.contact()], owner_id: await make.person() },
    }),
    "contacts.merge": async () => ({
      input: { winner_id: await make.contact(), loser_ids: [await make.contact()] },
    }),
    "contacts.bulkDelete": async () => ({ input: { contact_ids: [await make.contact()] } }),
  };
}
