import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { PersonWish } from "../../server/domain/prospecting/person.ts";
import { bringIn } from "../../server/testing/imported.ts";
import { plantPeople } from "../../server/testing/people.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  useBrowser,
} from "./browser.ts";

const KRAFT = {
  name: "Norrland Kraft",
  domain: "kraft.example",
  industry: "Utilities",
  estimatedNumEmployees: 120,
};
const FJORD = { name: "Fjord Foods", domain: "fjord.example", industry: "Food", estimatedNumEmployees: 900 };

const PEOPLE: PersonWish[] = [
  ...["Ines Okafor", "Maren Dahlberg", "Tomas Virtanen"].map((name, n) => ({
    firstName: name.split(" ")[0] ?? "",
    lastName: name.split(" ")[1] ?? "",
    title: n === 0 ? "VP of Operations" : "Plant Manager",
    email: `person${n}@kraft.example`,
    emailStatus: "verified",
    city: "Umeå",
    country: "Sweden",
    organization: KRAFT,
    employments: [
      {
        organizationId: null,
        organizationName: "Norrland Kraft",
        title: "Plant Manager",
        isCurrent: true,
        startDate: "2024-03-01",
        endDate: null,
      },
    ],
  })),
  {
    firstName: "Ole",
    lastName: "Berglund",
    title: "Plant Manager",
    city: "Bergen",
    country: "Norway",
    organization: FJORD,
  },
];

