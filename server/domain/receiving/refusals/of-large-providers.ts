// What the largest providers say when they refuse a mail, by the place where the words stand.
//
// Host names, addresses and numbers are ours; everything else is the source's.

import { FIELD_MANUAL, type Refusals, SISIMAI } from "./refusals.ts";

const NDR_ONLINE = "learn.microsoft.com: email non-delivery reports in Exchange Online";
const GMAIL_CODES = "knowledge.workspace.google.com: Gmail SMTP errors and codes";

export const OF_LARGE_PROVIDERS: readonly Refusals[] = [
  {
    server: "Microsoft 365",
    found: "documentation",
    where: NDR_ONLINE,
    hard: [
      "5.1.1 Bad destination mailbox address",
      "5.1.10 Recipient not found",
      "5.4.1 Recipient address rejected: Access denied",
      "550 5.7.504 [ines@norrland.example]: Recipient address rejected: Access denied",
    ],
    soft: [
      "432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded",
      "4.4.316 Connection refused [Message=Socket error code 10061]",
      "550 4.4.7 Message expired",
      "5.0.350 x-dg-ref header is too long",
      "5.2.2 Submission quota exceeded",
      "554 5.2.121 Recipient's per hour message receive limit from specific sender exceeded.",
      "554 5.2.122 Recipient's per hour message receive limit exceeded.",
      "554 5.4.14 Routing loop detected",
      "550 5.4.300 Message expired",
    ],
    policy: [
      "550 5.1.0 Sender denied",
      "550 5.1.8 Access denied, bad outbound sender",
      "550 5.4.1 Relay Access Denied",
      "550 5.6.11 Invalid characters",
      "550 5.7.1 Delivery not authorized",
      "550 5.7.1 Unable to relay",
      "550 5.7.12 Sender was not authenticated by organization",
      "550 5.7.23 The message was rejected because of Sender Policy Framework violation",
      "550 5.7.64 TenantAttribution; Relay Access Denied",
      "550 5.7.124 Sender not in allowed-senders list",
      "550 5.7.133 Sender not authenticated for group",
      "550 5.7.501 Access denied, spam abuse detected",
      "550 5.7.505 Access denied, banned recipient",
      "550 5.7.506 Access Denied, Bad HELO",
      "550 5.7.507 Access denied, rejected by recipient",
      "550 5.7.509 Access denied, sending domain [cadenza.example] does not pass DMARC verification",
      "550 5.7.511 Access denied, banned sender",
      "550 5.7.513 Service unavailable, Client host [192.0.2.1] blocked by norrland.example using Customer Block list (AS16012607)",
      "550 5.7.606 Access denied, banned sending IP [192.0.2.1]",
      "550 5.7.708 Access denied, traffic not accepted from this IP",
      "550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains",
    ],
  },
  {
    server: "Microsoft 365",
    found: "reports",
    where: SISIMAI,
    hard: ["550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"],
  },
  {
    server: "Microsoft 365",
    found: "reports",
    where: "github.com/zone-eu/zone-mta/pull/214",
    hard: [
      "550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [PR2FRA01FT009.eop-fra01.prod.protection.outlook.com]",
    ],
  },
  {
    server: "Exchange",
    found: "reports",
    where: `${SISIMAI}: Exchange2007.pm, Microsoft.pm`,
    hard: [
      "550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found",
      "550 5.1.1 RESOLVER.ADR.RecipNotFound; not found",
      "550 5.4.310 DNS domain norrland.example does not exist",
    ],
    policy: ["550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized"],
  },
  {
    server: "Exchange",
    found: "documentation",
    where: "learn.microsoft.com: public folder mailbox is full",
    soft: [
      "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionQuotaExceeded",
    ],
  },
  {
    server: "Exchange",
    found: "reports",
    where: "knowledge.broadcom.com: article 173431",
    policy: ["550 5.7.1 Message rejected as spam by Content Filtering."],
  },
  {
    server: "Outlook.com",
    found: "reports",
    where: "spamresource.com: multiple types of invalid user bounces (2023)",
    hard: ["550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)."],
  },
  {
    server: "Outlook.com",
    found: "reports",
    where: FIELD_MANUAL,
    hard: [
      "501 5.1.3 Invalid address [outlook.com]",
      "550 5.4.1 All recipient addresses rejected : Access denied",
    ],
    soft: ["451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation."],
    policy: [
      "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).",
    ],
  },
  {
    server: "Gmail",
    found: "documentation",
    where: GMAIL_CODES,
    hard: [
      "550-5.1.1 The email account that you tried to reach does not exist. Please double-check the recipient's email address for typos or unnecessary spaces.",
      "553-5.1.2 We weren't able to find the recipient domain. Please check for any spelling errors",
      "553 5.1.3 The recipient address <ines@@norrland.example> is not a valid RFC 5321 address.",
      "550 5.2.1 The email account that you tried to reach is inactive.",
    ],
    soft: [
      "450 4.2.1 The user you are trying to contact is receiving email too quickly.",
      "452-4.2.2 The recipient's inbox is out of storage space.",
      "552-5.2.2 The recipient's inbox is out of storage space and inactive.",
      "550-5.2.1 The user you are trying to contact is receiving email at a rate that prevents additional messages from being delivered.",
      "552 5.3.4 Your message exceeded Google's message size limits.",
      "550 5.4.5 Daily user sending limit exceeded.",
      "554 5.4.6 Message exceeded 50 hops, this may indicate an email loop.",
      "550 5.5.3 Too many recipients for this sender.",
    ],
    policy: [
      "553 5.1.7 The sender address <ada@@cadenza.example> is not a valid RFC 5321 address.",
      "554 5.6.0 Email message is malformed. Not accepted.",
      "552-5.7.0 This message was blocked because its content presents a potential security issue.",
      "550-5.7.1 The user or domain that you are sending to (or from) has a policy that prohibits the email that you sent.",
      "550-5.7.1 This message is likely suspicious due to the very low reputation of the sending domain.",
      "550-5.7.1 Messages missing a valid address in the From: header, or having no From: header, are not accepted.",
      "550-5.7.26 This mail has been blocked because the sender is unauthenticated.",
    ],
  },
  {
    server: "Gmail",
    found: "reports",
    where: SISIMAI,
    hard: [
      "DNS Error: 39857475 DNS type 'mx' lookup of norrland.example responded with code NXDOMAIN",
      "The domain norrland.example doesn't receive email according to the administrator: returned Null MX https://www.rfc-editor.org/info/rfc7505",
      "550 5.2.1 The email account that you tried to reach is disabled.",
    ],
  },
  {
    server: "Gmail",
    found: "reports",
    where: FIELD_MANUAL,
    soft: ["552 5.2.2 The email account that you tried to reach is over quota."],
  },
  {
    server: "Yahoo",
    found: "documentation",
    where: "senders.yahooinc.com: SMTP error codes",
    hard: [
      "554 delivery error: dd This user doesn't have a yahoo.com account (ines@yahoo.com) [-5] - mta123.mail.mud.yahoo.com",
    ],
  },
  {
    server: "Yahoo",
    found: "reports",
    where: FIELD_MANUAL,
    hard: [
      "554 delivery error: dd Sorry, your message to ines@yahoo.com cannot be delivered. This mailbox is disabled (554.30).",
      "554 delivery error: dd ines@yahoo.com is no longer valid. [-20] - mta4321.mail.bf1.yahoo.com",
      "552 1 Requested mail action aborted, mailbox not found",
    ],
    soft: [
      "450 User is receiving mail too quickly",
      "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints",
    ],
    policy: [
      "550 relaying denied for <ines@yahoo.com>",
      "553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.1, because the ip is in Spamhaus's list",
      "554 Message not allowed - [PH01] Email not accepted for policy reasons.",
      "554 Message not allowed - Headers are not RFC compliant[291]",
    ],
  },
  {
    server: "iCloud",
    found: "reports",
    where: `${SISIMAI}: Apple.pm`,
    hard: [
      "550 5.1.1 unknown or illegal alias: ines@icloud.com",
      "550 5.1.1 <ines@icloud.com>: inactive email address",
      "550 5.1.6 recipient no longer on server: ines@mac.com",
      "host/domain does not accept mail",
    ],
    policy: ["550 5.7.1 [CS01] Message rejected due to local policy."],
  },
  {
    server: "iCloud",
    found: "reports",
    where: FIELD_MANUAL,
    soft: ["552 5.2.2 <ines@icloud.com>: user is overquota"],
  },
];
