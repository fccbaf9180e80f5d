import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { touchesOfContact } from "./commands.ts";
import { presentTouchStanding } from "./present.ts";

export const routes = [
  route(contract.contacts.touchLimits, async ({ input, ...act }) => ({
    touch_limits: (await touchesOfContact(act, input.id)).map((one) => presentTouchStanding(one, act.now)),
  })),
];
