// A team's own stages: adding, changing, ordering and deleting them. Listing is Apollo's, in apollo/stages.ts.

import { z } from "zod";
import { accountStage, category, contactStage } from "../apollo/stages.ts";
import * as fields from "../fields.ts";
import { stageCalls } from "./stage-calls.ts";

const wish = { category: category.nullish(), is_meeting_set: fields.flag.optional() };

const ofContacts = {
  display_order: fields.whole(0).optional(),
  ignore_trigger_override: fields.flag.optional(),
};

export const contactStageChanges = stageCalls(
  { path: "contact_stages", name: "a contact stage", names: "contact stages", records: "contacts" },
  {
    create: { input: z.object({ ...wish, name: fields.name(), ...ofContacts }) },
    update: { input: z.object({ ...wish, id: fields.id, name: fields.name().optional(), ...ofContacts }) },
  },
  {
    one: z.strictObject({ contact_stage: contactStage }),
    all: z.strictObject({ contact_stages: z.array(contactStage) }),
    record: contactStage,
    list: "contactStages.list",
  },
);

const ofAccounts = {
  display_order: fields.whole(1).optional(),
  default_exclude_for_leadgen: fields.flag.optional(),
};

export const accountStageChanges = stageCalls(
  { path: "account_stages", name: "an account stage", names: "account stages", records: "accounts" },
  {
    create: { input: z.object({ ...wish, name: fields.name(), ...ofAccounts }) },
    update: { input: z.object({ ...wish, id: fields.id, name: fields.name().optional(), ...ofAccounts }) },
  },
  {
    one: z.strictObject({ account_stage: accountStage }),
    all: z.strictObject({ account_stages: z.array(accountStage) }),
    record: accountStage,
    list: "accountStages.list",
  },
);
