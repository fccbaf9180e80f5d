// Work that failed and was put aside: admins are told on every page, and the Why panel says it of what it concerns.

import { before, describe, test } from "node:test";
import { newContact } from "../../server/testing/sequenced.ts";
import { asOwner } from "../../server/testing/wire.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, picture, signIn, signInByHand, useBrowser } from "./browser.ts";

describe("what was put aside", () => {
  const world = useWorld({ role: "api" });
  const browser = useBrowser();
  let team: Team;
  let contact: string;

  const putAside = (loop: string, subject: string, tries: number) =>
    asOwner(world, (client) =>
      client.query(
        `insert into set_aside (team_id, loop, subject_id, tries, since, until, error)
         values ($1, $2, $3, $4, now(), now() + interval '100 days', 'x')`,
        [team.id, loop, subject, tries],
      ),
    );

  before(async () => {
    team = await world.newTeam("Norrland Kraft");
    contact = await newContact(team, { first_name: "Ines", last_name: "Okafor" });
  });

  for (const look of ["light", "dark"] as const)
    test(`is told on every page, and in the Why panel of what it concerns (${look})`, async () => {
      await asOwner(world, (client) => client.query("delete from set_aside"));
      await putAside("follow-scores", contact, 3);
      await putAside("run-workflows", "64f0aa0000000000000000e1", 1);
      await putAside("run-workflows", "64f0aa0000000000000000e2", 1);
      const { page, leave } = await browser.visit(world.url, { colorScheme: look });
      await signInByHand(page, team.owner);
      for (const path of ["/", "/contacts"]) {
        await page.goto(path);
        const notices = page.getByRole("complementary", { name: "Notices" });
        await notices
          .getByText(
            /Some work failed and is skipped for now: Scoring contacts, Running workflows \(2\)\. Everything else continues\. Next try/,
          )
          .waitFor();
      }
      await picture(page, `${look}-set-aside-notice`);
      await assertAccessible(page, `the notice of what was put aside, ${look}`);
      await page.goto(`/contacts/${contact}?why=contact:${contact}`);
      const failed = page.getByRole("region", { name: "Errors" });
      await failed
        .getByText(
          "Scoring contacts failed here, 3 times so far. Cadenza tries again automatically. The server log shows the reason.",
        )
        .waitFor();
      await failed.getByText("follow-scores").waitFor();
      await failed.getByText(/^next try/).waitFor();
      await picture(page, `${look}-set-aside-why`);
      await assertAccessible(page, `the Why panel of what was put aside, ${look}`);
      await leave();
    });

  test("is told no more once it is done", async () => {
    await asOwner(world, (client) => client.query("delete from set_aside"));
    const { page, leave } = await browser.visit(world.url);
    await signIn(page, team.owner);
    await page.goto(`/contacts/${contact}?why=contact:${contact}`);
    await page.getByRole("heading", { name: "History" }).waitFor();
    for (const gone of ["failed here", "Some work failed"])
      await page.getByText(gone).waitFor({ state: "detached" });
    await leave();
  });
});
