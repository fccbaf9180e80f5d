// Aggregate reports as receivers send them, by the formats that they publish, and archives that no receiver would send.

import { crc32, deflateRawSync, gzipSync } from "node:zlib";

type RowWish = {
  ip: string;
  count?: number | string;
  dkim?: "pass" | "fail";
  spf?: "pass" | "fail";
  disposition?: string;
  from?: string;
  reason?: string;
};

type ReportWish = {
  domain: string;
  organization?: string;
  id?: string;
  begin: number | string;
  end?: number | string;
  policy?: string;
  rows?: readonly RowWish[];
};

const DAY = 86_400;

export function rowXml(domain: string, { ip, count = 1, dkim = "pass", spf = "pass", ...more }: RowWish) {
  const { disposition = "none", from = domain, reason } = more;
  return `<record><row><source_ip>${ip}</source_ip><count>${count}</count><policy_evaluated><disposition>${disposition}</disposition>
<dkim>${dkim}</dkim><spf>${spf}</spf>${reason ? `<reason><type>${reason}</type><comment>arc=pass</comment></reason>` : ""}</policy_evaluated></row>
<identifiers><header_from>${from}</header_from></identifiers><auth_results><dkim><domain>${domain}</domain><selector>s1</selector>
<result>${dkim}</result></dkim><spf><domain>bounces.${domain}</domain><result>${spf}</result></spf></auth_results></record>`;
}

export function reportXml({ domain, organization = "google.com", id = "1", begin, ...more }: ReportWish) {
  const { end = Number(begin) + DAY - 1, policy = "none", rows = [{ ip: "192.0.2.9" }] } = more;
  return `<?xml version="1.0" encoding="UTF-8" ?>
<feedback><version>1.0</version><report_metadata><org_name>${organization}</org_name><email>dmarc@${organization}</email>
<report_id>${id}</report_id><date_range><begin>${begin}</begin><end>${end}</end></date_range></report_metadata>
<policy_published><domain>${domain}</domain><adkim>r</adkim><aspf>r</aspf><p>${policy}</p><sp>${policy}</sp><pct>100</pct></policy_published>
${rows.map((row) => rowXml(domain, row)).join("\n")}
</feedback>\n`;
}

export type ZipEntry = { name: string; bytes: Buffer; isStored?: boolean; flags?: number };

export function zipOf(...entries: readonly ZipEntry[]) {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, isStored = false, flags = 0 } of entries) {
    const data = isStored ? bytes : deflateRawSync(bytes);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(flags, 2);
    head.writeUInt16LE(isStored ? 0 : 8, 4);
    head.writeUInt32LE(crc32(bytes), 10);
    head.writeUInt32LE(data.length, 14);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), head, Buffer.from(name), data]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), head, place, Buffer.from(name));
    locals.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...locals, listed, Buffer.from("PK\x05\x06"), end]);
}

type Letter = { from: string; subject: string; name: string; type: string; bytes: Buffer };

const base64 = (bytes: Buffer) => (bytes.toString("base64").match(/.{1,76}/g) ?? []).join("\r\n");
let made = 0;

const headOf = ({ from, subject }: Pick<Letter, "from" | "subject">, more: readonly string[]) => [
  `From: ${from}`,
  "To: dmarc@norrland.example",
  `Subject: ${subject}`,
  "Date: Fri, 20 Nov 2026 10:00:00 +0000",
  `Message-ID: <report${++made}@receiver.example>`,
  "MIME-Version: 1.0",
  ...more,
];

/** The archive is the whole mail. */
export function bareLetter({ name, type, bytes, ...letter }: Letter, more: readonly string[] = []) {
  const lines = headOf(letter, [
    `Content-Type: ${type}; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    "Content-Transfer-Encoding: base64",
    ...more,
  ]);
  return Buffer.from([...lines, "", base64(bytes), ""].join("\r\n"));
}

/** Words for people, and the archive beside them. */
function letterWithWords({ name, type, bytes, ...letter }: Letter, more: readonly string[] = []) {
  const lines = headOf(letter, ['Content-Type: multipart/mixed; boundary="=_b"', ...more]);
  const parts = [
    "--=_b",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "This is an aggregate report about your domain.",
    "--=_b",
    `Content-Type: ${type}; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    "Content-Transfer-Encoding: base64",
    "",
    base64(bytes),
    "--=_b--",
    "",
  ];
  return Buffer.from([...lines, "", ...parts].join("\r\n"));
}

export type Receiver = "google" | "microsoft" | "yahoo" | "mailru" | "fastmail" | "plain";
export const RECEIVERS: readonly Receiver[] = ["google", "microsoft", "yahoo", "mailru", "fastmail", "plain"];

/** As each of them sends it. */
export function reportLetter(
  receiver: Receiver,
  wish: Omit<ReportWish, "organization">,
  more: readonly string[] = [],
) {
  const { domain, id = "1", begin } = wish;
  const end = wish.end ?? Number(begin) + DAY - 1;
  const xml = (organization: string) => Buffer.from(reportXml({ ...wish, organization }));
  const file = (host: string, ending: string) => `${host}!${domain}!${begin}!${end}${ending}`;
  const subject = (submitter: string) =>
    `Report Domain: ${domain} Submitter: ${submitter} Report-ID: <${id}>`;
  switch (receiver) {
    case "google":
      return bareLetter(
        {
          from: "noreply-dmarc-support@google.com",
          subject: `Report domain: ${domain} Submitter: google.com Report-ID: ${id}`,
          name: file("google.com", ".zip"),
          type: "application/zip",
          bytes: zipOf({ name: file("google.com", ".xml"), bytes: xml("google.com") }),
        },
        more,
      );
    case "microsoft":
      return letterWithWords(
        {
          from: '"DMARC Aggregate Report" <dmarcreport@microsoft.com>',
          subject: `[Preview] ${subject("protection.outlook.com").replaceAll(/[<>]/g, "")}`,
          name: file("protection.outlook.com", ".xml.gz"),
          type: "application/gzip",
          bytes: gzipSync(
            xml("Outlook.com")
              .toString()
              .replace("<feedback>", '<feedback xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'),
          ),
        },
        more,
      );
    case "yahoo":
      return letterWithWords(
        {
          from: "noreply@dmarc.yahoo.com",
          subject: subject("Yahoo Inc.").replace("Report-ID", "\r\n Report-ID"),
          name: file("yahoo.com", ".xml.gz"),
          type: "application/gzip",
          bytes: gzipSync(xml("Yahoo")),
        },
        more,
      );
    case "mailru":
      return letterWithWords(
        {
          from: "dmarc_support@corp.mail.ru",
          subject: `Report Domain: ${domain}; Submitter: Mail.Ru; Report-ID: ${id}`,
          name: file("mail.ru", ".xml.gz"),
          type: "application/x-gzip",
          bytes: gzipSync(xml("Mail.Ru")),
        },
        more,
      );
    case "fastmail":
      return letterWithWords(
        {
          from: "reports@fastmaildmarc.com",
          subject: `Report Domain: ${domain} Submitter: fastmail.com Report-ID: <${id}>`,
          name: file("fastmail.com", `!${id}.xml.gz`),
          type: "application/octet-stream",
          bytes: gzipSync(xml("Fastmail Pty Ltd")),
        },
        more,
      );
    case "plain":
      return letterWithWords(
        {
          from: "dmarc@mx.small.example",
          subject: "Aggregate report",
          name: file("mx.small.example", ".xml"),
          type: "text/xml",
          bytes: xml("mx.small.example"),
        },
        more,
      );
  }
}
