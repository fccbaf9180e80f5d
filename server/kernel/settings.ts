// All settings, read from the environment. docs/operate/configuration.md is made from this table, so the page cannot be wrong.

export type Setting = {
  default: string;
  help: string;
  /** The name before it was renamed. It still counts, with a warning. */
  formerly?: string;
};

export const settings = {
  PORT: { default: "3000", help: "The port of the API and the web app." },
  HOST: { default: "0.0.0.0", help: "The address to listen on. `127.0.0.1` keeps it to this machine." },
  CADENZA_PUBLIC_URL: {
    default: "http://localhost:<PORT>",
    help: "The public URL of Cadenza, used for the web app and for links in emails. With `https://`, cookies are marked Secure.",
  },
  CADENZA_DATA_DIR: {
    default: "./data",
    help: "Folder of the embedded database, the key file and all other data that must be kept.",
  },
  CADENZA_CACHE_DIR: {
    default: "<the user's cache folder>/cadenza",
    help: "Folder in which `cadenza sandbox` keeps a new, empty database for its next start, which then is faster. It may be deleted at any time.",
  },
  DATABASE_URL: {
    default: "",
    help: "URL of a PostgreSQL server (15 or newer) to use instead of the embedded one, with several servers and TLS as in [your own PostgreSQL](postgresql.md). Its user owns the tables and needs the right to create roles. Cadenza itself works as the role `cadenza_app`, which owns no tables.",
  },
  CADENZA_OLD_POSTGRES_BIN: {
    default: "",
    help: "Folder with the program `postgres` of an earlier major version, for the start that moves the embedded database to a [new major version](upgrade.md#a-new-major-version-of-postgresql). Empty: Cadenza uses the programs that it kept in the data folder, or looks for them where systems install them.",
  },
  CADENZA_FAILOVER: {
    default: "confirm",
    help: "What happens after a standby of your own PostgreSQL took over. `confirm`: no email is sent until a person confirms. `synchronous`: sending goes on if the standby proves that it lacks no email that was sent. Then email is sent only while the cluster replicates synchronously. Set the same value for all processes. See [failover](postgresql.md#failover).",
  },
  CADENZA_ROLE: {
    default: "all",
    help: "`api` serves the API and the web app, `engine` sends and reads email, `all` does both. The flag `--role=` overrides it. Separate processes share one `DATABASE_URL` and one key file.",
  },
  CADENZA_KEY_FILE: {
    default: "<CADENZA_DATA_DIR>/cadenza.key",
    help: "File of the key that encrypts mailbox passwords and tokens. Cadenza creates it at the first start, readable by its owner only. Without it the passwords cannot be read, so back it up separately from the database.",
  },
  CADENZA_BOOTSTRAP_KEY: {
    default: "",
    help: "At the first start with an empty database, this becomes the [operator's key](../guides/roles.md#the-operator): a master API key of the first team, which may also back up and restore. At least 24 characters. Later it does nothing.",
  },
  CADENZA_SAMPLE_TEAM: {
    default: "",
    help: "`1` fills the first team of an empty database with sample data: contacts, accounts, sequences with history. All of it is invented, and its email is never really sent.",
  },
  CADENZA_DATABASE_CONNECTIONS: {
    default: "20",
    help: "Maximum number of database connections of one process.",
  },
  CADENZA_DATABASE_WAIT_SECONDS: {
    default: "600",
    help: "Number of seconds that a start waits for the database at `DATABASE_URL` while it is starting, recovering or unreachable. Then the start ends with exit code 5.",
  },
  CADENZA_SLOW_STATEMENT_MS: {
    default: "1000",
    help: "A database statement that takes this many milliseconds or more is logged, with the call and the request it belongs to. `0`: none is logged.",
  },
  CADENZA_ENGINE_LOOPS: {
    default: "16",
    help: "Number of mailboxes from which one process sends at the same time. `0`: no steps run and no email is sent.",
  },
  CADENZA_IMAP_POLL_MS: {
    default: "60000",
    help: "How often a mailbox is checked for new email, in milliseconds; at least twice per `CADENZA_INBOX_AGE_MS`. If the mail server supports IMAP IDLE, new email is read at once.",
  },
  CADENZA_INBOX_AGE_MS: {
    default: "300000",
    help: "Maximum age of the last inbox check, in milliseconds. If the inbox of a mailbox with IMAP was last read longer ago, its emails wait, because the inbox may contain a reply.",
  },
  CADENZA_RATE_LIMITS: {
    default: "",
    help: "Calls that a team may make per endpoint, as `minute/hour/day`, for example `200/400/2000`. Empty: no limit.",
  },
  CADENZA_OAUTH_REGISTRATION: {
    default: "open",
    help: "`open`: applications may register themselves, as AI agents and Apollo's command line do; the user still has to allow each one. `off`: only admins add applications.",
  },
  CADENZA_ACCESS_TOKEN_DAYS: {
    default: "30",
    help: "Number of days until an OAuth access token expires and has to be renewed.",
  },
  CADENZA_TRUSTED_PROXIES: {
    default: "",
    help: "Reverse proxies whose `X-Forwarded-For` is trusted: addresses or CIDR ranges, comma-separated. Empty: none. If requests come through another proxy, the log says so once, and all users share the proxy's address.",
  },
  CADENZA_MAIL_ALLOW: {
    default: "",
    help: "Private and loopback mail servers that mailboxes may use, comma-separated: CIDR ranges (`10.0.0.0/8`), addresses or `host:port`. Public servers are always allowed. Link-local and metadata addresses and Cadenza's own database are never allowed.",
  },
  CADENZA_ALLOW_PLAINTEXT_MAIL: {
    default: "",
    help: "`1` allows mailboxes to connect without TLS to servers on other machines. Passwords and emails are then sent unencrypted.",
  },
  CADENZA_SANDBOX: {
    default: "",
    help: "`1` makes a new installation a sandbox: its time can be moved, its email goes to the test inbox, and nothing reaches anyone outside. Or the time at which it begins, as `2027-01-04T09:00:00Z`; it then stands still until it is moved. An installation stays what it was at its first start.",
  },
  CADENZA_CATCHER: {
    default: "",
    help: "`1` runs the built-in test mail server: SMTP and IMAP on loopback, for mailboxes of the type `catcher`. Their emails are kept in the test inbox and never really sent. `0` never runs it. Empty: it runs if there is such a mailbox, as in the sample team.",
  },
  CADENZA_AUTOREPLY_SECONDS: {
    default: "3-20",
    help: "Number of seconds after which sample contacts reply to emails in the test inbox, as `3-20`. `off`: no replies.",
    formerly: "CADENZA_PROSPECTS",
  },
  CADENZA_WEBHOOK_ALLOW: {
    default: "",
    help: "Private addresses that webhooks, providers and language models may use, comma-separated, in the same format as `CADENZA_MAIL_ALLOW`. Empty: public addresses only.",
  },
  CADENZA_GMAIL_API_URL: {
    default: "https://gmail.googleapis.com",
    help: "Where the Gmail API is reached, for mailboxes of Google Workspace that are connected by it. Change it for a proxy of your own, or for tests.",
  },
  CADENZA_MICROSOFT_GRAPH_URL: {
    default: "https://graph.microsoft.com",
    help: "Where Microsoft Graph is reached, for mailboxes of Microsoft 365 that are connected by it. Change it for a national cloud: `https://graph.microsoft.us` or `https://dod-graph.microsoft.us`. People then sign in at `login.microsoftonline.us`.",
  },
  CADENZA_LOOKUP_LEASE_MS: {
    default: "15000",
    help: "How long a process that asks providers may be silent, in milliseconds, before another process takes over the lookup.",
  },
  CADENZA_PROBE_PORT: {
    default: "25",
    help: "The port at which mail servers are asked whether an address exists, if a team has turned that on. Change it for tests only.",
  },
  CADENZA_BLOCKLISTS: {
    default: "",
    help: "Blocklists of domains to ask about the domains of your mailboxes, comma-separated, as `dbl.spamhaus.org`. At most ten. Each learns these domains, and many do not answer public name servers: see `CADENZA_DNS`. Empty: none.",
  },
  CADENZA_DNS: {
    default: "",
    help: "Name servers for DNS checks (SPF, DKIM, DMARC, mail servers of a domain), comma-separated, as `192.0.2.1` or `192.0.2.1:53`. Empty: the name servers of the system.",
  },
  CADENZA_BACKUP_DIR: {
    default: "",
    help: "Existing folder into which the engine writes a backup of the whole installation each day ([backups](backups.md)). Set it in every process. Empty: no scheduled backups.",
  },
  CADENZA_BACKUP_HOUR: {
    default: "3",
    help: "The hour of the daily backup, 0 to 23, in UTC. One that was missed is made after the next start.",
  },
  CADENZA_BACKUP_KEEP: {
    default: "7d 4w 6m",
    help: "Which backups are kept: the newest one of each of so many days, weeks and months. All others are deleted after a good backup.",
  },
  CADENZA_BACKUP_RECIPIENT: {
    default: "",
    help: "Public keys of [age](https://age-encryption.org) (`age1…`), comma-separated. Scheduled backups are encrypted for them: each of their private keys decrypts them, and the server has no private key. Empty: not encrypted.",
  },
  CADENZA_BACKUP_S3_URL: {
    default: "",
    help: "Bucket of an S3-compatible storage into which each scheduled backup is copied, as `https://s3.example.com/bucket/prefix` ([copies](backups.md#copy-to-s3-compatible-storage)). Needs `CADENZA_BACKUP_DIR`. The host may be a private one. Empty: no copies.",
  },
  CADENZA_BACKUP_S3_REGION: {
    default: "us-east-1",
    help: "The region of the bucket, as the storage names it. Many storages that are not AWS accept the default, as Cloudflare R2 and MinIO do.",
  },
  CADENZA_BACKUP_S3_KEY_ID: { default: "", help: "The ID of the access key to the bucket." },
  CADENZA_BACKUP_S3_SECRET: {
    default: "",
    help: "The secret of the access key to the bucket. It must be allowed to list, read, write and delete there.",
  },
  CADENZA_WAL_DIR: {
    default: "",
    help: "Existing folder into which the WAL of the embedded database is archived each minute, and a base backup each day: then the database can be [recovered to any time](point-in-time-recovery.md). Not with `DATABASE_URL`. Empty: off.",
  },
  CADENZA_WAL_KEEP_DAYS: {
    default: "7",
    help: "So many days back the database can be recovered from `CADENZA_WAL_DIR`. What is older is deleted.",
  },
  CADENZA_METRICS_PORT: {
    default: "",
    help: "A separate port for Prometheus metrics at `/metrics` and for the health probes. Use it to monitor an engine process. Empty: off.",
  },
  CADENZA_METRICS_HOST: { default: "127.0.0.1", help: "The address on which the metrics are served." },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    default: "",
    help: "URL of an OpenTelemetry collector, such as `http://localhost:4318`: [traces](traces.md) are sent to it. Empty: off.",
  },
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: {
    default: "",
    help: "The whole URL to which traces are sent, instead of `OTEL_EXPORTER_OTLP_ENDPOINT` with `/v1/traces`.",
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    default: "",
    help: "Headers for the collector, such as `api-key=secret`, separated by commas.",
  },
  OTEL_EXPORTER_OTLP_PROTOCOL: { default: "http/json", help: "Cadenza speaks `http/json`, and no other." },
  OTEL_SERVICE_NAME: { default: "cadenza", help: "The name of this installation in traces." },
  OTEL_RESOURCE_ATTRIBUTES: {
    default: "",
    help: "What else names this installation in traces, such as `deployment.environment.name=production`.",
  },
  OTEL_TRACES_SAMPLER: {
    default: "parentbased_always_on",
    help: "Which traces are sent: `always_on`, `always_off`, `traceidratio`; with `parentbased_` before it, a caller that names its trace decides.",
  },
  OTEL_TRACES_SAMPLER_ARG: { default: "1", help: "The share of traces that a ratio sends, from 0 to 1." },
  OTEL_SDK_DISABLED: { default: "false", help: "`true` turns traces off." },
  CADENZA_LOG_LEVEL: { default: "info", help: "`debug`, `info`, `warn`, `error` or `silent`." },
  CADENZA_TEST_SEAMS: {
    default: "",
    help: "`1` opens the test seams (a movable clock, crash points). Never use it in production. The log warns about it at the start.",
  },
  CADENZA_CLOCK_FILE: {
    default: "",
    help: "With the test seams open: a file with the number of milliseconds by which the clock is ahead. If the file is empty or missing, the last number counts.",
  },
  CADENZA_CRASH: {
    default: "",
    help: "With the test seams open: `point=kill|stop|delay:ms|error[:probability[:seed]]`, comma-separated.",
  },
} as const satisfies Record<string, Setting>;

/** docs/operate/configuration.md. */
export function configurationPage() {
  const rows = Object.entries<Setting>(settings).map(
    ([name, { default: value, help, formerly }]) =>
      `| \`${name}\` | ${value ? `\`${value}\`` : "not set"} | ${help.replaceAll("|", "\\|")}${formerly ? ` Formerly \`${formerly}\`.` : ""} |`,
  );
  return [
    "# Configuration",
    "",
    "The person who runs the server sets these before the start. Each is an environment variable, and a change counts after a restart:",
    "",
    "```sh",
    "export CADENZA_PUBLIC_URL=https://cadenza.example.com",
    "cadenza start",
    "```",
    "",
    "With the Debian package they are lines in `/etc/cadenza/cadenza.env`, without `export`: then run `sudo systemctl restart cadenza`. In containers they are lines in `deploy/cadenza.env` ([containers](containers.md)). A [misspelled setting](start.md#misspelled-settings) stops the start. A team's own settings are in the app, under *Settings*.",
    "",
    "| name | default | what it does |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
