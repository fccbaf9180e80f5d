import { Button, Checkbox, NumberInput, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type Team, teamQuery } from "./queries.ts";
import { useSaveTeam } from "./saving.ts";

/** The rules for all mail of the team, from every sender. */
export function MailRules() {
  const { data, error, refetch } = useQuery(teamQuery);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  return data ? <Rules key={data.id} team={data} /> : null;
}

function Rules({ team }: { team: Team }) {
  const { form, kept } = useKeptForm("mail-rules", { initialValues: fieldsOf(team) });
  const save = useSaveTeam(fieldsOf);
  const send = (fields: Fields) => {
    const before = fieldsOf(team);
    save.mutate(
      { ...changeOf(fields), before },
      {
        onSuccess: () => {
          form.resetDirty(fields);
          toast(t("Email rules saved."), {
            undo: async () => {
              await save.mutateAsync({ ...changeOf(before), before: null });
              form.setValues(before);
              form.resetDirty(before);
            },
          });
        },
      },
    );
  };
  return (
    <form onSubmit={form.onSubmit(send)}>
      <Section title={t("Email")} note={t("Applies to all emails of the team, from any mailbox.")}>
        <OtherVersion kept={kept} />
        <NumberInput
          label={t("Emails to one company in 24 hours")}
          description={t("All mailboxes together. If empty, no limit. Emails over the limit wait.")}
          min={0}
          allowDecimal={false}
          {...form.getInputProps("perDomain")}
        />
        <NumberInput
          label={t("Assume delivered after (hours)")}
          description={t(
            "For mailboxes without IMAP, if the mail server's answer was lost and no bounce came. If empty, you decide.",
          )}
          min={1}
          max={720}
          allowDecimal={false}
          {...form.getInputProps("assumedAfter")}
        />
        <Checkbox
          label={t("Add an unsubscribe line to emails")}
          description={t(
            "Unless a sequence says otherwise. Email apps show their own unsubscribe button in any case.",
          )}
          {...form.getInputProps("hasLine", { type: "checkbox" })}
        />
        <Textarea
          label={t("Unsubscribe line")}
          description={t("The part between <% and %> becomes the link. If empty, the word Unsubscribe.")}
          placeholder={t("If this is not for you, <%tell me%> and I will not write again.")}
          autosize
          minRows={2}
          maxLength={2000}
          {...form.getInputProps("line")}
        />
        <Trouble error={save.error} doing="writing" />
        <div>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t("Save rules")}
          </Button>
        </div>
      </Section>
    </form>
  );
}

type Fields = ReturnType<typeof fieldsOf>;

function fieldsOf(team: Team) {
  return {
    perDomain: team.max_emails_per_recipient_domain_per_day ?? ("" as number | string),
    assumedAfter: team.assume_delivered_after_hours ?? ("" as number | string),
    hasLine: team.should_include_unsubscribe_link,
    // Cleaned as HTML, its marks come back as entities.
    line: (team.opt_out_html_template ?? "").replaceAll("&lt;%", "<%").replaceAll("%&gt;", "%>"),
  };
}

function changeOf({ perDomain, assumedAfter, hasLine, line }: Fields) {
  return {
    max_emails_per_recipient_domain_per_day: perDomain === "" ? null : Number(perDomain),
    assume_delivered_after_hours: assumedAfter === "" ? null : Number(assumedAfter),
    should_include_unsubscribe_link: hasLine,
    opt_out_html_template: line.trim() || null,
  };
}
