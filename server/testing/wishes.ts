// How each call that writes is made so that it succeeds: for the tests that try every write there is. A new call joins them
// by a line on the page it belongs to, and fails them until it has one.

import type { Peer } from "./post-office.ts";
import { automation } from "./wishes/automation.ts";
import { mails } from "./wishes/mails.ts";
import { type MakerContext, makersFor, type Wishes } from "./wishes/makers.ts";
import { managedWishes } from "./wishes/managed.ts";
import { messageWishes } from "./wishes/messages.ts";
import { outside } from "./wishes/outside.ts";
import { people } from "./wishes/people.ts";
import { records } from "./wishes/records.ts";
import { sequenceWishes } from "./wishes/sequences.ts";
import { sources } from "./wishes/sources.ts";
import { work } from "./wishes/work.ts";
import type { Team, World } from "./world.ts";

export function wishesOf(world: World, team: Team, post: Peer): Wishes {
  const scene: MakerContext = { world, team, make: makersFor(team, post) };
  const wishes: Wishes = {};
  for (const page of [people, records, sources, work, mails, automation, outside])
    Object.assign(wishes, page(scene));
  for (const [name, wish] of Object.entries({ ...sequenceWishes, ...managedWishes, ...messageWishes }))
    wishes[name] = async () => ({ input: await wish(team, world) });
  return wishes;
}
