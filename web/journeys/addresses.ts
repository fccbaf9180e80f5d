// All addresses of the app, read from the routes themselves: a page that no journey names is visited too.

import { readdirSync, readFileSync } from "node:fs";

const ROUTES = new URL("../routes/", import.meta.url);

type Route = { name: string; parent: string; path: string };

/** As a person would type them; `$id` is a record's id. Those outside the frame are for visitors who are not signed in. */
export function everyAddress() {
  const pages = readdirSync(ROUTES).filter((name) => name.endsWith(".tsx"));
  const source = pages.map((name) => readFileSync(new URL(name, ROUTES), "utf8")).join("\n");
  const routes = new Map(readRoutes(source).map((route) => [route.name, route]));
  const made = source.match(/createRoute\(\{/g)?.length ?? 0;
  if (routes.size !== made) throw new Error(`${made} routes are made, and ${routes.size} were read`);
  const addresses = [...routes.values()]
    .filter(({ path }) => path)
    .map((route) => ({ address: addressOf(route, routes), isInside: isInside(route, routes) }));
  return [...new Map(addresses.map((one) => [one.address, one])).values()];
}

function readRoutes(source: string): Route[] {
  const found = source.matchAll(/const (\w+) = createRoute\(\{([\s\S]*?)\n\}\);/g);
  return [...found].map(([, name = "", body = ""]) => ({
    name,
    parent: /getParentRoute: \(\) => (\w+)/.exec(body)?.[1] ?? "",
    path: /^ {2}path: "([^"]+)"/m.exec(body)?.[1] ?? "",
  }));
}

function addressOf({ path, parent }: Route, routes: ReadonlyMap<string, Route>): string {
  const above = routes.get(parent);
  const whole = `${above ? addressOf(above, routes) : ""}/${path}`.replaceAll(/\/+/g, "/");
  return whole.length > 1 ? whole.replace(/\/$/, "") : whole;
}

function isInside({ name, parent }: Route, routes: ReadonlyMap<string, Route>): boolean {
  const above = routes.get(parent);
  return name === "frame" || (!!above && isInside(above, routes));
}