describe("prospects", () => {
  const world = useWorld();
  const browser = useBrowser();
  let team: Team;

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    await plantPeople(world, team, PEOPLE);
    await team.api.sequences.create({ name: "Nordic plants", emailer_steps: [] });
  });

  test("filters compose, are saved as a view, and tell how many there are", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    await page.keyboard.press("g");
    await page.keyboard.press("f");
    await page.getByText("4 people", { exact: true }).waitFor();
    await page.getByText("Ines Ok***r").waitFor();
    assert.equal(await page.getByText("Okafor").count(), 0);
    await picture(page, "light-prospects");
    await assertAccessible(page, "prospects");

    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("menuitem", { name: "Title", exact: true }).click();
    await page.getByRole("textbox", { name: "Title" }).fill("plant manager");
    await page.keyboard.press("Enter");
    await page.getByText("3 people", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Add filter", exact: true }).click();
    await page.getByRole("menuitem", { name: "Country", exact: true }).click();
    await page.getByRole("checkbox", { name: "Sweden 2" }).check();
    await page.getByText("2 people", { exact: true }).waitFor();
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "All people" }).click();
    await page.getByRole("menuitem", { name: "Save as new view …" }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Swedish plants");
    await page.getByRole("dialog").getByRole("button", { name: /^Save/ }).click();
    await page.getByRole("button", { name: "Swedish plants" }).waitFor();
    const [view] = (await team.api.views.list({ subject: "people" })).views;
    assert.deepEqual(view?.filter, { title: "plant manager", country: ["Sweden"] });
    await leave();
  });

  test("a look beside the list shows the company and the past, and no address", async () => {
    const { page, leave } = await browser.visit(world.url, { colorScheme: "dark" });
    await signIn(page, team.owner);
    await page.goto("/prospects?q=okafor");
    await page.getByText("Ines Ok***r").click();
    const panel = page.getByRole("region", { name: "Ines Ok***r" });
    await panel.getByRole("heading", { name: "Norrland Kraft" }).waitFor();
    await panel.getByText("since 2024").waitFor();
    assert.equal(await page.getByText("person0@kraft.example").count(), 0);
    await picture(page, "dark-prospect");
    await assertAccessible(page, "a prospect in the dark");
    await leave();
  });

  test("the price is shown before anybody is saved, and who was saved goes on into a sequence", async () => {
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto("/prospects");
    await page.getByRole("checkbox", { name: "Select Ines Ok***r" }).click();
    await page.getByRole("checkbox", { name: "Select Ole Be***d" }).click();
    await page.getByRole("button", { name: "Add to sequence" }).click();
    const dialog = page.getByRole("dialog", { name: "Save and add to sequence" });
    await dialog.getByText("2 new contacts").waitFor();
    await dialog.getByText("Costs 1 credit").waitFor();
    assert.equal((await team.api.contacts.search({})).contacts.length, 0);
    await picture(page, "light-prospects-price");
    await assertAccessible(page, "the price");
    await dialog.getByRole("button", { name: "Save 2 people and continue" }).click();
    const joining = page.getByRole("dialog", { name: "Add contacts" });
    // The notice goes after a while, whatever the dialog still loads.
    await Promise.all([
      joining.getByText("Selected: Ines Okafor, Ole Berglund.").waitFor(),
      page.getByText("2 contacts created, 1 credit used.").waitFor(),
    ]);
    await joining.getByRole("button", { name: "Close" }).click();
    assert.deepEqual((await team.api.contacts.search({})).contacts.map(({ name }) => name).sort(), [
      "Ines Okafor",
      "Ole Berglund",
    ]);
    await joining.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Ines Okafor", exact: true }).waitFor();
    await page.getByRole("radiogroup", { name: "People to show" }).getByText("Net new 2").click();
    await page.getByText("2 people", { exact: true }).waitFor();
    assert.equal(await page.getByText("Ines Okafor").count(), 0);
    await leave();
  });

  test("with too few credits it is said who is left out, and the others can be saved", async () => {
    const poor = await world.newTeam("Few credits");
    await plantPeople(world, poor, PEOPLE);
    await poor.api.credits.allow({ kind: "lead_credit", limit: 1 });
    const { page, leave } = await browser.visit(world.url, { colorScheme: "dark" });
    await signIn(page, poor.owner);
    await page.goto("/prospects");
    for (const name of ["Ines Ok***r", "Maren Da***g", "Tomas Vi***n", "Ole Be***d"])
      await page.getByRole("checkbox", { name: `Select ${name}` }).click();
    await page.getByRole("button", { name: "Save as contacts" }).click();
    const dialog = page.getByRole("dialog", { name: "Save as contacts" });
    await dialog.getByText("Not enough credits: 2 people").waitFor();
    await dialog.getByText("Costs 1 credit").waitFor();
    await picture(page, "dark-prospects-what-fits");
    await assertAccessible(page, "what fits");
    await dialog.getByRole("button", { name: "Save 2 people" }).click();
    await page.getByText("2 contacts created, 1 credit used. 2 skipped.").waitFor();
    assert.equal((await poor.api.contacts.search({})).contacts.length, 2);
    await leave();
  });

  test("an empty store offers invented people, who come in the background", async () => {
    const other = await world.newTeam("Empty");
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, other.owner);
    await page.goto("/prospects");
    await page.getByText("Find new people here.").waitFor();
    await assertAccessible(page, "an empty store");
    await page.getByRole("button", { name: "Try it with 100,000 sample people" }).click();
    await page.getByText("Creating sample people and companies").first().waitFor();
    const [job] = (await other.api.progress.list({})).entity_progress_jobs;
    assert.equal(job?.job_type, "invent_people");
    await other.api.progress.cancel({ id: job?.id ?? "" });
    await leave();
  });

  test("a phone shows them as cards", async () => {
    const { page, leave } = await browser.visit(world.url, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await signIn(page, team.owner);
    await page.goto("/prospects");
    await page.getByText("Maren Da***g").waitFor();
    await picture(page, "phone-prospects");
    await assertAccessible(page, "prospects on a phone");
    await assertFitsSideways(page, "prospects");
    await leave();
  });

  test("a company has a page: its facts, its people, positions and news, and becomes one of the team's own", async () => {
    const line = {
      id: "c9",
      name: "Sund Energi",
      domain: "sund.example",
      industry: "Energy",
      estimated_num_employees: 300,
      total_funding: 5e6,
      technologies: ["Salesforce"],
      funding_events: [{ type: "Series A", amount: 5e6, currency: "$", date: "2025-02-01" }],
      departmental_head_count: { sales: 40 },
      headcount_growth: { "12": 0.2 },
      job_postings: [{ title: "Head of Procurement", city: "Oslo", posted_at: "2026-05-01" }],
      news: [{ title: "Sund grows", url: "https://news.example/sund", published_at: "2026-05-02" }],
    };
    await bringIn(team, JSON.stringify(line), { kind: "organizations", source: "crm" });
    const { rows } = await bringIn(
      team,
      "name,title,organization_domain,email,email_status\nAda Lund,CFO,sund.example,ada@sund.example,verified\nBo Moe,Buyer,sund.example,,\n",
      { kind: "people" },
    );
    await team.api.prospecting.addToContacts({ person_ids: [rows[1]?.person_id as string] });
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/prospects?peek=${rows[0]?.person_id}`);
    await page.getByRole("link", { name: "Sund Energi" }).click();
    await page.getByRole("heading", { level: 1, name: "Sund Energi" }).waitFor();
    await page.getByText("2 people, 1 saved, 1 net new").waitFor();
    await page.getByText("Salesforce").waitFor();
    await page.getByText("Series A, $5M").waitFor();
    await page.getByText("+20%").waitFor();
    await picture(page, "light-prospect-company");
    await assertAccessible(page, "a company of the store");
    await page.getByRole("tab", { name: "Positions 1" }).click();
    await page.getByText("Head of Procurement").waitFor();
    await page.getByRole("tab", { name: "News" }).click();
    await page.getByRole("button", { name: "Show news" }).click();
    await page.getByRole("link", { name: "Sund grows" }).waitFor();
    await assertAccessible(page, "news of a company of the store");
    await page.getByRole("tab", { name: "People" }).click();
    await page.getByRole("button", { name: "Save net new people" }).click();
    await page.getByRole("button", { name: "Save 1 person" }).click();
    await page.getByText("2 people, 2 saved, 0 net new").waitFor();
    await page.getByRole("button", { name: "Save to Companies" }).click();
    await page.waitForURL(/\/companies\//);
    await page.getByRole("heading", { level: 1, name: "Sund Energi" }).waitFor();
    await page.goBack();
    await page.getByRole("link", { name: "Open in Companies" }).waitFor();
    const { accounts } = await team.api.accounts.search({ q_organization_name: "Sund" });
    assert.deepEqual(
      accounts.map(({ domain, estimated_num_employees }) => [domain, estimated_num_employees]),
      [["sund.example", 300]],
    );
    await leave();
  });
});
