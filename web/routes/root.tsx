// The root of all routes: public pages, and pages inside the frame. Those ask visitors to sign in first, and bring them back
// afterwards.

import { createRootRoute, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { Frame } from "../frame/Frame.tsx";
import { Lost } from "../frame/Lost.tsx";
import { readAddress } from "../parts/address.ts";
import { TroublePage } from "../parts/Trouble.tsx";
import { queries, sessionQuery } from "../session.ts";

export const root = createRootRoute({
  component: Outlet,
  validateSearch: readAddress,
  notFoundComponent: Lost,
  errorComponent: ({ error }) => <TroublePage error={error} />,
});

export const frame = createRoute({
  getParentRoute: () => root,
  id: "frame",
  component: Frame,
  beforeLoad: ({ location }) => askToSignIn(location.href),
});

export async function askToSignIn(here: string) {
  if (await queries.ensureQueryData(sessionQuery)) return;
  throw redirect({ to: "/sign-in", search: { to: here === "/" ? undefined : here }, replace: true });
}
