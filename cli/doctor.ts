// `cadenza doctor`: checks everything from the database to the public DNS records of the sending domains. Each finding says
// what to do about it.

import type { Client } from "@cadenza/sdk";
import { newCommand } from "./building.ts";
import type { Common, Session } from "./connection.ts";
import { EXIT } from "./exits.ts";
import type { Flow } from "./flows.ts";
import { diskText } from "./storage.ts";
import { jsonOf, tableOf } from "./table.ts";

export type Finding = { about: string; verdict: "well" | "unsure" | "trouble"; says: string; todo?: string };

const CLOCK_MAY_DIFFER_MS = 5_000;

export const doctor: Flow = {
  name: "doctor",
  add(program, session, finish, common) {
    program.addCommand(
      common(newCommand("doctor"))
        .description(
          "Check the installation: server, database, clock, API key, sending, backups, disk, mailboxes, and SPF, DKIM and DMARC of the sending domains.",
        )
        .option("--dkim-selector <a,b>", "More DKIM selectors to check")
        .action(async (options: Common & { dkimSelector?: string }) => {
          session.choose(options);
          finish(await examine(session, options));
        }),
    );
  },
};

async function examine(session: Session, options: { json?: boolean; dkimSelector?: string }) {
  const findings: Finding[] = [];
  for await (const finding of look(session, options.dkimSelector?.split(",") ?? [])) findings.push(finding);
  const isIll = findings.some(({ verdict }) => verdict === "trouble");
  if (options.json) session.say(jsonOf({ well: !isIll, findings }));
  else {
    session.say(
      tableOf(findings, { columns: ["about", "verdict", "says"], width: Number.POSITIVE_INFINITY }),
    );
    for (const { about, todo } of findings) if (todo) session.say(`${about}: ${todo}`);
  }
  return isIll ? EXIT.notAll : EXIT.done;
}

async function* look(session: Session, selectors: readonly string[]): AsyncGenerator<Finding> {
  const server = await lookAtServer(session);
  yield* server.findings;
  if (!server.answers) return;
  const api = await session.api();
  const { is_logged_in } = await api.auth.health();
  if (!is_logged_in) {
    yield {
      about: "key",
      verdict: "trouble",
      says: "The server does not accept it.",
      todo: "Set CADENZA_API_KEY, or run cadenza login.",
    };
    return;
  }
  yield { about: "key", verdict: "well", says: "The server accepts it." };
  yield* await unlessForbidden("sending", () => lookAtSending(api));
  yield* await unlessForbidden("installation", () => lookAtInstallation(api));
  yield* await unlessForbidden("backups", () => lookAtBackups(api));
  yield* await unlessForbidden("disk", () => lookAtDisk(api));
  yield* await unlessForbidden("jobs", () => lookAtJobs(api));
  const mailboxes = await unlessForbidden("mailboxes", () => lookAtMailboxes(api));
  yield* mailboxes;
  const { checkDomain, openResolver } = await import("./mail-dns.ts");
  const resolver = openResolver(session.env.CADENZA_DNS);
  for (const [domain, own] of await domainsOf(api))
    yield* await checkDomain(resolver, domain, { own, selectors });
}

async function lookAtServer(session: Session): Promise<{ findings: Finding[]; answers: boolean }> {
  const before = Date.now();
  let response: Response;
  try {
    response = await session.ask("/health/ready", { signal: AbortSignal.timeout(10_000) });
  } catch {
    const todo = "Check CADENZA_URL, and whether the server is running.";
    return {
      answers: false,
      findings: [{ about: "server", verdict: "trouble", says: `No answer from ${session.url}.`, todo }],
    };
  }
  const after = Date.now();
  if (response.status !== 200 && response.status !== 503)
    return {
      answers: true,
      findings: [
        {
          about: "server",
          verdict: "unsure",
          says: "It answers, but it is not Cadenza: the database is not shown.",
        },
      ],
    };
  const isReady = response.status === 200;
  const upgrade = isReady ? null : await upgradeIn(response);
  return {
    answers: isReady,
    findings: [
      { about: "server", verdict: "well", says: `It answers in ${after - before} ms.` },
      isReady
        ? { about: "database", verdict: "well", says: "It answers." }
        : (upgrade ?? {
            about: "database",
            verdict: "trouble",
            says: "The server cannot reach it.",
            todo: "Check the server's log, and whether PostgreSQL is running.",
          }),
      clockFinding(response.headers.get("date"), before, after),
    ],
  };
}

