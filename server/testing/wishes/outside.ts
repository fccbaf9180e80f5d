// Webhooks, reports that are sent, devices that are notified, logins for SQL.

import { devicesOf, newDevice } from "../devices.ts";
import { feedSettles } from "../feed.ts";
import { MOVE_SOURCE, plantMove } from "../planted-move.ts";
import { fresh, type MakerContext, RECEIVER, type Wishes } from "./makers.ts";

export function outside({ world, team, make }: MakerContext): Wishes {
  const report = async () => {
    const filter = { metrics: [{ value: "num_emails_sent" }] };
    const { view } = await team.api.views.create({ subject: "reports", name: fresh(), filter });
    return { view_id: view.id, every: "day" as const, time: "08:00", email_account_id: await make.mailbox() };
  };
  const scheduled = async () => (await team.api.reportSchedules.create(await report())).report_schedule.id;
  const devices = devicesOf(world, team);
  return {
    "pushSubscriptions.create": async () => ({ input: newDevice(), by: await devices.owner() }),
    "pushSubscriptions.update": async () => ({
      input: { id: await devices.make(), shows_names: true },
      by: await devices.owner(),
    }),
    "pushSubscriptions.delete": async () => ({
      input: { id: await devices.make() },
      by: await devices.owner(),
    }),
    "pushSubscriptions.test": async () => ({
      input: { id: await devices.make() },
      by: await devices.owner(),
    }),
    "webhookSubscriptions.create": async () => ({ input: { url: RECEIVER } }),
    "webhookSubscriptions.update": async () => ({ input: { id: await make.webhook(), types: ["job.*"] } }),
    "webhookSubscriptions.destroy": async () => ({ input: { id: await make.webhook() } }),
    "webhookSubscriptions.rotateSecret": async () => ({ input: { id: await make.webhook() } }),
    "webhookSubscriptions.test": async () => ({ input: { id: await make.webhook() } }),
    "webhookSubscriptions.replay": async () => {
      const id = await make.webhook();
      await feedSettles(world); // or what is told grows from one call to the next
      return { input: { id, since: "2020-01-01" } };
    },
    "reportSchedules.create": async () => ({ input: await report() }),
    "reportSchedules.update": async () => ({ input: { id: await scheduled(), time: "09:30" } }),
    "reportSchedules.delete": async () => ({ input: { id: await scheduled() } }),
    "goals.save": async () => ({ input: { metric: "num_phone_calls", period: "week", target: 50 } }),
    "goals.delete": async () => ({
      input: {
        id: (await team.api.goals.save({ metric: "num_phone_calls", period: "day", target: 5 })).goal.id,
      },
    }),
    "teamMoves.start": async () => {
      await plantMove(world, team); // or one is still running
      return { input: { source: MOVE_SOURCE, source_key: "planted" } };
    },
    "teamMoves.undo": async () => ({ input: { id: await plantMove(world, team) } }),
    "sqlLogins.create": async () => ({ input: { name: fresh() } }),
    "sqlLogins.revoke": async () => ({
      input: { id: (await team.api.sqlLogins.create({ name: fresh() })).sql_login.id },
    }),
  };
}
