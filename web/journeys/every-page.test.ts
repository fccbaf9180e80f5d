// Every page as it looks: light, dark, phone, and with text at twice its size; and as axe reads it.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { type Team, tokenIn, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  followTo,
  picture,
  signInByHand,
  useBrowser,
  type Visitor,
} from "./browser.ts";

type Place = { name: string; path: string; shows: RegExp | string; isOutside?: true };

describe("every page", () => {
  const world = useWorld();
  const browser = useBrowser();
  // What a person sets in the browser for larger text; zooming is narrower still, and is the phone above.
  const largeText = useBrowser("--blink-settings=defaultFontSize=32");
  let team: Team;
  let invitation: string;

  /** A team with something of every state in its lists. */
  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    const { api } = team;
    const ines = await api.users.invite({
      email: "ines@example.no",
      first_name: "Ines",
      last_name: "Okafor",
    });
    await world.client().invitations.accept({
      token: tokenIn(ines.invitation_url),
      name: "Ines Okafor",
      password: "a long sentence is a good password",
    });
    const lars = await api.users.invite({ email: "lars.peder.halvorsen@example.no" });
    await api.users.deactivate({ id: lars.user.id });
    const mona = await api.users.invite({
      email: "mona@example.no",
      first_name: "Mona",
      last_name: "Lie",
      role: "admin",
    });
    invitation = tokenIn(mona.invitation_url);
    await api.apiKeys.create({ name: "n8n", scopes: ["api/v1/users/search", "api/v1/teams/show"] });
    await api.apiKeys.create({ name: "Reports", scopes: ["read_only"], user_id: ines.user.id });
    const old = await api.apiKeys.create({ name: "Old importer", master: true });
    await api.apiKeys.revoke({ id: old.api_key.id });
  });

  const INSIDE: Place[] = [
    { name: "home", path: "/", shows: "Connect an Apollo client" },
    { name: "sequences", path: "/sequences", shows: "A sequence emails contacts step by step" },
    { name: "sequences-create", path: "/sequences?do=create", shows: "Five short emails over three weeks" },
    { name: "sequences-folders", path: "/sequences?do=folders", shows: "No folders yet." },
    { name: "workflows", path: "/workflows", shows: "A workflow runs actions" },
    { name: "workflows-create", path: "/workflows/new?do=create", shows: "It starts with one action" },
    { name: "workflows-new", path: "/workflows/new", shows: "Call contacts who want to meet" },
    { name: "prospects", path: "/prospects", shows: "Find new people here." },
    { name: "contacts", path: "/contacts", shows: "Contacts are the people you email and call" },
    { name: "contacts-create", path: "/contacts?do=create", shows: "Create contact" },
    { name: "companies", path: "/companies", shows: "Companies group your contacts" },
    { name: "companies-create", path: "/companies?do=create", shows: "Create company" },
    { name: "lists", path: "/lists", shows: "A list groups contacts or companies" },
    { name: "lists-create", path: "/lists?do=create", shows: "Create list" },
    { name: "tasks", path: "/tasks", shows: "No tasks to do." },
    { name: "tasks-new", path: "/tasks?do=create", shows: "Create task" },
    { name: "inbox", path: "/inbox", shows: "Replies to your emails appear here" },
    { name: "outbox", path: "/outbox", shows: "Sequence emails appear here" },
    { name: "forecast", path: "/forecast", shows: "No forecast yet" },
    { name: "copilots", path: "/copilots", shows: "Create your first copilot" },
    { name: "copilots-create", path: "/copilots?do=create", shows: "Review each contact before adding" },
    { name: "reports", path: "/reports", shows: "No data in this period." },
    { name: "deals", path: "/deals", shows: "Create a deal" },
    { name: "deals-new", path: "/deals?do=create", shows: "Create deal" },
    { name: "team", path: "/settings/team", shows: "Time zone" },
    { name: "people", path: "/settings/people", shows: "Ines Okafor" },
    {
      name: "people-invite",
      path: "/settings/people?do=invite",
      shows: "Create invitation link",
    },
    { name: "mailboxes", path: "/settings/mailboxes", shows: "Sequences send from your mailboxes" },
    { name: "mailboxes-connect", path: "/settings/mailboxes?do=connect", shows: "Test and connect" },
    { name: "schedules", path: "/settings/schedules", shows: "(default)" },
    { name: "schedules-add", path: "/settings/schedules?do=create", shows: "Use the contact's time zone" },
    { name: "rulesets", path: "/settings/rulesets", shows: "Stops on reply" },
    { name: "rulesets-add", path: "/settings/rulesets?do=create", shows: "Daily email limit per sequence" },
    { name: "stages", path: "/settings/stages", shows: "stages for contacts" },
    { name: "score", path: "/settings/score", shows: "Default formula" },
    { name: "stages-add", path: "/settings/stages?do=create", shows: "Meeting booked" },
    { name: "fields", path: "/settings/fields", shows: "No custom fields yet" },
    { name: "fields-add", path: "/settings/fields?do=create", shows: "You can't change the type later" },
    { name: "suppressions", path: "/settings/suppressions", shows: "Your team never emails" },
    { name: "suppressions-add", path: "/settings/suppressions?do=add", shows: "will stop at once" },
    { name: "suppressions-import", path: "/settings/suppressions?do=import", shows: "click to choose one" },
    { name: "webhooks", path: "/settings/webhooks", shows: "A webhook sends events" },
    { name: "webhooks-add", path: "/settings/webhooks?do=create", shows: "means all contact events" },
    { name: "usage-allow", path: "/settings/usage?do=allow", shows: "Credits per cycle" },
    {
      name: "data-connect",
      path: "/settings/data?do=connect",
      shows: "Stored encrypted and never shown again",
    },
    { name: "data", path: "/settings/data", shows: "Ask mail servers about single addresses" },
    { name: "usage", path: "/settings/usage", shows: "Calls by programs and by this app today" },
    { name: "language-model", path: "/settings/model", shows: "Prompts" },
    { name: "sql-logins", path: "/settings/sql", shows: "read your team's data" },
    { name: "sql-logins-create", path: "/settings/sql?do=create", shows: "Create login" },
    { name: "keys", path: "/settings/keys", shows: "Old importer" },
    { name: "keys-create", path: "/settings/keys?do=create", shows: "Create key" },
    { name: "apps", path: "/settings/apps", shows: "No connected apps. To connect one" },
    { name: "apps-add", path: "/settings/apps?do=create", shows: "Use a client secret" },
    { name: "history", path: "/settings/history", shows: /revoked the API key/ },
    { name: "profile", path: "/settings/profile", shows: "Change password" },
    {
      name: "profile-password",
      path: "/settings/profile?do=password",
      shows: "Current password",
    },
    { name: "appearance", path: "/settings/appearance", shows: "Compact" },
  ];

  const outside = (): Place[] => [
    { name: "sign-in", path: "/sign-in", shows: "Forgot your password?", isOutside: true },
    {
      name: "setup",
      path: `/setup#${tokenIn(world.running.setupUrl ?? "")}`,
      shows: "Time zone",
      isOutside: true,
    },
    { name: "setup-closed", path: "/setup", shows: "again", isOutside: true },
    { name: "invitation", path: `/invitation#${invitation}`, shows: "Join Norrland Kraft", isOutside: true },
    { name: "invitation-closed", path: "/invitation", shows: "again", isOutside: true },
    { name: "authorize", path: "/oauth/authorize?client_id=x", shows: "Welcome back", isOutside: true },
    { name: "lost", path: "/no/such/page", shows: "Page not found", isOutside: true },
  ];

  const LOOKS = [
    { look: "desk", options: { colorScheme: "light" } },
    {
      look: "phone",
      options: {
        colorScheme: "light",
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        isMobile: true,
      },
    },
  ] as const;

  for (const { look, options } of LOOKS) {
    describe(`in ${look}`, () => {
      test("every page outside the frame is whole, and axe finds nothing", async () => {
        const visitor = await browser.visit(world.url, options);
        for (const place of outside()) await nextCheckAt(visitor, place, look);
        await visitor.leave();
      });

      test("every page inside the frame is whole, and axe finds nothing", async () => {
        const visitor = await browser.visit(world.url, options);
        await signInByHand(visitor.page, team.owner);
        for (const place of INSIDE) await nextCheckAt(visitor, place, look);
        await lookAtRecords(visitor, look);
        await visitor.leave();
      });
    });
  }

  test("text at twice its size makes no page wider than the window", async () => {
    const visitor = await largeText.visit(world.url);
    await signInByHand(visitor.page, team.owner);
    for (const place of INSIDE) await lookAtLarge(visitor, place);
    await visitor.leave();
    const stranger = await largeText.visit(world.url);
    for (const place of outside()) await lookAtLarge(stranger, place);
    await stranger.leave();
  });
});

