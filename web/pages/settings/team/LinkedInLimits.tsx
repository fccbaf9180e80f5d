import { Button, NumberInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import classes from "./LinkedInLimits.module.css";
import { type Team, teamQuery } from "./queries.ts";
import { useSaveTeam } from "./saving.ts";

type Limits = Team["linkedin_tasks_per_day"];
type Fields = Record<keyof Limits, number | "">;

const LABELS: Record<keyof Limits, string> = perLanguage(() => ({
  linkedin_step_connect: t("Connection requests"),
  linkedin_step_message: t("Messages"),
  linkedin_step_view_profile: t("Profile views"),
  linkedin_step_interact_post: t("Post interactions"),
}));
const TYPES = Object.keys(LABELS) as (keyof Limits)[];

/** How many LinkedIn tasks of sequences each user gets in a day. */
export function LinkedInLimits() {
  const { data, error, refetch } = useQuery(teamQuery);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  return data ? <Form key={data.id} before={data.linkedin_tasks_per_day} /> : null;
}

function Form({ before }: { before: Limits }) {
  const { form, kept } = useKeptForm("linkedin-limits", { initialValues: fieldsOf(before) });
  const save = useSaveTeam((team) => team.linkedin_tasks_per_day);
  const send = (fields: Fields) =>
    save.mutate(
      { linkedin_tasks_per_day: limitsOf(fields), before },
      {
        onSuccess: () => {
          form.resetDirty(fields);
          toast(t("LinkedIn limits saved."), {
            undo: async () => {
              await save.mutateAsync({ linkedin_tasks_per_day: before, before: null });
              form.setValues(fieldsOf(before));
              form.resetDirty(fieldsOf(before));
            },
          });
        },
      },
    );
  return (
    <form onSubmit={form.onSubmit(send)}>
      <Section
        title={t("LinkedIn limits")}
        note={t(
          "LinkedIn tasks of sequences per user and day. Open tasks count. Contacts over the limit wait for the next day. If empty, no limit.",
        )}
      >
        <OtherVersion kept={kept} />
        <div className={classes.fields}>
          {TYPES.map((type) => (
            <NumberInput
              key={type}
              label={LABELS[type]}
              min={1}
              max={1000}
              allowDecimal={false}
              {...form.getInputProps(type)}
            />
          ))}
        </div>
        <Trouble error={save.error} doing="writing" />
        <div>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t("Save LinkedIn limits")}
          </Button>
        </div>
      </Section>
    </form>
  );
}

function fieldsOf(limits: Limits): Fields {
  return Object.fromEntries(TYPES.map((type) => [type, limits[type] ?? ""])) as Fields;
}

function limitsOf(fields: Fields): Limits {
  return Object.fromEntries(
    TYPES.map((type) => [type, fields[type] === "" ? null : Number(fields[type])]),
  ) as Limits;
}
