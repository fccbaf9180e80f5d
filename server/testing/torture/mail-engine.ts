// An engine that only sends, on a given database, in a process of its own: it is ready in half a second, so that it
// can be killed often. Its id is given to it, and the name of its database connections. Says so on its output when it
// is at work.

import pg from "pg";
import { endWithParent } from "../../../scripts/end-with-parent.mjs";
import type { App } from "../../app.ts";
import { followDatabase, openDatabaseClock } from "../../clock.ts";
import { readConfig } from "../../config.ts";
import { connect } from "../../db/connect.ts";
import { peaceAsked } from "../../domain/basics/retry.ts";
import { startMailing } from "../../engine/loop.ts";
import { placeOfDigestKey } from "../../features/administration/installation/commands.ts";
import { findInstallation } from "../../features/administration/installation/store.ts";
import { openLog } from "../../kernel/log.ts";
import { NO_METRICS } from "../../kernel/metrics.ts";
import { openSecrets } from "../../kernel/secrets.ts";
import { NO_TRACES } from "../../kernel/traces.ts";
import { openMail } from "../../mail/door.ts";
import { openOutgoing } from "../../outgoing/door.ts";
import { openClock, openCrashPoints } from "../../seams.ts";
import { tellOfBugs } from "./bugs.ts";
import { withBug } from "./planted.ts";

const PATIENCE_MS = 2_000;

endWithParent(process.ppid); // the process that started us may be killed, too

const { TORTURE_SIGN_IN: signIn, TORTURE_PLANTED: planted } = process.env;
const config = { ...readConfig(), ...(signIn && { signInAddresses: JSON.parse(signIn) }) };
const log = openLog("warn", tellOfBugs(config.logLevel));
const id = process.argv[2] ?? "";
const connection = { connectionString: config.databaseUrl ?? "", application_name: id };
const { host, port } = new pg.Client(connection);
const clock = openDatabaseClock();
const now = openClock(config.seams, clock.now);
openCrashPoints(config.seams);

const secrets = openSecrets(config.keyFile, false);
const db = await connect(connection, {
  digest: (text) => secrets.digest(text),
  size: config.databaseConnections,
  onError: (error) => log.warn({ err: error }, "a database connection was lost"),
  clock: () => ({
    aheadMs: now === clock.now ? 0 : Math.round(now().since(clock.now()).total("milliseconds")),
  }),
});
await followDatabase(clock, () => db.time());
// Providers that say nothing would be waited for longer than a test runs.
const open = openOutgoing({ allowed: config.webhookAllow, ownDatabase: [{ host, port }] });
const outgoing: App["outgoing"] = {
  ...open,
  fetch: (asked) => open.fetch({ ...asked, longestMs: PATIENCE_MS }),
  fetchBytes: (asked) => open.fetchBytes({ ...asked, longestMs: PATIENCE_MS }),
};
const mail = openMail(config, [{ host, port }], {
  now,
  unmoved: clock.now,
  apis: {
    outgoing,
    urls: { graph: config.graphUrl, gmail: config.gmailUrl },
    waitAsked: (status, retryAfter) => peaceAsked(status, retryAfter, now()),
  },
});
const app: App = {
  config,
  db,
  jobs: unused("jobs"),
  secrets,
  mail: planted === undefined ? mail : withBug(mail, planted),
  catcher: unused("catcher"),
  outgoing,
  bucket: null,
  dns: unused("dns"),
  database: { servers: [{ host, port }], name: "" },
  log,
  metrics: NO_METRICS,
  traces: NO_TRACES,
  now,
  sandbox: null,
  timeStands: false,
  ownApi: () => Promise.reject(new TypeError("an engine that only sends opens no API")),
  forgetCallers: () => {},
  undeclaredProxy: null,
  walArchive: null,
  workflows: unused("workflows"),
};

/** What an engine that only sends has no need of. It is a bug where it is asked for nevertheless. */
function unused<Door extends object>(name: string): Door {
  const refuse = (_: object, member: string | symbol) => {
    throw new TypeError(`an engine that only sends has no ${name}: ${String(member)}`);
  };
  return new Proxy({}, { get: refuse }) as Door;
}

const installation = await db.inTransaction(findInstallation);
if (installation?.digestKey)
  app.secrets.useDigestKey(placeOfDigestKey(installation.id), installation.digestKey);

const stop = await startMailing(app, id);
process.once("SIGTERM", () => void stop().then(() => process.exit(0)));
process.stdout.write("ready\n");