async function nextCheckAt({ page }: Visitor, place: Place, look: string) {
  await goTo(page, place);
  await picture(page, `${look}-${place.name}`);
  await assertFitsSideways(page, `${place.name} in ${look}`);
  // Axe reads each page on a phone; on a desk it reads what opens over one. Before a release, every-route.test.ts has it read all.
  if (look === "desk" && !isOver(place)) return;
  await assertAccessible(page, `${place.name} in ${look}`);
  if (look === "desk") await assertDark(page, place.name);
}

const isOver = ({ path, isOutside }: Place) => isOutside || path.includes("?do=");

/** Dark is the same page with other colors: axe looks at those only. */
async function assertDark(page: Page, name: string) {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.locator("html[data-mantine-color-scheme=dark]").waitFor();
  await picture(page, `dark-${name}`);
  await assertAccessible(page, `${name} in dark`, "color-contrast");
  await page.emulateMedia({ colorScheme: "light" });
}

async function lookAtLarge({ page }: Visitor, place: Place) {
  await goTo(page, place);
  await assertFitsSideways(page, `${place.name} at 200 %`);
  await picture(page, `large-${place.name}`);
}

/** Inside the frame as a link would, which is quicker than loading the app each time. */
async function goTo(page: Page, { path, shows, isOutside }: Place) {
  if (isOutside) {
    await page.goto("about:blank"); // or a page that differs behind the # only would not load anew
    await page.goto(path);
  } else await followTo(page, path);
  await page.getByText(shows).first().waitFor();
  await page.evaluate(() => document.fonts.ready);
}

