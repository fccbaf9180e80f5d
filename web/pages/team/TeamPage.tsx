import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Facts } from "../../parts/Facts.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { Page, Section } from "../../parts/Page.tsx";
import { TimeZoneField } from "../../parts/TimeZoneField.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { clockIn } from "../../parts/when.ts";
import { api, sessionQuery, useIsAdmin, useMe } from "../../session.ts";
import { AddingRules } from "./AddingRules.tsx";
import { AnswerRules } from "./AnswerRules.tsx";
import { HolidayRules } from "./HolidayRules.tsx";
import { MailRules } from "./MailRules.tsx";
import { TouchLimits } from "./TouchLimits.tsx";

export function TeamPage() {
  const { team } = useMe();
  const isAdmin = useIsAdmin();
  const since = (
    <>
      {team.name}, opened <Moment at={team.created_at} />.
    </>
  );
  return (
    <Page title="Team" state={since}>
      {isAdmin ? (
        <div className="stack" style={{ gap: 24 }}>
          <TeamForm />
          <MailRules />
          <TouchLimits />
          <AnswerRules />
          <AddingRules />
          <HolidayRules />
        </div>
      ) : (
        <Section title="Settings" note="Admins of the team change these.">
          <Facts
            facts={[
              ["Name", team.name],
              ["Time zone", `${team.time_zone} (now ${clockIn(team.time_zone, new Date())})`],
            ]}
          />
        </Section>
      )}
    </Page>
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
      toast("The team's settings are saved.", {
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
      <Section title="Name" note="Shown to everybody in the team, and in invitations.">
        <TextInput aria-label="Name" required maxLength={200} {...form.getInputProps("name")} />
      </Section>
      <Section title="Time zone" note="Days, daily limits and sending hours begin and end by it.">
        <TimeZoneField
          aria-label="Time zone"
          value={form.values.time_zone}
          onChange={(zone) => form.setFieldValue("time_zone", zone)}
        />
        <Trouble error={save.error} doing="writing" />
        <div>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            Save
          </Button>
        </div>
      </Section>
    </form>
  );
}
