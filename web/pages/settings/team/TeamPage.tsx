import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { AllAtOnce } from "../../../parts/AllAtOnce.tsx";
import { currentTime } from "../../../parts/current-time.ts";
import { Facts } from "../../../parts/Facts.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Page, Section } from "../../../parts/Page.tsx";
import { TimeZoneField } from "../../../parts/TimeZoneField.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { clockIn } from "../../../parts/when.ts";
import { useIsAdmin, useMe } from "../../../session.ts";
import { AddingRules } from "./AddingRules.tsx";
import { AdminsFields } from "./AdminsFields.tsx";
import { AnswerRules } from "./AnswerRules.tsx";
import { Brakes } from "./Brakes.tsx";
import { HolidayRules } from "./HolidayRules.tsx";
import { LinkedInLimits } from "./LinkedInLimits.tsx";
import { MailRules } from "./MailRules.tsx";
import { brakesQuery, calendarsQuery, holidaysQuery, type Team, teamQuery } from "./queries.ts";
import { RecipientLimits } from "./RecipientLimits.tsx";
import { useSaveTeam } from "./saving.ts";
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
  const { data } = useQuery(teamQuery);
  return data ? <NameAndZone key={data.id} team={data} /> : null;
}

const namesOf = ({ name, time_zone }: Team) => ({ name, time_zone });

function NameAndZone({ team }: { team: Team }) {
  const before = namesOf(team);
  const { form, kept } = useKeptForm("team-names", { initialValues: before });
  const save = useSaveTeam(namesOf);
  const send = (wish: typeof before) =>
    save.mutate(
      { ...wish, before },
      {
        onSuccess: () => {
          form.resetDirty(wish);
          toast(t("Team settings saved."), {
            undo: async () => {
              await save.mutateAsync({ ...before, before: null });
              form.setValues(before);
              form.resetDirty(before);
            },
          });
        },
      },
    );
  return (
    <form onSubmit={form.onSubmit(send)} className="stack" style={{ gap: 24 }}>
      <OtherVersion kept={kept} />
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