/** What opens over a list, by the way a person opens it. */
async function lookAtRecords({ page }: Visitor, look: string) {
  const records = [
    { path: "/settings/people", press: "Ines Okafor", shows: "Last sign-in", name: "person" },
    { path: "/settings/keys", press: "n8n", shows: "Acts as", name: "key" },
    { path: "/settings/history", press: "created the API key n8n", shows: "Request", name: "entry" },
  ];
  for (const { path, press, shows, name } of records) {
    await followTo(page, path);
    await page.getByRole("main").getByRole("button", { name: press }).first().click();
    await page.getByRole("dialog").getByText(shows).first().waitFor();
    await picture(page, `${look}-${name}`);
    await assertAccessible(page, `${name} in ${look}`);
    if (look === "desk") await assertDark(page, name);
  }
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByText("Next row").waitFor();
  await picture(page, `${look}-keys-help`);
  await assertAccessible(page, `the keys in ${look}`);
  if (look === "desk") await assertDark(page, "the keys");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByPlaceholder("Search records, pages and actions").waitFor();
  await picture(page, `${look}-palette`);
  await assertAccessible(page, `the palette in ${look}`);
  if (look === "desk") await assertDark(page, "the palette");
  assert.ok(await page.getByText("Invite a teammate").first().isVisible());
}
