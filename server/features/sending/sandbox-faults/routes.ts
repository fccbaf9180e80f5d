import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { route } from "../../../http/route.ts";
import { setFaults } from "./commands.ts";
import type { Fault } from "./matching.ts";
import { listFaults } from "./store.ts";

export const routes = [
  route(contract.sandbox.faults, async ({ db, caller }) => ({
    faults: (await listFaults(db, caller.teamId)).map(present),
  })),

  route(contract.sandbox.setFaults, async ({ input, ...act }) => {
    await setFaults(act, input.faults.map(read));
    return { faults: (await listFaults(act.db, act.caller.teamId)).map(present) };
  }),
];

type Wish = z.output<(typeof contract.sandbox.setFaults)["input"]>["faults"][number];

function read({ times, on, ...settings }: Wish) {
  return { place: on, settings, timesLeft: times ?? null } as Fault & { timesLeft: number | null };
}

function present({ place, settings, timesLeft }: Fault & { timesLeft: number | null }) {
  return { on: place, ...settings, ...(timesLeft !== null && { times: timesLeft }) } as Wish;
}
