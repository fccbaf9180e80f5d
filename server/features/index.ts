// The list of all routes.

import type { Route } from "../http/route.ts";
import { routes as apiKeys } from "./api-keys/routes.ts";
import { routes as calls } from "./calls/routes.ts";
import { routes as credits } from "./credits/routes.ts";
import { routes as deals } from "./deals/routes.ts";
import { routes as events } from "./events/routes.ts";
import { routes as health } from "./health/routes.ts";
import { routes as installation } from "./installation/routes.ts";
import { routes as invitations } from "./invitations/routes.ts";
import { routes as mailboxes } from "./mailboxes/routes.ts";
import { routes as notes } from "./notes/routes.ts";
import { routes as progress } from "./progress/routes.ts";
import { routes as sessions } from "./sessions/routes.ts";
import { routes as suppressions } from "./suppressions/routes.ts";
import { routes as tasks } from "./tasks/routes.ts";
import { routes as teams } from "./teams/routes.ts";
import type { Counter } from "./usage/counter.ts";
import { usageRoutes } from "./usage/routes.ts";
import { routes as users } from "./users/routes.ts";
import { routes as webhooks } from "./webhooks/routes.ts";

export function allRoutes(counter: Counter): Route[] {
  return [
    ...apiKeys,
    ...calls,
    ...deals,
    ...credits,
    ...events,
    ...health,
    ...installation,
    ...invitations,
    ...mailboxes,
    ...notes,
    ...progress,
    ...sessions,
    ...suppressions,
    ...tasks,
    ...teams,
    ...usageRoutes(counter),
    ...users,
    ...webhooks,
  ];
}
