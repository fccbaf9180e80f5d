// People and companies in the people database, written as an import or a provider writes them.

import type { Act } from "../app.ts";
import type { OrganizationWish } from "../domain/prospecting/organization.ts";
import type { PersonWish } from "../domain/prospecting/person.ts";
import { saveOrganizations } from "../features/contacts/organizations/commands.ts";
import { saveJobPostings } from "../features/prospecting/job-postings/commands.ts";
import type { JobPostingWish } from "../features/prospecting/job-postings/store.ts";
import { saveNews } from "../features/prospecting/news/commands.ts";
import type { ArticleWish } from "../features/prospecting/news/store.ts";
import { savePeople } from "../features/prospecting/people/commands.ts";
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
