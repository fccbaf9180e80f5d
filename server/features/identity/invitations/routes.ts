import { contract } from "@cadenza/contract";
import { openRoute } from "../../../http/route.ts";
import { handOver } from "../sessions/commands.ts";
import { presentSignedIn } from "../sessions/present.ts";
import { acceptInvitation, checkInvitation } from "./commands.ts";
import { presentInvitation } from "./present.ts";

export const routes = [
  openRoute(contract.invitations.check, async ({ app, input }) => {
    const { invitation, user, team } = await checkInvitation(app, input.token);
    return { invitation: presentInvitation(invitation, user, team) };
  }),

  openRoute(contract.invitations.accept, async ({ input, ...scene }) => {
    const wish = { name: input.name ?? null, password: input.password };
    const started = await acceptInvitation(scene.app, scene, input.token, wish);
    handOver(scene, started);
    return presentSignedIn(started, scene.app);
  }),
];
