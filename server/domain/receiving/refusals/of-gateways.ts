// What filters and closed mail servers say when they refuse a mail, by the place where the words stand.
//
// Host names, addresses and numbers are ours; everything else is the source's.

import {
  BOUNCE_HANDLER,
  BOUNCED_CLINIC,
  FIELD_MANUAL,
  KUMO_MTA,
  type Refusals,
  SISIMAI,
  ZONE_MTA,
} from "./refusals.ts";

export const OF_GATEWAYS: readonly Refusals[] = [
  {
    server: "Domino",
    found: "reports",
    where: `${SISIMAI}: Domino.pm, Notes.pm`,
    hard: [
      "User ines (ines@norrland.example) not listed in Domino Directory",
      "User not listed in public Name & Address Book",
    ],
  },
  {
    server: "Many servers",
    found: "reports",
    where: BOUNCE_HANDLER,
    hard: ["550 ines@norrland.example... No such user"],
  },
  {
    server: "Many servers, as Cisco Secure Email quotes them",
    found: "reports",
    where: "github.com/sisimai/p5-sisimai/issues/409",
    hard: ["550 5.1.1 Mailbox <ines@norrland.example> does not exist"],
  },
  {
    server: "MailFoundry",
    found: "reports",
    where: `${SISIMAI}: lhost-mailfoundry-01`,
    hard: ["550 <ines@norrland.example> No such user here"],
  },
  {
    server: "cPanel",
    found: "reports",
    where: "pastebin.com/nuTmn3Nu (websitewelcome.com)",
    hard: ["550 No such user here"],
  },
  {
    server: "alias.twt.it",
    found: "reports",
    where: "turbolab.it/email-54",
    hard: ["550 unknown user account"],
  },
  {
    server: "Servers behind Amazon SES",
    found: "reports",
    where: BOUNCED_CLINIC,
    hard: ["550 Address unknown"],
  },
  {
    server: "Cisco Secure Email",
    found: "reports",
    where: `${SISIMAI}: rfc3464-51`,
    hard: ["550 #5.1.0 Address rejected."],
  },
  {
    server: "Cisco Secure Email",
    found: "documentation",
    where: "cisco.com: identify and allow poor SenderBase reputation (200436)",
    policy: [
      "554 Your access to this mail system has been rejected due to the sending MTA's poor reputation.",
    ],
  },
  {
    server: "Proofpoint",
    found: "reports",
    where: FIELD_MANUAL,
    hard: [
      "550 5.1.1 User Unknown",
      "550 5.1.1 - This is not a valid email address. Please verify that you have the correct email address for your recipient.",
    ],
    policy: ["550 5.5.2 <ada@cadenza.example>: Sender address rejected: need fully-qualified address"],
  },
  {
    server: "Proofpoint",
    found: "reports",
    where: ZONE_MTA,
    policy: ["554 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.1"],
  },
  {
    server: "Mimecast",
    found: "documentation",
    where: "mimecastsupport.zendesk.com: Mimecast SMTP error codes",
    hard: ["550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550"],
    soft: [
      "451 Internal resource temporarily unavailable - https://community.mimecast.com/docs/DOC-1369#451",
      "451 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#451",
    ],
    policy: [
      "550 Rejected by header based manually Blocked Senders: ada@cadenza.example - https://community.mimecast.com/docs/DOC-1369#550",
      "550 Envelope blocked - User Entry - https://community.mimecast.com/docs/DOC-1369#550",
    ],
  },
  {
    server: "Barracuda",
    found: "reports",
    where: FIELD_MANUAL,
    hard: [
      "550 No such user (ines@norrland.example)",
      "550 cuda_nsu 5.1.1 <ines@norrland.example>... User unknown",
    ],
    policy: [
      "550 permanent failure for one or more recipients (ines@norrland.example:blocked)",
      "550 rejecting spoofed message",
      "554 rejecting banned content",
    ],
  },
  {
    server: "Barracuda",
    found: "reports",
    where: "bounces that tests of public programs quote (permanent failure for one or more recipients)",
    hard: ["550 permanent failure for one or more recipients (ines@norrland.example:550 5.1.1 User unknown)"],
  },
  {
    server: "Barracuda",
    found: "reports",
    where: ZONE_MTA,
    policy: ["554-Service unavailable; Client host [192.0.2.1] blocked using Barracuda Reputation"],
  },
  {
    server: "Trend Micro",
    found: "reports",
    where: FIELD_MANUAL,
    hard: ["554 5.7.1 <ines@norrland.example>: Recipient address rejected: Invalid-Recipient."],
    policy: [
      "554 5.7.1 <ines@norrland.example>: Recipient address rejected: BLOCK-SEND-ER.",
      "550 5.7.1 <ines@norrland.example>: Recipient address rejected: ERS-Customized-Block.",
    ],
  },
  {
    server: "Symantec Email Security.cloud",
    found: "reports",
    where: FIELD_MANUAL,
    hard: ["550 Invalid recipient <ines@norrland.example> (#5.1.1)"],
    policy: ["553 Message filtered. Refer to the Troubleshooting page (#5.7.1)"],
  },
  {
    server: "Many servers",
    found: "reports",
    where: ZONE_MTA,
    policy: [
      "550 5.2.1 Mailbox unavailable. Your IP address 192.0.2.1 is blacklisted using SPAMHAUS-XBL.",
      "550 5.5.4 ETP208 Your IP 192.0.2.1 is listed by Invaluement.",
      "550 The sending IP (192.0.2.1) is listed on https://spamrl.com/.",
      "550 Too many invalid recipients",
      "553 5.3.0 flph825 DNSBL:ATTRBL 521< 192.0.2.1 >_is_blocked.",
    ],
  },
  {
    server: "Many servers",
    found: "reports",
    where: SISIMAI,
    hard: ["550 5.7.1 <ines@norrland.example>: Recipient address rejected: User unknown"],
    policy: [
      "5.1.0 - Unknown address error 550-'5.7.1 <ines@norrland.example>... Access denied'",
      "550 5.1.0 <ada@cadenza.example> sender rejected.",
      "550 5.1.1 IP address blacklisted by recipient",
      "550 5.2.0 Message Filtered",
      "550 Protocol violation",
      "550 Rejected",
    ],
  },
  {
    server: "cPanel",
    found: "reports",
    where: KUMO_MTA,
    hard: [
      "550-The mail server could not deliver mail to ines@norrland.example. The account or domain may not exist, they may be blacklisted, or missing the proper dns entries.",
    ],
  },
];
