// People and companies of the world, written as an import or a provider writes them.

import type { Act } from "../app.ts";
import type { OrganizationWish } from "../domain/organization.ts";
import type { PersonWish } from "../domain/person.ts";
import { saveJobPostings } from "../features/job-postings/commands.ts";
import type { JobPostingWish } from "../features/job-postings/store.ts";
import { saveNews } from "../features/news/commands.ts";
import type { ArticleWish } from "../features/news/store.ts";
import { saveOrganizations } from "../features/organizations/commands.ts";
import { savePeople } from "../features/people/commands.ts";
import type { Team, World } from "./world.ts";

export type Writer = Pick<Act, "db" | "now" | "caller">;

/** As the team's owner, in a transaction of their team. */
export function writing<T>(world: World, team: Team, work: (act: Writer) => Promise<T>) {
  const { app } = world.running;
  const caller = {
    teamId: team.id,
    userId: team.owner.id,
    role: "admin",
    isOperator: false,
    credential: { kind: "engine", id: null },
  } as const;
  return app.db.inTeam(team.id, (db) => work({ db, now: app.now(), caller }));
}

/** Answers their ids, in the order given. */
export const plantPeople = (world: World, team: Team, wishes: readonly PersonWish[], source = "file") =>
  writing(world, team, async (act) => (await savePeople(act, source, wishes)).map(({ id }) => id));

export const plantCompanies = (
  world: World,
  team: Team,
  wishes: readonly OrganizationWish[],
  source = "file",
) => writing(world, team, async (act) => (await saveOrganizations(act, source, wishes)).map(({ id }) => id));

export const plantJobs = (world: World, team: Team, wishes: readonly JobPostingWish[]) =>
  writing(world, team, (act) => saveJobPostings(act, "file", wishes));

export const plantNews = (world: World, team: Team, wishes: readonly ArticleWish[]) =>
  writing(world, team, (act) => saveNews(act, "file", wishes));
