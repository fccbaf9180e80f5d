// Aggregate reports of receivers, in the shapes they come in, and in those that are meant to do harm.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { bareLetter, RECEIVERS, reportLetter, reportXml, rowXml, zipOf } from "../testing/dmarc-reports.ts";
import { readReport } from "./aggregate-reports.ts";
import { readMessage } from "./read-message.ts";

const BEGIN = 1_795_132_800;
const DOMAIN = "nordhavn.dk";
const NAME = `x.example!${DOMAIN}!${BEGIN}!${BEGIN}.xml`;

const attached = async (raw: Buffer) => (await readMessage(raw)).attachedReport;

function read(bytes: Buffer, { name = NAME, type = "application/octet-stream", subject = "Report" } = {}) {
  return attached(bareLetter({ from: "r@x.example", subject, name, type, bytes }));
}

const faultOf = async (bytes: Buffer) => {
  const found = await read(bytes);
  assert.equal(found?.report, null);
  return found?.fault;
};

const xml = (rows = [rowXml(DOMAIN, { ip: "192.0.2.9" })], wish = {}) =>
  reportXml({ domain: DOMAIN, begin: BEGIN, rows: [], ...wish }).replace(
    "</feedback>",
    `${rows.join("")}</feedback>`,
  );

for (const receiver of RECEIVERS)
  test(`a report as ${receiver} sends it is read`, async () => {
    const rows = [
      { ip: "192.0.2.9", count: 40 },
      { ip: "192.0.2.9", count: 2 },
      { ip: "2001:db8::7", count: 3, dkim: "fail", spf: "fail", disposition: "quarantine" },
      { ip: "203.0.113.7", dkim: "fail", spf: "fail", reason: "forwarded" },
    ] as const;
    const found = await attached(reportLetter(receiver, { domain: DOMAIN, id: "a.1", begin: BEGIN, rows }));
    assert.equal(found?.domain, DOMAIN);
    const { report } = found ?? {};
    assert.deepEqual(
      [report?.reportId, report?.beginsAt, report?.policy, report?.subdomainPolicy, report?.percent],
      ["a.1", BEGIN, "none", "none", 100],
    );
    assert.deepEqual(
      report?.sources.map((one) => [
        one.ip,
        one.emails,
        one.disposition,
        one.dkimAligned,
        one.spfAligned,
        one.reasons,
      ]),
      [
        ["192.0.2.9", 42, "none", true, true, []],
        ["2001:db8::7", 3, "quarantine", false, false, []],
        ["203.0.113.7", 1, "none", false, false, ["forwarded"]],
      ],
    );
    assert.deepEqual(
      [report?.sources[0]?.dkimDomain, report?.sources[0]?.spfDomain, report?.sources[0]?.headerFrom],
      [DOMAIN, `bounces.${DOMAIN}`, DOMAIN],
    );
  });

test("a mail without the subject and the file name of a report is not read as one, whatever it attaches", async () => {
  assert.equal(await read(gzipSync(xml()), { name: "feedback.xml.gz" }), null);
  assert.equal(
    (await read(gzipSync(xml()), { name: "r.gz", subject: `Report Domain: ${DOMAIN}` }))?.fault,
    null,
  );
  assert.equal(
    await read(Buffer.from(xml()), { name: "report.pdf", subject: `Report Domain: ${DOMAIN}` }),
    null,
  );
});

test("archives that grow without end, hold archives or lie about what they hold are refused", async () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, " "));
  assert.equal(await faultOf(bomb), "too large");
  assert.equal(await faultOf(zipOf({ name: "a.xml", bytes: Buffer.alloc(100 * 1024 * 1024) })), "too large");
  assert.equal(await faultOf(gzipSync(bomb)), "an archive in an archive");
  const inner = zipOf({ name: "a.xml", bytes: Buffer.from(xml()) });
  assert.equal(
    await faultOf(zipOf({ name: "a.xml", bytes: inner, isStored: true })),
    "an archive in an archive",
  );
  assert.equal(await faultOf(zipOf({ name: "a.zip", bytes: inner })), "no XML file");
  const entry = { name: "a.xml", bytes: Buffer.from(xml()) };
  assert.equal(await faultOf(zipOf(...Array.from({ length: 5_000 }, () => entry))), "too many files");
  assert.equal(await faultOf(zipOf(entry, entry)), "too many files");
  assert.equal(await faultOf(zipOf({ ...entry, flags: 1 })), "encrypted");
  const whole = zipOf(entry);
  for (const length of [5, 40, whole.length - 30, whole.length - 1])
    assert.equal(await faultOf(whole.subarray(0, length)), "damaged");
  for (let at = whole.length - 90; at < whole.length; at++) {
    const changed = Buffer.from(whole);
    changed[at] = 0xff;
    const found = await read(changed);
    assert.ok(found?.report || found?.fault, `byte ${at}`);
  }
  assert.equal(await faultOf(gzipSync(xml()).subarray(0, 60)), "damaged");
});

test("XML that declares entities or has no end, and text that is not XML, are refused", async () => {
  const declared = xml().replace(
    "<feedback>",
    '<!DOCTYPE feedback [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><feedback>',
  );
  assert.equal(await faultOf(Buffer.from(declared)), "declares entities");
  assert.equal(await faultOf(Buffer.from(`\ufeff${declared}`, "utf16le")), "declares entities");
  assert.equal(await faultOf(Buffer.from(xml().replace("</feedback>", ""))), "no report");
  assert.equal(await faultOf(Buffer.from("<html><body>hi</body></html>")), "no report");
  assert.equal(await faultOf(Buffer.from("nonsense")), "no report");
  assert.equal(await faultOf(Buffer.alloc(0)), "no report");
  assert.equal(await faultOf(Buffer.from(`<feedback>${"<a>".repeat(5_000)}`)), "no report");
  assert.ok((await read(Buffer.from(`\ufeff${xml()}`, "utf16le")))?.report);
});

test("wrong dates refuse a report; rows with wrong counts or addresses are counted and left out", async () => {
  for (const wish of [
    { begin: "soon" },
    { begin: BEGIN, end: BEGIN - 1 },
    { begin: BEGIN, end: BEGIN + 90 * 86_400 },
    { begin: "99999999999999999999" },
  ])
    assert.equal(await faultOf(Buffer.from(xml([], wish))), "wrong dates");
  const counts = [0, -3, "1e9", "4.5", "NaN", "99999999999", ""];
  const rows = counts.map((count) => rowXml(DOMAIN, { ip: "192.0.2.9", count }));
  const bad = rowXml(DOMAIN, { ip: "<b>not</b> one" });
  const found = await read(Buffer.from(xml([...rows, bad, rowXml(DOMAIN, { ip: "192.0.2.9", count: 7 })])));
  assert.deepEqual(
    [found?.report?.unreadRows, found?.report?.sources.map(({ emails }) => emails)],
    [counts.length + 1, [7]],
  );
});

test("of 100,000 rows the largest sources are kept and the rest is added up; more rows are refused", () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, n) => {
      const ip = `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
      return `<record><row><source_ip>${ip}</source_ip><count>2</count><policy_evaluated><disposition>none</disposition><dkim>pass</dkim></policy_evaluated></row></record>`;
    });
  const { sources } = readReport(Buffer.from(xml(rows(100_000))));
  assert.equal(sources.length, 1_001);
  assert.equal(
    sources.reduce((sum, { emails }) => sum + emails, 0),
    200_000,
  );
  assert.equal(sources.at(-1)?.ip, null);
  assert.throws(() => readReport(Buffer.from(xml(rows(100_001)))), /too many rows/);
});
