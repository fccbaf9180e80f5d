// Where facts come from: a provider connected and tried, a contact looked up and its address checked.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { LOOPBACK } from "../../server/testing/loopback.ts";
import { openNameServer } from "../../server/testing/name-server.ts";
import { json, openProvider } from "../../server/testing/provider-peer.ts";
import { openScripted } from "../../server/testing/scripted-peer.ts";
import { newContact, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, signInByHand, useBrowser } from "./browser.ts";
import { chooseOne } from "./choosing.ts";

const dns = await openNameServer();
const mail = await openScripted({
  rcptOf: (line) => (/<perl?a?@/.test(line) ? "250 fine" : "550 5.1.1 nobody"),
});
const provider = await openProvider(
  json({
    person: {
      first_name: "Per",
      last_name: "Lund",
      title: "Buyer",
      email: "per@fjord.no",
      linkedin_url: "https://linkedin.com/in/per",
      organization: { name: "Fjord", primary_domain: "fjord.no" },
    },
  }),
);

describe("enrichment", () => {
  let team: Team;
  dns.mail.set("fjord.no", ["localhost"]);
  const config = {
    webhookAllow: LOOPBACK,
    mailAllow: LOOPBACK,
    dnsServers: [dns.address],
    probePort: mail.port,
  };
  const world = useWorld(config, async (opened) => {
    team = await opened.newTeam();
    await team.api.emailVerifications.updateSettings({ probes: true, probe_from: "us@ours.no" });
  });
  after(() => Promise.all([dns.close(), mail.close(), provider.close()]));
  const browser = useBrowser();

  test("a provider is connected, tried, and what it knows fills in a contact, whose address is then checked", async () => {
    const wish = {
      first_name: "Per",
      last_name: "Lund",
      email: "per@fjord.no",
      email_status: "unverified",
    } as const;
    const { contact } = await team.api.contacts.create(wish);
    const { page, leave } = await browser.visit(world.url);
    await signInByHand(page, team.owner);

    await page.goto("/settings/data?do=connect");
    const form = page.getByRole("dialog");
    await form.getByLabel("Name").fill("Finder");
    await form.getByLabel("URL").fill(provider.url);
    await form.getByLabel("API key", { exact: true }).fill("their key");
    await assertAccessible(page, "connecting a provider");
    await form.getByRole("button", { name: "Connect" }).click();
    await page.getByRole("button", { name: "Finder" }).click();
    await form.getByLabel("Test with an email address or domain").fill("per@fjord.no");
    await form.getByRole("button", { name: "Run test" }).click();
    await form.getByText(/Found in \d+ ms: Per, Lund/).waitFor();
    await picture(page, "light-provider");
    await assertAccessible(page, "a provider");
    await page.keyboard.press("Escape");

    await page.goto(`/contacts/${contact.id}`);
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Find missing data" }).click();
    await page.getByText("Missing data added.").waitFor();
    assert.equal((await team.api.contacts.get({ id: contact.id })).contact.title, "Buyer");

    await page.getByRole("button", { name: "Verify", exact: true }).click();
    await page.getByText("accepts this address and rejects made-up ones").waitFor();
    await picture(page, "light-address-check");
    await assertAccessible(page, "a contact whose address was checked");
    assert.equal((await team.api.contacts.get({ id: contact.id })).contact.email_status, "verified");
    await leave();
  });

  test("a contact with an unverified address joins once it is verified, and an address that does not exist stays out", async () => {
    const { id } = await newSequence(team, { name: "Fjords" });
    await newMailbox(team, { email: "us@ours.no" });
    const at = (name: string) =>
      newContact(team, {
        first_name: name,
        email: `${name}@fjord.no`,
        email_status: "unverified",
        label_names: ["Doubtful"],
      });
    const [perla, ole] = [await at("perla"), await at("ole")];
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/sequences/${id}`);
    await page.locator("header").getByRole("button", { name: "Add contacts" }).click();
    const dialog = page.getByRole("dialog", { name: "Add contacts" });
    await chooseOne(dialog, "Choose from", "Lists");
    await dialog.getByLabel(/Doubtful/).check();
    await dialog.getByRole("button", { name: "Next: options" }).click();
    await dialog.getByRole("button", { name: "Next: preview" }).click();
    await dialog.getByText("0 will be added · 2 will be skipped").waitFor();
    await dialog.getByRole("button", { name: "Verify", exact: true }).click();
    await page.getByText("1 address is valid, 1 does not exist.").waitFor();
    await dialog.getByText("1 will be added · 1 will be skipped").waitFor();
    await picture(page, "light-add-verified");
    await assertAccessible(page, "the check after addresses were verified");
    await dialog.getByRole("button", { name: "Add 1 contact" }).click();
    await page.getByRole("dialog", { name: "1 contact added" }).waitFor();
    const inSequence = async (contact: string) =>
      (await team.api.contacts.get({ id: contact })).contact.contact_campaign_statuses.length;
    assert.deepEqual([await inSequence(perla), await inSequence(ole)], [1, 0]);
    await leave();
  });
});
