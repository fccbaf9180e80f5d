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

function read({ times, ...wish }: Wish) {
  const timesLeft = times ?? null;
  if (wish.on === "smtp") {
    const { on: place, ...settings } = wish;
    return { place, settings, timesLeft };
  }
  const { on: place, ...settings } = wish;
  return { place, settings, timesLeft };
}

function present(fault: Fault & { timesLeft: number | null }): Wish {
  const times = fault.timesLeft === null ? {} : { times: fault.timesLeft };
  return fault.place === "smtp"
    ? { on: fault.place, ...fault.settings, ...times }
    : { on: fault.place, ...fault.settings, ...times };
}
