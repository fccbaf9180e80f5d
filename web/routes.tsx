// Every address there is. Pages load when they are gone to; inside the frame nobody is let in unless
// signed in, and comes back to where they were going afterwards.

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { Frame } from "./frame/Frame.tsx";
import { Lost } from "./frame/Lost.tsx";
import { readAddress } from "./parts/address.ts";
import { TroublePage } from "./parts/Trouble.tsx";
import { queries, sessionQuery } from "./session.ts";

const root = createRootRoute({
  component: Outlet,
  validateSearch: readAddress,
  notFoundComponent: Lost,
  errorComponent: ({ error }) => <TroublePage error={error} />,
});

const frame = createRoute({
  getParentRoute: () => root,
  id: "frame",
  component: Frame,
  beforeLoad: async ({ location }) => {
    if (await queries.ensureQueryData(sessionQuery)) return;
    const to = location.href === "/" ? undefined : location.href;
    throw redirect({ to: "/sign-in", search: { to }, replace: true });
  },
});

const home = createRoute({
  getParentRoute: () => frame,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/home/HomePage.tsx"), "HomePage"),
});

const settings = createRoute({
  getParentRoute: () => frame,
  path: "/settings",
  component: lazyRouteComponent(() => import("./pages/settings/SettingsPage.tsx"), "SettingsPage"),
});

const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/team", replace: true });
  },
});

const team = createRoute({
  getParentRoute: () => settings,
  path: "/team",
  component: lazyRouteComponent(() => import("./pages/team/TeamPage.tsx"), "TeamPage"),
});

const people = createRoute({
  getParentRoute: () => settings,
  path: "/people",
  component: lazyRouteComponent(() => import("./pages/people/PeopleList.tsx"), "PeopleList"),
});

const keys = createRoute({
  getParentRoute: () => settings,
  path: "/keys",
  component: lazyRouteComponent(() => import("./pages/api-keys/KeyList.tsx"), "KeyList"),
});

const history = createRoute({
  getParentRoute: () => settings,
  path: "/history",
  component: lazyRouteComponent(() => import("./pages/audit-log/HistoryList.tsx"), "HistoryList"),
});

const profile = createRoute({
  getParentRoute: () => settings,
  path: "/profile",
  component: lazyRouteComponent(() => import("./pages/profile/ProfilePage.tsx"), "ProfilePage"),
});

const appearance = createRoute({
  getParentRoute: () => settings,
  path: "/appearance",
  component: lazyRouteComponent(() => import("./pages/appearance/AppearancePage.tsx"), "AppearancePage"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  beforeLoad: async () => {
    if (await queries.ensureQueryData(sessionQuery)) throw redirect({ to: "/", replace: true });
  },
  component: lazyRouteComponent(() => import("./pages/sessions/SignInPage.tsx"), "SignInPage"),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("./pages/setup/SetupPage.tsx"), "SetupPage"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  component: lazyRouteComponent(() => import("./pages/invitations/InvitationPage.tsx"), "InvitationPage"),
});

const settingsPages = [settingsIndex, team, people, keys, history, profile, appearance];

export const router = createRouter({
  routeTree: root.addChildren([
    frame.addChildren([home, settings.addChildren(settingsPages)]),
    signIn,
    setup,
    invitation,
  ]),
  defaultPreload: "intent",
  defaultErrorComponent: ({ error }) => <TroublePage error={error} />,
  defaultNotFoundComponent: Lost,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
