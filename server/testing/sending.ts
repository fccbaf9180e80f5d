// For tests of what goes out: a recording sink, mailboxes that send to it, and a schedule that is always open.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Input } from "@cadenza/sdk";
import { openForTheFile } from "./for-the-file.ts";
import { PATIENCE_MS } from "./patience.ts";
import { readRecording } from "./recording.ts";
import { type MailboxWish, newMailbox } from "./sequenced.ts";
import { openSink, type SinkLine, type SinkOptions } from "./sink.ts";
import type { Team } from "./world.ts";

type Witness = {
  port: number;
  file: string;
  lines(): SinkLine[];
  /** Waits until so many mails were taken. */
  waitFor(count: number): Promise<SinkLine[]>;
};

/** One for all tests of a file. */
export function useWitness(options: Omit<SinkOptions, "file"> = {}): Witness {
  return openForTheFile(() => openWitness(options));
}

export async function openWitness(
  options: Omit<SinkOptions, "file"> = {},
): Promise<Witness & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "cadenza-sink-"));
  const file = join(folder, "sink.jsonl");
  const sink = await openSink({ ...options, file });
  const lines = () => readRecording<SinkLine>(file);
  return {
    port: sink.port,
    file,
    lines,
    async waitFor(count) {
      for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await sleep(25))
        if (lines().length >= count) return lines();
      throw new Error(`${lines().length} of ${count} mails were taken`);
    },
    async close() {
      await sink.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function newSendingMailbox(team: Team, { port }: Pick<Witness, "port">, rest: MailboxWish = {}) {
  return newMailbox(team, {
    smtp: { host: "127.0.0.1", port, security: "none", username: "u", password: "p" },
    email_daily_threshold: null,
    max_outbound_emails_per_hour: null,
    seconds_delay_between_emails: null,
    ...rest,
  });
}

/** A schedule of all hours of all days. */
export function alwaysOpen(team: Pick<Team, "api">) {
  return openDaily(team, [0, 24], { name: `Always ${Math.random()}` });
}

type ScheduleWish = Input<"schedules", "create">;

/** A schedule that is open at the same hours of every day. */
export async function openDaily(
  team: Pick<Team, "api">,
  hours: [from: number, to: number],
  rest: Partial<ScheduleWish> & Pick<ScheduleWish, "name">,
) {
  const day = [hours];
  const { emailer_schedule } = await team.api.schedules.create({
    time_zone: "UTC",
    use_contacts_time_zone: false,
    skip_holidays: false,
    schedule_hash: {
      monday: day,
      tuesday: day,
      wednesday: day,
      thursday: day,
      friday: day,
      saturday: day,
      sunday: day,
    },
    ...rest,
  });
  return emailer_schedule.id;
}

/** Asks again until the answer is one. */
export async function until<T>(ask: () => Promise<T>): Promise<NonNullable<Exclude<T, false>>> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(60)) {
    const answer = await ask();
    if (answer) return answer as NonNullable<Exclude<T, false>>;
  }
  throw new Error("it did not come to that");
}