/** The server moves it to a newer PostgreSQL, and answers nothing else meanwhile. */
async function upgradeIn(response: Response): Promise<Finding | null> {
  const told = (await response.json().catch(() => null)) as { status?: string; says?: string } | null;
  if (told?.status !== "upgrading") return null;
  return { about: "database", verdict: "unsure", says: told.says ?? "", todo: "Wait until it is done." };
}

/** The header counts whole seconds, so it may lag by one. */
function clockFinding(header: string | null, before: number, after: number): Finding {
  const there = Date.parse(header ?? "");
  if (Number.isNaN(there))
    return { about: "clock", verdict: "unsure", says: "The server does not send its time." };
  const aheadMs = there + 500 - (before + after) / 2;
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (Math.abs(aheadMs) <= CLOCK_MAY_DIFFER_MS)
    return { about: "clock", verdict: "well", says: "The server's clock matches this computer's clock." };
  return {
    about: "clock",
    verdict: "trouble",
    says: `The server's clock is ${seconds} s ${aheadMs > 0 ? "ahead of" : "behind"} this computer's clock.`,
    todo: "Set both with NTP; emails are sent by the server's clock.",
  };
}

async function unlessForbidden(about: string, ask: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await ask();
  } catch (error) {
    const { Refused } = await import("@cadenza/sdk");
    if (!(error instanceof Refused) || ![403, 404].includes(error.status)) throw error;
    return [{ about, verdict: "unsure", says: "This key has no permission to check it." }];
  }
}

async function lookAtJobs(api: Client): Promise<Finding[]> {
  const { entity_progress_jobs: jobs, pagination } = await api.progress.list({
    unseen_failures: true,
    per_page: 1,
  });
  const [latest] = jobs;
  if (!latest) return [{ about: "jobs", verdict: "well", says: "No failed jobs you have not seen." }];
  return [
    {
      about: "jobs",
      verdict: "trouble",
      says: `${pagination.total_entries} failed. The latest: ${latest.name}. ${latest.error ?? ""}`.trim(),
      todo: "See them: cadenza jobs list --unseen-failures. Mark one as seen: cadenza jobs mark-seen <id>.",
    },
  ];
}

async function lookAtSending(api: Client): Promise<Finding[]> {
  const { sending } = (await api.installation.show()).installation;
  if (!sending.held) return [{ about: "sending", verdict: "well", says: "This database sends emails." }];
  const isOnlyWaiting = sending.reasons.every(({ code }) => code === "not_replicated");
  const says = `Sending is paused: ${sending.reasons.map((reason) => reason.says).join("; ")}.`;
  return [
    {
      about: "sending",
      verdict: "trouble",
      says,
      todo: isOnlyWaiting
        ? "Start a standby that replicates synchronously. Sending then resumes by itself."
        : "If no other installation sends from it, run: cadenza installation confirm-sending",
    },
  ];
}

/** What the alert rules watch, by the server's own figures. */
async function lookAtInstallation(api: Client): Promise<Finding[]> {
  const { checks } = await api.installation.checks();
  return checks.map(({ name, verdict, says, todo }) => ({
    about: name.toLowerCase(),
    verdict,
    says,
    ...(todo !== null && { todo }),
  }));
}

type Backups = Awaited<ReturnType<Client["installation"]["backups"]>>["backups"];

async function lookAtBackups(api: Client): Promise<Finding[]> {
  const { backups } = await api.installation.backups();
  return [...scheduledFindings(backups), ...walFindings(backups)];
}

const LATE_MS = 15 * 60_000;
const LATE_BASE_MS = 36 * 3_600_000;

/** Nothing where it is off: the daily backups are enough for many. */
function walFindings({ wal_archive: archive }: Backups): Finding[] {
  if (!archive) return [];
  const about = "WAL archive";
  const { from, until, last_base_at, trouble, error } = archive;
  const reach =
    from && until
      ? `The database can be recovered to any time from ${from} to ${until}.`
      : "Nothing can be recovered yet.";
  const isLate = (at: string | null, ms: number) => at !== null && Date.now() - Date.parse(at) > ms;
  if (trouble === null && !isLate(until, LATE_MS) && !isLate(last_base_at, LATE_BASE_MS))
    return [{ about, verdict: from && until ? "well" : "unsure", says: reach }];
  const why = error ?? "It is behind.";
  const todo =
    trouble === "base_failed"
      ? "Put it right. Cadenza tries again every 15 minutes."
      : "Put it right soon: WAL that waits for the archive takes up to 8 GB of the disk of the database, then it is given up.";
  return [{ about, verdict: "trouble", says: `${why} ${reach}`, todo }];
}

