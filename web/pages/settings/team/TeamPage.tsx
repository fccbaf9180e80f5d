import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { AllAtOnce } from "../../../parts/AllAtOnce.tsx";
import { currentTime } from "../../../parts/current-time.ts";
import { Facts } from "../../../parts/Facts.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { Page, Section } from "../../../parts/Page.tsx";
import { TimeZoneField } from "../../../parts/TimeZoneField.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { clockIn } from "../../../parts/when.ts";
import { api, sessionQuery, useIsAdmin, useMe } from "../../../session.ts";
import { AddingRules } from "./AddingRules.tsx";
import { AdminsFields } from "./AdminsFields.tsx";
import { AnswerRules } from "./AnswerRules.tsx";
import { Brakes } from "./Brakes.tsx";
import { HolidayRules } from "./HolidayRules.tsx";
import { LinkedInLimits } from "./LinkedInLimits.tsx";
import { MailRules } from "./MailRules.tsx";
import { brakesQuery, calendarsQuery, holidaysQuery, teamQuery } from "./queries.ts";
import { RecipientLimits } from "./RecipientLimits.tsx";
import { TouchLimits } from "./TouchLimits.tsx";

const ASKS = [teamQuery, brakesQuery, holidaysQuery, calendarsQuery];

export function TeamPage() {
  const { team } = useMe();
  const isAdmin = useIsAdmin();
  const since = (
    <>
      {t("{name}, created", { name: team.name })} <Moment at={team.created_at} />.
    </>
  );
  return (
    <Page title={t("Team")} state={since}>
      <AllAtOnce asks={ASKS}>
        <div className="stack" style={{ gap: 24 }}>
          {isAdmin ? <TeamForm /> : <TeamFacts />}
          <AdminsFields>
            <MailRules />
            <TouchLimits />
            <RecipientLimits />
            <LinkedInLimits />
          </AdminsFields>
          <Brakes />
          <AdminsFields>
            <AnswerRules />
            <AddingRules />
            <HolidayRules />
          </AdminsFields>
        </div>
      </AllAtOnce>
    </Page>
  );
}

function TeamFacts() {
  const { team } = useMe();
  const time = clockIn(team.time_zone, currentTime());
  return (
    <Section title={t("Settings")} note={t("Only admins can change these.")}>
      <Facts
        facts={[
          [t("Name"), team.name],
          [t("Time zone"), t("{zone} (now {time})", { zone: team.time_zone, time })],
        ]}
      />
    </Section>
  );
}

function TeamForm() {
  const { team } = useMe();
  const queries = useQueryClient();
  const form = useForm({ initialValues: { name: team.name, time_zone: team.time_zone } });
  const save = useMutation({
    mutationFn: (wish: typeof form.values) => api.teams.update(wish),
    onSuccess: async (_team, wish) => {
      const before = { name: team.name, time_zone: team.time_zone };
      await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
      form.resetDirty(wish);
      toast(t("Team settings saved."), {
        undo: async () => {
          await api.teams.update(before);
          await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
          form.setInitialValues(before);
          form.setValues(before);
        },
      });
    },
  });
  return (
    <form onSubmit={form.onSubmit((wish) => save.mutate(wish))} className="stack" style={{ gap: 24 }}>
      <Section title={t("Name")} note={t("Shown to your team and in invitations.")}>
        <TextInput aria-label={t("Name")} required maxLength={200} {...form.getInputProps("name")} />
      </Section>
      <Section title={t("Time zone")} note={t("Days, daily limits and sending hours use this time zone.")}>
        <TimeZoneField
          aria-label={t("Time zone")}
          value={form.values.time_zone}
          onChange={(zone) => form.setFieldValue("time_zone", zone)}
        />
        <Trouble error={save.error} doing="writing" />
        <div>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t("Save")}
          </Button>
        </div>
      </Section>
    </form>
  );
}
