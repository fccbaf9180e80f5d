// A team in which no page is empty: the sample team, and the records that the sample lacks.

import { plantSample } from "../sample/plant.ts";
import { makeCaught } from "./caught.ts";
import { plantImport } from "./imported.ts";
import { plantCompanies, plantJobs, plantPeople } from "./people.ts";
import type { Team, World } from "./world.ts";

/** Answers a record for each address that needs one. */
export async function plantWholeTeam(world: World, team: Team): Promise<Record<string, string>> {
  await plantSample(world.running.app, { teamId: team.id, userId: team.owner.id });
  const found = await sampleRecords(team);
  await makeCaught(world, team, found["/settings/mailboxes/$id"]);
  await makeWhatAdminsMake(team);
  await makeCopilot(team, found);
  await team.api.forecasts.create({});
  return {
    ...found,
    "/workflows/$id": await makeWorkflow(team),
    "/imports/$id": await plantImport(world, team),
    "/prospects/companies/$id": await plantProspects(world, team),
  };
}

/** Those of whom there is something to tell: a contact with a task is in a sequence, or was. */
async function sampleRecords({ api }: Team) {
  const [sequences, tasks, labels, boxes, deals] = await Promise.all([
    api.sequences.search({ q_name: "Nordic plants" }),
    api.tasks.search({ per_page: 1 }),
    api.labels.list(),
    api.emailAccounts.list(),
    api.opportunities.search({ per_page: 1 }),
  ]);
  const { contact } = await api.contacts.get({ id: tasks.tasks[0]?.contact_id ?? "" });
  return {
    "/sequences/$id": sequences.emailer_campaigns[0]?.id ?? "",
    "/contacts/$id": contact.id,
    "/companies/$id": contact.account_id ?? "",
    "/deals/$id": deals.opportunities[0]?.id ?? "",
    "/lists/$id": labels[0]?.id ?? "",
    "/settings/mailboxes/$id": boxes.email_accounts[0]?.id ?? "",
  };
}

async function makeCopilot({ api }: Team, found: Awaited<ReturnType<typeof sampleRecords>>) {
  const { copilot } = await api.copilots.create({
    name: "Plant managers",
    filters: { q_title: "plant" },
    emailer_campaign_id: found["/sequences/$id"],
    email_account_ids: [found["/settings/mailboxes/$id"]],
  });
  await api.copilots.propose({ id: copilot.id });
}

async function makeWhatAdminsMake({ api }: Team) {
  await api.apiKeys.create({ name: "n8n", scopes: ["api/v1/users/search", "api/v1/teams/show"] });
  await api.apiKeys.create({ name: "Old importer", master: true });
  await api.webhookSubscriptions.create({
    url: "https://hooks.example.no/cadenza",
    types: ["message.replied", "enrollment.*"],
    description: "To the warehouse",
  });
  await api.oauthApplications.create({
    name: "Warehouse",
    redirect_uris: ["https://warehouse.example.no/back"],
    confidential: true,
  });
  await api.users.invite({ email: "mona@example.no", first_name: "Mona", last_name: "Lie" });
}

async function makeWorkflow({ api }: Team) {
  const { workflow } = await api.workflows.create({
    name: "New heads of sales",
    trigger: { type: "schedule", every: "week", at: "08:30", weekday: 1, time_zone: "Europe/Oslo" },
    filters: { q_title: "sales", email_statuses: ["verified"] },
    actions: [{ type: "add_to_list", label_names: ["Warm"] }],
  });
  return workflow.id;
}

/** Two people of one company in the people database, with a job opening and an article about it. */
async function plantProspects(world: World, team: Team) {
  const borealis = {
    name: "Borealis Kraft",
    domain: "borealis.example",
    industry: "utilities",
    city: "Oslo",
    country: "Norway",
    estimatedNumEmployees: 240,
    annualRevenue: 31_000_000,
    foundedYear: 1987,
    latestFundingStage: "series_b",
    keywords: ["hydropower", "maintenance"],
    technologyUids: ["sap"],
  };
  const [organizationId = ""] = await plantCompanies(world, team, [borealis]);
  await plantPeople(world, team, [
    { organizationId, firstName: "Ines", lastName: "Okafor", title: "Plant Manager", seniority: "manager" },
    { organizationId, firstName: "Lars", lastName: "Halvorsen", title: "Head of Sales", seniority: "head" },
  ]);
  const postedAt = Temporal.Now.instant().subtract({ hours: 72 });
  const job = { externalId: "1", title: "Maintenance engineer", city: "Oslo", country: "Norway", postedAt };
  await plantJobs(world, team, [{ organizationId, ...job }]);
  return organizationId;
}
