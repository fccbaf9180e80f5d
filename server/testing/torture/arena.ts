// Where one fault is tried: a database of its own, the API in this process, a sink and engines in others, and a clock
// that all of them read.

import type { Config } from "../../config.ts";
import { LOOPBACK } from "../loopback.ts";
import { openWorld, type Team, urlOf, type World } from "../world.ts";
import { Crew } from "./crew.ts";
import { closeGround, type Ground, type Mood, openGround, workOn } from "./ground.ts";
import { openProviders } from "./providers.ts";

export type Arena = Ground &
  ReturnType<typeof workOn> & {
    world: World;
    team: Team;
    crew: Crew;
    /** The server in another process sends by itself; no other engine has to be started. */
    sendsItself: boolean;
    advance(by: Temporal.DurationLike): void;
    close(): Promise<void>;
  };

export type ArenaWish = {
  mood?: Mood | undefined;
  /** Of the server in this process. */
  config?: Partial<Config> | undefined;
  /** Of the engines in theirs. */
  env?: Record<string, string> | undefined;
  /** With mailboxes that are connected by their providers' APIs. */
  hasProviders?: boolean | undefined;
};

export async function openArena(
  seed: number,
  { mood, config, env, hasProviders = false }: ArenaWish = {},
): Promise<Arena> {
  const ground = await openGround(seed, mood);
  const providers = hasProviders ? await openProviders(seed) : null;
  if (providers) ground.closing.push(() => providers.close());
  const world = await openWorld({
    mailAllow: LOOPBACK,
    databaseConnections: 10,
    ...providers?.config,
    ...config,
  });
  const opened = await world.newTeam();
  // A fault that turns the clock by a day would have doubts settled by time, as a default of teams, and called sent.
  await opened.api.teams.update({ assume_delivered_after_hours: null });
  const team = { ...opened, api: patientClient(world, opened.key) };
  const work = workOn(ground, world, team);
  const crew = new Crew(
    {
      DATABASE_URL: urlOf(world.ownerConnection),
      CADENZA_KEY_FILE: world.running.app.config.keyFile,
      CADENZA_DATA_DIR: world.running.app.config.dataDir,
      CADENZA_DATABASE_CONNECTIONS: "6",
      CADENZA_ENGINE_LOOPS: "8",
      CADENZA_LOG_LEVEL: process.env.CADENZA_TORTURE_LOG ?? "silent",
      CADENZA_MAIL_ALLOW: "127.0.0.0/8",
      CADENZA_TEST_SEAMS: "1",
      CADENZA_CLOCK_FILE: ground.clockFile,
      ...providers?.env,
      ...env,
    },
    work.journal,
  );
  return {
    ...ground,
    ...work,
    providers,
    world,
    team,
    crew,
    sendsItself: false,
    advance(by) {
      world.advance(by);
      ground.turnClock(by);
    },
    async close() {
      await crew.dismiss();
      await world.close();
      await closeGround(ground);
    },
  };
}

/** A client that is told of a concurrent change asks again, as it should. Nothing else is tried twice. */
function patientClient(world: World, apiKey: string) {
  return world.client({
    apiKey,
    retries: 20,
    backOffMs: 50,
    longestWaitMs: 1_000,
    onTry({ call, status, waitsMs }) {
      if (waitsMs !== null && status !== 429) throw new Error(`${call}: ${status ?? "no answer"}`);
    },
  });
}
