// Every page in a made-up language of accents, with texts that are 40 % longer: a text without accents is outside the
// catalogs, and a page wider than the window would be so in German.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { addLanguage } from "../../server/kernel/language.ts";
import { MAIL_STEP, newContact, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { pseudo } from "../language/pseudo.ts";
import { everyAddress } from "./addresses.ts";
import { assertAccessible, assertFitsSideways, followTo, signInByHand, useBrowser } from "./browser.ts";
import { settling } from "./settling.ts";

// The server says its sentences in it, too.
addLanguage({ code: "pseudo", catalog: {}, disguise: pseudo });

const TEAM = "Norrland Kraft";

/** What opens over a page. */
const DIALOGS = [
  ...["/sequences", "/workflows", "/contacts", "/companies", "/lists", "/tasks", "/copilots", "/deals"].map(
    (page) => `${page}?do=create`,
  ),
  ...["schedules", "rulesets", "stages", "fields", "webhooks", "sql", "keys", "apps"].map(
    (page) => `/settings/${page}?do=create`,
  ),
  ...["/sequences?do=folders", "/settings/people?do=invite", "/settings/mailboxes?do=connect"],
  ...["/settings/suppressions?do=add", "/settings/usage?do=allow", "/settings/profile?do=password"],
];

/** Records whose names have accents in each word, so that they pass for the made-up language. */
async function records(team: Team) {
  const mailbox = await newMailbox(team);
  const touch = { emailer_template: { subject: "Ä néw plánt", body_html: "<p>Héllö</p>" } };
  const sequence = await newSequence(team, {
    name: "Öné séquéncé",
    emailer_steps: [{ ...MAIL_STEP, emailer_touches: [touch] }],
  });
  const contact = await newContact(team, {
    first_name: "Ínés",
    last_name: "Ökáfór",
    title: "Wéldér",
    organization_name: "Älpíné",
  });
  await team.api.joining.addContacts({
    id: sequence.id,
    emailer_campaign_id: sequence.id,
    contact_ids: [contact],
    send_email_from_email_account_id: mailbox.id,
  });
  return [
    `/contacts/${contact}`,
    `/settings/mailboxes/${mailbox.id}`,
    ...["", "?tab=contacts", "?tab=settings", "?tab=activity", "?tab=report"].map(
      (tab) => `/sequences/${sequence.id}${tab}`,
    ),
  ];
}

/** Names and data, what the server says, and what is the same in every language. */
const NOT_OURS: readonly RegExp[] = [
  new RegExp(TEAM),
  /@|^https?:|\w\.\w{2,}$/, // addresses
  /^[A-Z][a-z]+\/\w+/, // time zones
  /^(?:Cadenza|Apollo|Google|Microsoft|LinkedIn|iCloud|SPF|DKIM|DMARC|MX|MTA-STS|TLS-RPT|BIMI|English|Deutsch|qwen3:8b)$/,
  /^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day(?:, \d+ \w+ \d+)?)?$/, // of the browser
  /^autosize measurement$/, // of Mantine, and hidden from everybody
  /^Ole(?: Dahl\b|$)/, // the owner
  /^(?:First key|Normal Business Hours|Default ruleset)$/,
  // Stages of a new team.
  /^(?:New|Approaching|Replied|Interested|Not Interested|Unresponsive|Do Not Contact|Bad Data|Changed Job)$/,
];

describe("every page in the made-up language", () => {
  const world = useWorld({ catcher: true });
  const browser = useBrowser();
  const inside = everyAddress()
    .filter(({ address, isInside }) => isInside && !address.includes("$"))
    .map(({ address }) => address);

  test("has its texts in the catalogs, and fits with longer ones", async () => {
    const team = await world.newTeam(TEAM);
    const { page, leave } = await browser.visit(world.url);
    const isSettled = settling(page);
    await signInByHand(page, team.owner);
    await speakPseudo(page);
    const faults: string[] = [];
    for (const address of inside) {
      await followTo(page, address);
      await isSettled();
      faults.push(...(await outside(page)).map((text) => `${address}: "${text}" is outside the catalogs`));
      await assertFitsSideways(page, address).catch((error) => void faults.push(String(error)));
    }
    assert.deepEqual(faults, []);
    assert.match((await page.title()) ?? "", /~/, "the made-up language was not shown");
    await leave();
  });

  // The permissions of a key are the summaries of the API, in English.
  const isEnglish = (address: string) => address.startsWith("/settings/keys?");

  for (const width of [1280, 390])
    test(`dialogs and records have their texts in the catalogs and fit ${width} pixels`, async () => {
      const team = await world.newTeam(TEAM);
      const addresses = [...DIALOGS, ...(await records(team))];
      const { page, leave } = await browser.visit(world.url, { viewport: { width, height: 844 } });
      const isSettled = settling(page);
      await signInByHand(page, team.owner);
      await speakPseudo(page);
      const faults: string[] = [];
      for (const address of addresses) {
        await followTo(page, address);
        await isSettled();
        const words = isEnglish(address) ? [] : await outside(page);
        faults.push(...words.map((text) => `${address}: "${text}" is outside the catalogs`));
        await assertFitsSideways(page, address).catch((error) => void faults.push(String(error)));
        await assertAccessible(page, address).catch((error) => void faults.push(String(error)));
      }
      assert.deepEqual(faults, []);
      await leave();
    });
});

async function speakPseudo(page: Page) {
  await page.evaluate(() => localStorage.setItem("cadenza-language", "pseudo"));
  await page.reload();
}

/** Texts that are seen, and labels that screen readers say, without an accent in any of their words. */
async function outside(page: Page): Promise<string[]> {
  const seen = await page.locator("body").evaluate((body) => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const owner = walker.currentNode.parentElement;
      if (owner?.checkVisibility() && !owner.closest("code, kbd, pre, script, style, svg, time"))
        texts.push(walker.currentNode.textContent ?? "");
    }
    for (const element of body.querySelectorAll("[aria-label], [placeholder], [title]"))
      for (const name of ["aria-label", "placeholder", "title"]) texts.push(element.getAttribute(name) ?? "");
    return texts;
  });
  const isPlain = (text: string) => /\p{L}{3,}/u.test(text) && !/[^\x20-\x7E]/.test(text);
  return [...new Set(seen.map((text) => text.trim()))].filter(
    (text) => isPlain(text) && !NOT_OURS.some((pattern) => pattern.test(text)),
  );
}
