// Where the mailboxes of known providers are reached, as they tell it to people who set up a mail program. A provider that publishes its
// settings in one of the usual formats needs no line here (autoconfig.ts, autodiscover.ts); one with several sets of servers behind
// the same mail exchanger must have none.

/** What a person has to know before the password works. */
export type MailProviderNote = "app_password" | "authorization_code" | "switch_on" | "no_access";

export type KnownProvider = {
  name: string;
  /** Without a password. */
  signsIn?: "google" | "microsoft";
  notes?: readonly MailProviderNote[];
  /** Addresses at these. */
  domains?: readonly string[];
  /** Its mail exchangers end in one of these. */
  exchangers?: readonly string[];
  /** Null: other programs cannot reach its mailboxes. */
  imap: string | null;
  smtp: string | null;
  /** 465 with TLS unless said. */
  startsTls?: true;
  /** The part before the @ signs in. */
  localPart?: true;
};

const APP_PASSWORD: readonly MailProviderNote[] = ["app_password"];
const SWITCH_ON: readonly MailProviderNote[] = ["switch_on"];

const YAHOO = "com ca de it fr es se co.in co.uk co.nz com.au com.br com.mx".split(" ");
const OUTLOOK = "at be com cz de dk es fr hu ie it jp pt com.au com.br".split(" ");
const GMX_COM = "com us co.uk es fr it ie pt se".split(" ");

