import { Button, Checkbox, NumberInput, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Section } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { api } from "../../session.ts";
import { type Team, teamQuery } from "./queries.ts";

/** What holds for all mail of the team, whoever sends it. */
export function MailRules() {
  const { data, error, refetch } = useQuery(teamQuery);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  return data ? <Rules key={data.id} team={data} /> : null;
}

function Rules({ team }: { team: Team }) {
  const queries = useQueryClient();
  const form = useForm({ initialValues: fieldsOf(team) });
  const save = useMutation({
    mutationFn: (fields: Fields) => api.teams.update(changeOf(fields)),
    onSuccess: () => queries.invalidateQueries({ queryKey: teamQuery.queryKey }),
  });
  const send = (fields: Fields) =>
    save.mutate(fields, {
      onSuccess: () => {
        const before = fieldsOf(team);
        form.resetDirty(fields);
        toast("The rules for mail are saved.", {
          undo: async () => {
            await save.mutateAsync(before);
            form.setValues(before);
            form.resetDirty(before);
          },
        });
      },
    });
  return (
    <form onSubmit={form.onSubmit(send)}>
      <Section title="Mail" note="For every mail of the team, from whichever mailbox.">
        <NumberInput
          label="Mails to one company in 24 hours"
          description="All mailboxes together. Empty: no limit. What is beyond it waits."
          min={0}
          allowDecimal={false}
          {...form.getInputProps("perDomain")}
        />
        <NumberInput
          label="Assume delivered after (hours)"
          description="For mailboxes without IMAP, if the mail server's answer was lost and no bounce came. Empty: you are asked."
          min={1}
          max={720}
          allowDecimal={false}
          {...form.getInputProps("assumedAfter")}
        />
        <Checkbox
          label="End mails with a line to unsubscribe"
          description="Where a sequence says nothing else. Mail programs show their own button whatever is chosen here."
          {...form.getInputProps("hasLine", { type: "checkbox" })}
        />
        <Textarea
          label="That line"
          description="The part between <% and %> becomes the link. Empty: the word Unsubscribe."
          placeholder="If this is not for you, <%tell me%> and I will not write again."
          autosize
          minRows={2}
          maxLength={2000}
          {...form.getInputProps("line")}
        />
        <Trouble error={save.error} doing="writing" />
        <div>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            Save the rules
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
    line: team.opt_out_html_template ?? "",
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
