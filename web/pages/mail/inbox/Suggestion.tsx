import { Button } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useIsAdmin } from "../../../session.ts";
import classes from "./IncomingView.module.css";
import { type Incoming, useInboxChanges } from "./queries.ts";
import { saySuggested, wishBefore } from "./words.ts";

/** A language model's reading of the mail. It changes nothing; a user who accepts it does so in their own name. */
export function Suggestion({ mail }: { mail: Incoming }) {
  const { decideSuggestion, overrule } = useInboxChanges();
  const { suggestion } = mail;
  const isAdmin = useIsAdmin();
  const [word, already] = saySuggested(mail);
  if (suggestion?.state !== "suggested" || mail.overruled) return null;
  const take = () => {
    const before = wishBefore(mail);
    decideSuggestion.mutate(
      { id: mail.id, decision: "accept" },
      {
        onSuccess: () =>
          toast(t("Changed to: {word}.", { word }), {
            // An opt-out is taken back by an admin only.
            ...(before &&
              (isAdmin || suggestion.reply_class !== "unsubscribe") && {
                undo: () => overrule.mutateAsync({ id: mail.id, ...before }),
              }),
          }),
      },
    );
  };
  return (
    <div className={classes.suggestion}>
      <p className={classes.because}>
        {already ? t("The language model agrees:") : t("The language model suggests:")}{" "}
        <strong>{word}</strong>. {suggestion.reason}
      </p>
      {!already && (
        <span className={classes.suggestionVerbs}>
          <Button size="compact-xs" variant="default" loading={decideSuggestion.isPending} onClick={take}>
            {t("Accept")}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => decideSuggestion.mutate({ id: mail.id, decision: "drop" })}
          >
            {t("Dismiss")}
          </Button>
        </span>
      )}
      <Trouble error={decideSuggestion.error} doing="writing" />
    </div>
  );
}