function scheduledFindings(backups: Backups): Finding[] {
  const about = "backups";
  const { scheduled, trouble, running, last_good: good, runs } = backups;
  if (!scheduled)
    return [
      {
        about,
        verdict: "unsure",
        says: "No backups are scheduled.",
        todo: "Set CADENZA_BACKUP_DIR, or make backups another way (docs/operate/backups.md).",
      },
    ];
  const last = good
    ? `The last good one is of ${good.started_at}${good.file?.endsWith(".age") ? ", encrypted" : ""}.`
    : "There is no good one so far.";
  if (trouble === "failed") {
    const why = runs.find(({ error }) => error !== null)?.error ?? "";
    const todo = "Put it right. Cadenza tries again every 15 minutes. At once: cadenza installation back-up";
    return [{ about, verdict: "trouble", says: `The last backup failed. ${why} ${last}`, todo }];
  }
  if (trouble === "late") {
    const todo = "Check that an engine runs, with CADENZA_BACKUP_DIR, and look at its log.";
    return [{ about, verdict: "trouble", says: `A backup is missing. ${last}`, todo }];
  }
  const well: Finding = { about, verdict: "well", says: running ? `One is running. ${last}` : last };
  return [well, ...copyFindings(backups)];
}

/** Nothing where no bucket is set. */
function copyFindings({
  copied_to: bucket,
  copy_trouble: trouble,
  last_copied: copied,
  runs,
}: Backups): Finding[] {
  if (bucket === null) return [];
  const about = "copies of backups";
  const last = copied
    ? `${bucket} has the one of ${copied.started_at}.`
    : `${bucket} has none of this installation so far.`;
  if (trouble === "failed") {
    const why = runs.find(({ copy_error }) => copy_error !== null)?.copy_error ?? "";
    const todo = "Put it right. Cadenza tries again every 15 minutes. The backup itself is in the folder.";
    return [{ about, verdict: "trouble", says: `The last backup was not copied. ${why} ${last}`, todo }];
  }
  if (trouble === "late") {
    const todo = "Check that an engine runs with CADENZA_BACKUP_S3_URL, and look at its log.";
    return [{ about, verdict: "trouble", says: `A copy is missing. ${last}`, todo }];
  }
  return [{ about, verdict: "well", says: last }];
}

const LITTLE_SPACE = 0.1;
const SOON_MS = 30 * 24 * 3_600_000;

/** Nothing where the database's disk is on another machine. */
async function lookAtDisk(api: Client): Promise<Finding[]> {
  const { measured_at, disk } = (await api.installation.storage()).storage;
  if (!disk) return [];
  const isLittle = disk.free_bytes < LITTLE_SPACE * disk.total_bytes;
  const isSoon = disk.full_on !== null && Date.parse(disk.full_on) - Date.parse(measured_at) < SOON_MS;
  const says = diskText(disk).replace(/^Disk: /, "");
  if (!isLittle && !isSoon) return [{ about: "disk", verdict: "well", says }];
  return [
    {
      about: "disk",
      verdict: isSoon ? "trouble" : "unsure",
      says,
      todo: "See what takes the space: cadenza storage. Delete old data: Settings → Personal data.",
    },
  ];
}

async function lookAtMailboxes(api: Client): Promise<Finding[]> {
  const { email_accounts } = await api.emailAccounts.list();
  const alive = email_accounts.filter(({ revoked_at }) => revoked_at === null);
  if (alive.length === 0)
    return [
      {
        about: "mailboxes",
        verdict: "unsure",
        says: "No mailboxes.",
        todo: "Connect one: cadenza mailboxes create",
      },
    ];
  return alive.map(({ email, id, active, inactive_reason, last_test_error }) => {
    if (!active)
      return {
        about: email,
        verdict: "trouble",
        says: `It is not active: ${inactive_reason ?? "turned off"}.`,
        todo: `See why: cadenza why ${id}`,
      };
    if (last_test_error)
      return {
        about: email,
        verdict: "trouble",
        says: last_test_error,
        todo: `Test it again: cadenza mailboxes test ${id}`,
      };
    return { about: email, verdict: "well", says: "It is active." };
  });
}

/** Each domain with the selector of the key it is signed with here, where there is one. */
async function domainsOf(api: Client) {
  const { email_accounts } = await api.emailAccounts.list();
  const found = new Map<string, string | null>();
  for (const { active, type, email, aliases, dkim } of email_accounts) {
    if (!active || type === "catcher") continue;
    for (const address of [email, ...aliases]) {
      const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
      const own = dkim && domain === dkim.domain ? dkim.selector : null;
      found.set(domain, own ?? found.get(domain) ?? null);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}
