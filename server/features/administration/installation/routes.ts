import { contract } from "@cadenza/contract";
import { openRoute } from "../../../http/route.ts";
import { handOver } from "../../identity/sessions/commands.ts";
import { presentSignedIn } from "../../identity/sessions/present.ts";
import { checkSetup, completeSetup } from "./commands.ts";

export const routes = [
  openRoute(contract.setup.check, async ({ app, input }) => {
    await checkSetup(app, input.token);
    return { setup: { open: true } };
  }),

  openRoute(contract.setup.complete, async ({ input, ...scene }) => {
    const started = await completeSetup(scene.app, scene, input.token, {
      name: input.name,
      email: input.email,
      password: input.password,
      teamName: input.team_name,
      timeZone: input.time_zone ?? "UTC",
      wantsSample: input.sample_team ?? false,
    });
    handOver(scene, started);
    return presentSignedIn(started, scene.app);
  }),
];
