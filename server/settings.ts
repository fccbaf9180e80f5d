// What there is to set, by the environment. It is read by this table and printed into docs/configuration.md from it, so the page
// cannot be wrong.

type Setting = { default: string; help: string };

export const settings = {
  PORT: { default: "3000", help: "Where the API and the web app listen." },
  HOST: { default: "0.0.0.0", help: "The address to listen on. `127.0.0.1` keeps it to this machine." },
  CADENZA_PUBLIC_URL: {
    default: "http://localhost:<PORT>",
    help: "The address people and mail links reach Cadenza by. With `https://`, cookies are marked Secure.",
  },
  CADENZA_DATA_DIR: {
    default: "./data",
    help: "Folder of the embedded database, the key file and whatever else must survive.",
  },
  DATABASE_URL: {
    default: "",
    help: "A PostgreSQL 15 or newer to use instead of the embedded one. Its user owns the tables and must be able to create roles; the product itself works as `cadenza_app`, which owns nothing.",
  },
  CADENZA_ROLE: {
    default: "all",
    help: "`api` answers callers, `engine` does the work, `all` does both. The flag `--role=` wins. Separate processes share one `DATABASE_URL` and one key file.",
  },
  CADENZA_KEY_FILE: {
    default: "<CADENZA_DATA_DIR>/cadenza.key",
    help: "The key that encrypts mailbox passwords and tokens. Made at the first start, readable by its owner only. Without it they cannot be read: back it up, apart from the database.",
  },
  CADENZA_BOOTSTRAP_KEY: {
    default: "",
    help: "On the first start with an empty database, this becomes a master key of a first team. At least 24 characters.",
  },
  CADENZA_SAMPLE_TEAM: {
    default: "",
    help: "`1` gives the first team of an empty database a sample to look around in: contacts, accounts, sequences with history. All of it is invented, and its mail goes nowhere.",
  },
  CADENZA_DATABASE_CONNECTIONS: {
    default: "20",
    help: "Most connections one process opens to the database.",
  },
  CADENZA_ENGINE_LOOPS: {
    default: "16",
    help: "From how many mailboxes one process sends at the same time. `0`: no steps are carried out and no mail is sent.",
  },
  CADENZA_IMAP_POLL_MS: {
    default: "60000",
    help: "How often a mailbox is asked for new mail, in milliseconds; at least twice in `CADENZA_INBOX_AGE_MS`. Servers that tell of new mail by themselves are heard at once.",
  },
  CADENZA_INBOX_AGE_MS: {
    default: "300000",
    help: "No mail goes out from a mailbox with IMAP whose inbox was last read longer ago than this, in milliseconds: it waits until the inbox has been read, because an answer may lie there.",
  },
  CADENZA_RATE_LIMITS: {
    default: "",
    help: "Calls a team may make per endpoint, as `minute/hour/day`, for example `200/400/2000`. Empty: none are refused.",
  },
  CADENZA_OAUTH_REGISTRATION: {
    default: "open",
    help: "`open` lets applications register themselves, as agents and Apollo's command line do; whom they act for is asked each time. `off`: only admins add applications.",
  },
  CADENZA_ACCESS_TOKEN_DAYS: {
    default: "30",
    help: "How long an application may act by an OAuth access token before it has to renew it.",
  },
  CADENZA_TRUSTED_PROXIES: {
    default: "",
    help: "Addresses or CIDR ranges, comma-separated, whose `X-Forwarded-For` is believed. Empty: nobody's is. Where requests are forwarded all the same, the log says so once: all people then share the proxy's address.",
  },
  CADENZA_MAIL_ALLOW: {
    default: "",
    help: "Private and loopback mail servers that mailboxes may use, comma-separated: CIDR ranges (`10.0.0.0/8`), addresses or `host:port`. Public ones need no mention; link-local and metadata addresses and our own database are never allowed.",
  },
  CADENZA_ALLOW_PLAINTEXT_MAIL: {
    default: "",
    help: "`1` lets mailboxes speak to other hosts than loopback without TLS. Passwords and mail then travel readable.",
  },
  CADENZA_CATCHER: {
    default: "",
    help: "`1` runs the built-in mail catcher: an SMTP and an IMAP server on loopback, for mailboxes of the type `catcher`, whose mail stays in the house. `0` never runs it. Empty: where there is such a mailbox, as the sample team has.",
  },
  CADENZA_PROSPECTS: {
    default: "3-20",
    help: "After how many seconds invented people answer what was caught for them, as `3-20`. `off`: nobody answers.",
  },
  CADENZA_WEBHOOK_ALLOW: {
    default: "",
    help: "Private places that webhooks may be sent to, and that providers and language models may be at, comma-separated, in the same words. Empty: public addresses only.",
  },
  CADENZA_LOOKUP_LEASE_MS: {
    default: "15000",
    help: "How long whoever asks providers about somebody may show no sign of life before another goes on in their stead.",
  },
  CADENZA_PROBE_PORT: {
    default: "25",
    help: "The port at which mail servers are asked whether there is anybody at an address, where a team has switched that on. Other than 25 for tests only.",
  },
  CADENZA_DNS: {
    default: "",
    help: "Name servers that are asked for SPF, DKIM and DMARC of sending domains and for who takes mail, comma-separated, as `192.0.2.1` or `192.0.2.1:53`. Empty: the system's.",
  },
  CADENZA_METRICS_PORT: {
    default: "",
    help: "Serves Prometheus metrics at `/metrics` on a port of its own, and the health probes beside them, which is how an engine process is watched. Empty: not at all.",
  },
  CADENZA_METRICS_HOST: { default: "127.0.0.1", help: "The address the metrics listen on." },
  CADENZA_LOG_LEVEL: { default: "info", help: "`debug`, `info`, `warn`, `error` or `silent`." },
  CADENZA_TEST_SEAMS: {
    default: "",
    help: "`1` opens the seams that outside checks use (a movable clock, crash points). Never in production; announced loudly.",
  },
  CADENZA_CLOCK_FILE: {
    default: "",
    help: "With the seams open: a file holding a number of milliseconds by which the clock is ahead. Empty or gone, the last number counts.",
  },
  CADENZA_CRASH: {
    default: "",
    help: "With the seams open: `point=kill|stop|delay:ms|error[:probability[:seed]]`, comma-separated.",
  },
} as const satisfies Record<string, Setting>;

/** docs/configuration.md. */
export function configurationPage() {
  const rows = Object.entries(settings).map(
    ([name, { default: value, help }]) =>
      `| \`${name}\` | ${value ? `\`${value}\`` : "not set"} | ${help.replaceAll("|", "\\|")} |`,
  );
  return [
    "# Configuration",
    "",
    "Everything is set by the environment. This page is generated from `server/settings.ts`.",
    "",
    "| name | default | what it does |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
