import { Checkbox, NumberInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type Team, teamQuery } from "./queries.ts";
import { useSaveTeam } from "./saving.ts";

type Rules = Pick<Team, "hold_after_answer" | "answer_hold_days">;

const rulesOf = ({ hold_after_answer, answer_hold_days }: Team): Rules => ({
  hold_after_answer,
  answer_hold_days,
});

/** What happens to a contact's other sequences once they have answered. */
export function AnswerRules() {
  const { data: team, error, refetch } = useQuery(teamQuery);
  const save = useSaveTeam(rulesOf);
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!team) return null;
  const before = rulesOf(team);
  const change = (wish: Partial<Rules>) =>
    save.mutate(
      { ...wish, before },
      { onSuccess: () => toast(t("Saved."), { undo: () => save.mutateAsync({ ...before, before: null }) }) },
    );
  return (
    <Section
      title={t("After a reply")}
      note={t(
        "Applies to all sequences, workflows and copilots. A possible unsubscribe request always waits until a user reviews it.",
      )}
    >
      <Checkbox
        label={t("Hold contacts until their reply is reviewed")}
        description={t("No automatic email goes to a contact who replied. Tasks still appear.")}
        checked={team.hold_after_answer}
        disabled={save.isPending}
        onChange={(event) => change({ hold_after_answer: event.currentTarget.checked })}
      />
      <NumberInput
        label={t("Continue after days")}
        description={t("If no user has reviewed the reply by then.")}
        w={160}
        min={1}
        max={90}
        allowDecimal={false}
        disabled={save.isPending || !team.hold_after_answer}
        key={team.answer_hold_days}
        defaultValue={team.answer_hold_days}
        onBlur={({ currentTarget: { value } }) => {
          const days = Number(value);
          if (days >= 1 && days <= 90 && days !== team.answer_hold_days) change({ answer_hold_days: days });
        }}
      />
      <Trouble error={save.error} doing="writing" />
    </Section>
  );
}
