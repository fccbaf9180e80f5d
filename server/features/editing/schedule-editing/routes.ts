import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { presentSchedule } from "../../sequences/schedules/present.ts";
import { findSchedule, listSchedules } from "../../sequences/schedules/store.ts";
import { createSchedule, deleteSchedule, type ScheduleInput, updateSchedule } from "./commands.ts";

export const routes = [
  route(contract.schedules.list, async ({ db, caller }) => ({
    emailer_schedules: (await listSchedules(db, caller.teamId)).map(presentSchedule),
  })),

  route(contract.schedules.show, async ({ db, caller, input }) => {
    const schedule = await findSchedule(db, caller.teamId, input.id);
    if (!schedule) throw new Refusal("record_not_found");
    return { emailer_schedule: presentSchedule(schedule) };
  }),

  route(contract.schedules.create, async ({ input, ...act }) => ({
    emailer_schedule: presentSchedule(await createSchedule(act, { ...wishFrom(input), name: input.name })),
  })),

  route(contract.schedules.update, async ({ input, ...act }) => ({
    emailer_schedule: presentSchedule(await updateSchedule(act, input.id, wishFrom(input))),
  })),

  route(contract.schedules.remove, async ({ input, ...act }) => {
    await deleteSchedule(act, input.id);
    return { emailer_schedule: { id: input.id, deleted: true as const } };
  }),
];

type Input = {
  name?: string | undefined;
  time_zone?: string | undefined;
  schedule_hash?: Record<string, unknown> | null | undefined;
  use_contacts_time_zone?: boolean | undefined;
  skip_holidays?: boolean | undefined;
  default?: boolean | undefined;
};

function wishFrom(input: Input): ScheduleInput {
  return {
    name: input.name,
    timeZone: input.time_zone,
    hours: input.schedule_hash ?? undefined,
    useContactsTimeZone: input.use_contacts_time_zone,
    skipHolidays: input.skip_holidays,
    isDefault: input.default,
  };
}
