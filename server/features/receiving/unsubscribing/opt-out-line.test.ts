// The line that ends a mail: the sender's own, else the team's, else none.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Team, useWorld } from "../../../testing/world.ts";
import { optOutLineOf } from "../../sending/links/store.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

function lineOf(userId: string | null) {
  return world.running.app.db.inTeam(team.id, (db) => optOutLineOf(db, team.id, userId));
}

test("no line is added unless a setting says so; a user's setting overrides the team's", async () => {
  const { id } = team.owner;
  assert.equal(await lineOf(id), null);
  const { team: told } = await team.api.teams.update({ should_include_unsubscribe_link: true });
  assert.deepEqual([told.should_include_unsubscribe_link, told.opt_out_html_template], [true, null]);
  assert.equal(await lineOf(id), "<%Unsubscribe%>");
  assert.equal(await lineOf(null), "<%Unsubscribe%>");
  await team.api.teams.update({ opt_out_html_template: "Not for you? <%Tell us%><script>x</script>" });
  assert.equal(await lineOf(id), "Not for you? &lt;%Tell us%&gt;");
  const { user } = await team.api.users.update({ id, opt_out_html_template: "<b><%Stop%></b>" });
  assert.equal(user.opt_out_html_template, "<b>&lt;%Stop%&gt;</b>");
  assert.equal(await lineOf(id), "<b>&lt;%Stop%&gt;</b>");
  await team.api.users.update({ id, should_include_unsubscribe_link: false });
  assert.equal(await lineOf(id), null);
  await team.api.users.update({ id, should_include_unsubscribe_link: null, opt_out_html_template: null });
  await team.api.teams.update({ opt_out_html_template: null, name: "Renamed" });
  assert.equal(await lineOf(id), "<%Unsubscribe%>");
});