export const KNOWN_PROVIDERS: readonly KnownProvider[] = [
  {
    name: "Google",
    signsIn: "google",
    notes: APP_PASSWORD,
    domains: ["gmail.com", "googlemail.com"],
    exchangers: ["google.com", "googlemail.com"],
    imap: "imap.gmail.com",
    smtp: "smtp.gmail.com",
  },
  {
    name: "Microsoft 365",
    signsIn: "microsoft",
    domains: [...OUTLOOK.map((end) => `outlook.${end}`), "hotmail.com", "live.com", "msn.com"],
    exchangers: ["mail.protection.outlook.com", "mx.microsoft", "olc.protection.outlook.com"],
    imap: "outlook.office365.com",
    smtp: "smtp.office365.com",
    startsTls: true,
  },
  {
    name: "Fastmail",
    notes: APP_PASSWORD,
    domains: ["fastmail.com", "fastmail.fm"],
    exchangers: ["messagingengine.com"],
    imap: "imap.fastmail.com",
    smtp: "smtp.fastmail.com",
  },
  {
    name: "iCloud",
    notes: APP_PASSWORD,
    domains: ["icloud.com", "me.com", "mac.com"],
    exchangers: ["mail.icloud.com"],
    imap: "imap.mail.me.com",
    smtp: "smtp.mail.me.com",
    startsTls: true,
  },
  ...["com", "eu", "in", "com.au", "jp"].flatMap((end): KnownProvider[] => [
    {
      name: "Zoho",
      notes: ["switch_on", "app_password"],
      domains: [`zoho.${end}`, `zohomail.${end}`],
      imap: `imap.zoho.${end}`,
      smtp: `smtp.zoho.${end}`,
    },
    {
      name: "Zoho",
      notes: ["switch_on", "app_password"],
      exchangers: [`zoho.${end}`],
      imap: `imappro.zoho.${end}`, // of companies with a domain of their own
      smtp: `smtppro.zoho.${end}`,
    },
  ]),
  {
    name: "Yahoo",
    notes: APP_PASSWORD,
    domains: [...YAHOO.map((end) => `yahoo.${end}`), "ymail.com", "rocketmail.com"],
    exchangers: ["yahoodns.net"],
    imap: "imap.mail.yahoo.com",
    smtp: "smtp.mail.yahoo.com",
  },
  {
    name: "AOL",
    notes: APP_PASSWORD,
    domains: ["aol.com", "aol.de", "aol.fr", "aol.co.uk"],
    ...pair("imap.aol.com", "smtp.aol.com"),
  },
  {
    name: "GMX",
    notes: SWITCH_ON,
    domains: ["gmx.net", "gmx.de", "gmx.at", "gmx.ch", "gmx.eu"],
    ...pair("imap.gmx.net", "mail.gmx.net"),
  },
  {
    name: "GMX",
    notes: SWITCH_ON,
    domains: GMX_COM.map((end) => `gmx.${end}`),
    ...pair("imap.gmx.com", "mail.gmx.com"),
  },
  {
    name: "WEB.DE",
    notes: SWITCH_ON,
    domains: ["web.de"],
    localPart: true,
    ...pair("imap.web.de", "smtp.web.de"),
  },
  {
    name: "Telekom",
    domains: ["t-online.de", "magenta.de"],
    ...pair("secureimap.t-online.de", "securesmtp.t-online.de"),
  },
  { name: "IONOS", exchangers: ["kundenserver.de", "ionos.de"], ...pair("imap.ionos.de", "smtp.ionos.de") },
  { name: "IONOS", exchangers: ["ionos.com", "1and1.com"], ...pair("imap.ionos.com", "smtp.ionos.com") },
  {
    name: "IONOS",
    exchangers: ["ionos.co.uk", "1and1.co.uk"],
    ...pair("imap.ionos.co.uk", "smtp.ionos.co.uk"),
  },
  { name: "IONOS", exchangers: ["ionos.fr", "1and1.fr"], ...pair("imap.ionos.fr", "smtp.ionos.fr") },
  { name: "IONOS", exchangers: ["ionos.es", "1and1.es"], ...pair("imap.ionos.es", "smtp.ionos.es") },
  { name: "STRATO", exchangers: ["rzone.de"], ...pair("imap.strato.de", "smtp.strato.de") },
  { name: "Hetzner", exchangers: ["your-server.de"], ...both("mail.your-server.de") },
  { name: "domainfactory", exchangers: ["ispgateway.de"], ...pair("sslin.df.eu", "sslout.df.eu") },
  {
    name: "mailbox.org",
    domains: ["mailbox.org"],
    exchangers: ["mailbox.org"],
    ...pair("imap.mailbox.org", "smtp.mailbox.org"),
  },
  { name: "Posteo", domains: ["posteo.de", "posteo.net", "posteo.org", "posteo.eu"], ...both("posteo.de") },
  { name: "Infomaniak", exchangers: ["infomaniak.ch"], ...both("mail.infomaniak.com") },
  {
    name: "Bluewin",
    domains: ["bluewin.ch", "bluemail.ch"],
    ...pair("imaps.bluewin.ch", "smtpauths.bluewin.ch"),
  },
  { name: "A1", domains: ["a1.net", "aon.at"], startsTls: true, ...both("securemail.a1.net") },
  {
    name: "OVHcloud",
    exchangers: [0, 1, 2, 3, 4].map((n) => `mx${n}.mail.ovh.net`), // ex.mail.ovh.net is an Exchange, with servers of its own
    ...both("ssl0.ovh.net"),
  },
  { name: "Gandi", exchangers: ["mail.gandi.net"], ...both("mail.gandi.net") },
  { name: "Orange", domains: ["orange.fr", "wanadoo.fr"], ...pair("imap.orange.fr", "smtp.orange.fr") },
  { name: "Free", domains: ["free.fr"], localPart: true, ...pair("imap.free.fr", "smtp.free.fr") },
  {
    name: "La Poste",
    domains: ["laposte.net"],
    localPart: true,
    ...pair("imap.laposte.net", "smtp.laposte.net"),
  },
  { name: "SFR", domains: ["sfr.fr", "neuf.fr"], ...pair("imap.sfr.fr", "smtp.sfr.fr") },
  {
    name: "Libero",
    domains: ["libero.it", "iol.it", "inwind.it"],
    ...pair("imapmail.libero.it", "smtp.libero.it"),
  },
  { name: "Virgilio", domains: ["virgilio.it"], ...pair("in.virgilio.it", "out.virgilio.it") },
  { name: "Aruba", exchangers: ["aruba.it"], ...pair("imaps.aruba.it", "smtps.aruba.it") },
  { name: "WP", domains: ["wp.pl"], localPart: true, ...pair("imap.wp.pl", "smtp.wp.pl") },
  {
    name: "Onet",
    domains: ["onet.pl", "onet.eu", "op.pl", "vp.pl"],
    ...pair("imap.poczta.onet.pl", "smtp.poczta.onet.pl"),
  },
  { name: "o2", domains: ["o2.pl", "go2.pl", "tlen.pl"], localPart: true, ...both("poczta.o2.pl") },
  {
    name: "Seznam",
    domains: ["seznam.cz", "email.cz", "post.cz"],
    exchangers: ["seznam.cz"],
    ...pair("imap.seznam.cz", "smtp.seznam.cz"),
  },
  { name: "one.com", exchangers: ["one.com"], ...pair("imap.one.com", "send.one.com") },
  {
    name: "Ziggo",
    domains: ["ziggo.nl", "ziggomail.com", "home.nl"],
    startsTls: true,
    ...pair("imap.ziggo.nl", "smtp.ziggo.nl"),
  },
  {
    name: "KPN",
    domains: ["kpnmail.nl", "planet.nl", "hetnet.nl"],
    ...pair("imap.kpnmail.nl", "smtp.kpnmail.nl"),
  },
  {
    name: "Proximus",
    domains: ["proximus.be", "skynet.be"],
    startsTls: true,
    ...pair("imap.proximus.be", "relay.proximus.be"),
  },
  { name: "SAPO", domains: ["sapo.pt", "meo.pt"], ...pair("imap.sapo.pt", "smtp.sapo.pt") },
  { name: "BT", domains: ["btinternet.com"], ...both("mail.btinternet.com") },
  { name: "Rackspace", exchangers: ["emailsrvr.com"], ...both("secure.emailsrvr.com") },
  {
    name: "GoDaddy",
    exchangers: ["secureserver.net"],
    ...pair("imap.secureserver.net", "smtpout.secureserver.net"),
  },
  { name: "Namecheap", exchangers: ["privateemail.com"], ...both("mail.privateemail.com") },
  {
    name: "Titan",
    notes: SWITCH_ON,
    exchangers: ["titan.email"],
    ...pair("imap.titan.email", "smtp.titan.email"),
  },
  { name: "Hostinger", exchangers: ["hostinger.com"], ...pair("imap.hostinger.com", "smtp.hostinger.com") },
  { name: "DreamHost", exchangers: ["dreamhost.com"], ...pair("imap.dreamhost.com", "smtp.dreamhost.com") },
  { name: "Migadu", exchangers: ["migadu.com"], ...pair("imap.migadu.com", "smtp.migadu.com") },
  {
    name: "Purelymail",
    exchangers: ["purelymail.com"],
    ...pair("imap.purelymail.com", "smtp.purelymail.com"),
  },
  {
    name: "Yandex",
    notes: ["switch_on", "app_password"],
    domains: ["yandex.com", "yandex.ru", "ya.ru"],
    exchangers: ["mx.yandex.net", "mx.yandex.ru"],
    ...pair("imap.yandex.com", "smtp.yandex.com"),
  },
  {
    name: "Mail.ru",
    notes: APP_PASSWORD,
    domains: ["mail.ru", "inbox.ru", "list.ru", "bk.ru"],
    exchangers: ["mail.ru"],
    ...pair("imap.mail.ru", "smtp.mail.ru"),
  },
  ...["qq.com", "163.com", "126.com", "yeah.net"].map(
    (domain): KnownProvider => ({
      name: domain,
      notes: ["switch_on", "authorization_code"],
      domains: [domain],
      ...pair(`imap.${domain}`, `smtp.${domain}`),
    }),
  ),
  {
    name: "Naver",
    notes: ["switch_on", "app_password"],
    domains: ["naver.com"],
    ...pair("imap.naver.com", "smtp.naver.com"),
  },
  {
    name: "Proton",
    notes: ["no_access"],
    domains: ["proton.me", "protonmail.com", "pm.me"],
    exchangers: ["protonmail.ch"],
    imap: null,
    smtp: null,
  },
  {
    name: "Tuta",
    notes: ["no_access"],
    domains: ["tuta.com", "tutanota.com", "tutanota.de"],
    exchangers: ["tutanota.de"],
    imap: null,
    smtp: null,
  },
];

function pair(imap: string, smtp: string) {
  return { imap, smtp };
}

function both(host: string) {
  return { imap: host, smtp: host };
}
