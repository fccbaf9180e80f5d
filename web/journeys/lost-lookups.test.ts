// A lookup that was lost with a server that was killed: told where it is asked for, and asked again when an admin says so.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { createClient } from "@cadenza/sdk";
import { LOOPBACK } from "../../server/testing/loopback.ts";
import { startProcess } from "../../server/testing/process.ts";
import { json, openProvider } from "../../server/testing/provider-peer.ts";
import { until } from "../../server/testing/sending.ts";
import { type Team, urlOf, useWorld } from "../../server/testing/world.ts";
import {
  assertAccessible,
  assertFitsSideways,
  picture,
  signIn,
  signInByHand,
  useBrowser,
} from "./browser.ts";

const LEASE_MS = 1_000;
const VIEWS = {
  light: {},
  dark: { colorScheme: "dark" as const },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};
const PER = { first_name: "Per", last_name: "Lund", title: "Buyer", email: "per@fjord.no" };
const CLUE = { name: "Per Lund", domain: "fjord.no" };
const provider = await openProvider();

describe("lookups that were lost", () => {
  after(() => provider.close());
  const world = useWorld({ webhookAllow: LOOPBACK, lookupLeaseMs: LEASE_MS });
  const browser = useBrowser();

  /** Asks the provider about a person and a company; the server is killed before it is answered. */
  async function losingBoth(team: Team) {
    const waiting: unknown[] = [];
    provider.answer = (_asked, response) => void waiting.push(response);
    const { keyFile, dataDir } = world.running.app.config;
    const other = await startProcess({
      DATABASE_URL: urlOf(world.ownerConnection),
      CADENZA_KEY_FILE: keyFile,
      CADENZA_DATA_DIR: dataDir,
      CADENZA_ROLE: "api",
      CADENZA_WEBHOOK_ALLOW: "127.0.0.0/8",
      CADENZA_LOG_LEVEL: "silent",
      CADENZA_LOOKUP_LEASE_MS: String(LEASE_MS),
      CADENZA_DATABASE_CONNECTIONS: "4",
    });
    const api = createClient({ baseUrl: other.url, apiKey: team.key, retries: 0 });
    const asking = [
      api.people.match(CLUE),
      api.organizations.enrich({ domain: "fjord.no", name: "Fjord Energi" }),
    ].map((call) => call.catch(() => "gone"));
    await until(async () => waiting.length === 2);
    other.signal("SIGKILL");
    assert.deepEqual(await Promise.all(asking), ["gone", "gone"]);
    provider.answer = json({ person: { ...PER, organization: { name: "Fjord Energi" } } });
  }

  test("the pages that ask report them, and ask again once a user presses the button", async () => {
    const team = await world.newTeam();
    await team.api.enrichmentProviders.create({
      name: "Finder",
      kind: "apollo",
      base_url: provider.url,
      provider_key: "their key",
      retries: 0,
      timeout_ms: 30_000,
      price: 1,
      heeds_request_ids: false,
    });
    const { contact } = await team.api.contacts.create({
      first_name: "Per",
      last_name: "Lund",
      organization_name: "Fjord Energi",
    });
    const { account } = await team.api.accounts.create({ name: "Fjord Energi", domain: "fjord.no" });
    await losingBoth(team);

    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);
    for (const path of [`/contacts/${contact.id}`, `/companies/${account.id}`]) {
      await page.goto(path);
      await page.getByRole("button", { name: "More" }).click();
      await page.getByRole("menuitem", { name: "Find missing data" }).click();
      await page.getByText(/The lookup was interrupted/).waitFor();
    }
    assert.equal(provider.asked.length, 2, "nobody was asked a second time");
    await leave();

    for (const [view, options] of Object.entries(VIEWS)) {
      const visitor = await browser.visit(world.url, options);
      await signIn(visitor.page, team.owner);
      await visitor.page.goto("/settings/data");
      await visitor.page.getByRole("button", { name: "Finder" }).click();
      const dialog = visitor.page.getByRole("dialog", { name: "Finder" });
      await dialog.getByText(/2 lookups were interrupted when a server stopped/).waitFor();
      await picture(visitor.page, `${view}-lost-lookups`);
      await assertAccessible(visitor.page, `lookups that were lost, ${view}`);
      await assertFitsSideways(visitor.page, `lookups that were lost, ${view}`);
      if (view === "phone") {
        await dialog.getByRole("button", { name: "Ask again" }).tap();
        await visitor.page.getByText("Finder will be asked again at the next lookup.").waitFor();
        await dialog.getByText(/lookups were interrupted/).waitFor({ state: "detached" });
      }
      await visitor.leave();
    }
    const { person } = await team.api.people.match(CLUE);
    assert.deepEqual([person?.email, provider.asked.length], [PER.email, 3]);
  });
});
