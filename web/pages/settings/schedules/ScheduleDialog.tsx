import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { useReadShown } from "../../../parts/read-first.ts";
import { TimeZoneField } from "../../../parts/TimeZoneField.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api, useMe } from "../../../session.ts";
import { type Schedule, schedulesQuery } from "./queries.ts";
import { Week } from "./Week.tsx";
import type { WeekHours } from "./week.ts";

type Props = { schedule: Schedule | null; onClose: () => void };

const OFFICE: WeekHours = {
  monday: [[9, 17]],
  tuesday: [[9, 17]],
  wednesday: [[9, 17]],
  thursday: [[9, 17]],
  friday: [[9, 17]],
  saturday: [],
  sunday: [],
};

/** Adds a schedule, or changes one for every sequence that uses it. */
export function ScheduleDialog({ schedule, onClose }: Props) {
  const { team } = useMe();
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: schedulesQuery.queryKey }),
      queries.invalidateQueries({ queryKey: ["sequences"] }),
    ]);
  const { form, kept } = useKeptForm(`schedule-${schedule?.id ?? ""}`, {
    initialValues: fieldsOf(schedule, team.time_zone),
  });
  const close = () => {
    kept.forget();
    onClose();
  };
  const readShown = useReadShown();
  const save = useMutation({
    mutationFn: async ({ fields, shown }: { fields: Fields; shown: Schedule | null }): Promise<unknown> => {
      const wish = wishOf(fields);
      if (!schedule) return api.schedules.create(wish);
      const told = (one: Schedule) => fieldsOf(one, team.time_zone);
      return readShown(schedulesQuery, { shown, told }, (given) =>
        api.schedules.update({ id: schedule.id, ...wish }, given),
      );
    },
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.schedules.remove({ id }),
    onSuccess: () => void refresh(),
  });
  const send = (fields: Fields) =>
    save.mutate(
      { fields, shown: schedule },
      {
        onSuccess: () => {
          const undo = schedule && {
            undo: () => save.mutateAsync({ fields: fieldsOf(schedule, team.time_zone), shown: null }),
          };
          toast(
            schedule ? t("{name} saved.", { name: fields.name }) : t("{name} added.", { name: fields.name }),
            undo ?? {},
          );
          close();
        },
      },
    );
  const takeAway = ({ id, name }: Schedule) =>
    remove.mutate(id, {
      onSuccess: () => {
        toast(t("Schedule {name} deleted.", { name }));
        close();
      },
    });
  return (
    <Dialog onClose={close} title={schedule ? t("Edit schedule") : t("Add a schedule")} size="lg">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <OtherVersion kept={kept} />
        <TextInput
          label={t("Name")}
          required
          withAsterisk={false}
          maxLength={200}
          {...form.getInputProps("name")}
        />
        <Week hours={form.values.hours} onChange={(hours) => form.setFieldValue("hours", hours)} />
        <TimeZoneField
          label={t("Time zone")}
          value={form.values.zone}
          onChange={(zone) => form.setFieldValue("zone", zone)}
        />
        <Checkbox
          label={t("Use the contact's time zone")}
          description={t("If it is unknown, the time zone above is used.")}
          {...form.getInputProps("byContact", { type: "checkbox" })}
        />
        <Checkbox
          label={t("Skip public holidays")}
          description={t(
            "Holidays of the contact's country and region, and your team's days off (Settings, Team).",
          )}
          {...form.getInputProps("skipsHolidays", { type: "checkbox" })}
        />
        <Checkbox
          label={t("Default")}
          description={t("Used by every sequence without its own schedule.")}
          disabled={schedule?.default ?? false}
          {...form.getInputProps("isDefault", { type: "checkbox" })}
        />
        <Trouble error={save.error ?? remove.error} doing="writing" />
        <div className="row end">
          {schedule && !schedule.default && (
            <Button variant="default" mr="auto" loading={remove.isPending} onClick={() => takeAway(schedule)}>
              {t("Delete")}
            </Button>
          )}
          <Button variant="default" onClick={close}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {schedule ? t("Save") : t("Add schedule")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type Fields = ReturnType<typeof fieldsOf>;

function fieldsOf(schedule: Schedule | null, zone: string) {
  return {
    name: schedule?.name ?? "",
    hours: (schedule?.schedule_hash as WeekHours | undefined) ?? OFFICE,
    zone: schedule?.time_zone ?? zone,
    byContact: schedule?.use_contacts_time_zone ?? false,
    skipsHolidays: schedule?.skip_holidays ?? true,
    isDefault: schedule?.default ?? false,
  };
}

function wishOf({ name, hours, zone, byContact, skipsHolidays, isDefault }: Fields) {
  return {
    name: name.trim(),
    schedule_hash: hours,
    time_zone: zone,
    use_contacts_time_zone: byContact,
    skip_holidays: skipsHolidays,
    ...(isDefault && { default: true }),
  };
}
