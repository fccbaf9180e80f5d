// The ways in: by password, by a link, or to let an application in.

import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { queries, sessionQuery } from "../session.ts";
import { askToSignIn, root } from "./root.tsx";

const authorize = createRoute({
  getParentRoute: () => root,
  path: "/oauth/authorize",
  beforeLoad: ({ location }) => askToSignIn(location.href),
  component: lazyRouteComponent(
    () => import("../pages/account/authorize/AuthorizePage.tsx"),
    "AuthorizePage",
  ),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  beforeLoad: async () => {
    if (await queries.ensureQueryData(sessionQuery)) throw redirect({ to: "/", replace: true });
  },
  component: lazyRouteComponent(() => import("../pages/account/sessions/SignInPage.tsx"), "SignInPage"),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("../pages/account/setup/SetupPage.tsx"), "SetupPage"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  component: lazyRouteComponent(
    () => import("../pages/account/invitations/InvitationPage.tsx"),
    "InvitationPage",
  ),
});

export const doors = [signIn, setup, invitation, authorize];
