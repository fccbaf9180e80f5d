// A run of the whole comparison: a server, a filled team, every call.

import { openWorld } from "../world.ts";
import { measureAll } from "./measure.ts";
import { parityPage } from "./report.ts";
import { plantScene } from "./scene.ts";
import { judged, type Totals, totalsOf } from "./totals.ts";

export async function runParity(): Promise<{ page: string; totals: Totals }> {
  const world = await openWorld({ role: "api" });
  try {
    const team = await world.newTeam();
    const scene = await plantScene(world, team);
    const measured = await measureAll({ url: world.url, key: team.key }, scene);
    const all = measured.map(judged);
    return { page: parityPage(all), totals: totalsOf(all) };
  } finally {
    await world.close();
  }
}
