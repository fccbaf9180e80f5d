import assert from "node:assert/strict";
import { test } from "node:test";
import { providerOfExchanger, providerOfHost, providerToKeep } from "./recipient-providers.ts";

test("the mail exchanger of a domain tells its provider, and a service that filters mail counts as one", () => {
  const cases: [exchanger: string, provider: string | null][] = [
    ["aspmx.l.google.com", "google"],
    ["SMTP.GOOGLE.COM.", "google"],
    ["alt1.aspmx.l.google.com", "google"],
    ["norrland-se.mail.protection.outlook.com", "microsoft"],
    ["norrland-se.b-v1.mx.microsoft", "microsoft"],
    ["mta5.am0.yahoodns.net", "yahoo"],
    ["mx01.mail.icloud.com", "apple"],
    ["mx00.emig.gmx.net", "gmx"],
    ["mx-ha03.web.de", "gmx"],
    ["eu-smtp-inbound-1.mimecast.com", "mimecast"],
    ["mx0a-00123456.pphosted.com", "proofpoint"],
    ["d12345.a.ess.de.barracudanetworks.com", "barracuda"],
    ["mx1.hc123-45.eu.iphmx.com", "cisco"],
    ["mx.norrland.se", null],
    ["notgoogle.com", null],
    ["com", null],
  ];
  for (const [exchanger, provider] of cases)
    assert.equal(providerOfExchanger(exchanger), provider, exchanger);
});

test("addresses of free mail tell their provider by themselves", () => {
  const cases: [host: string, provider: string | null][] = [
    ["gmail.com", "google"],
    ["hotmail.com", "microsoft"],
    ["yahoo.fr", "yahoo"],
    ["aol.com", "yahoo"],
    ["icloud.com", "apple"],
    ["web.de", "gmx"],
    ["norrland.se", null],
  ];
  for (const [host, provider] of cases) assert.equal(providerOfHost(host), provider, host);
});

test("a sent email keeps its provider, and a free-mail domain of an unknown provider stands for one", () => {
  assert.equal(providerToKeep("ana@norrland.se", "mimecast"), "mimecast");
  assert.equal(providerToKeep("ana@gmail.com", null), "google");
  assert.equal(providerToKeep("ana@rediffmail.com", null), "rediffmail.com");
  assert.equal(providerToKeep("ana@norrland.se", null), null);
  assert.equal(providerToKeep(null, null), null);
});
