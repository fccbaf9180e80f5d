import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { t } from "../language/t.ts";
import { Dialog } from "./Dialog.tsx";
import { figure } from "./figures.ts";
import { Trouble } from "./Trouble.tsx";

/** What a dry run says: for how many it would be so, and who is left alone and why. */
export type DryRunResult = { going: number; left: readonly { says: string }[] };

type Props = {
  title: string;
  /** What will happen, and whether it can be taken back. */
  children?: ReactNode;
  trial: () => Promise<DryRunResult>;
  /** "3 mails go out …" */
  says: (going: number) => string;
  verb: (going: number) => string;
  go: () => Promise<unknown>;
  onClose: () => void;
};

/** Tried out first: the button says for how many it will be so. */
export function TriedDialog({ title, children, trial, says, verb, go, onClose }: Props) {
  const tried = useQuery({ queryKey: ["tried", title], queryFn: trial, staleTime: 0, gcTime: 0 });
  const doing = useMutation({ mutationFn: go, onSuccess: onClose });
  const going = tried.data?.going ?? 0;
  return (
    <Dialog onClose={onClose} title={title} size="md">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (going > 0) doing.mutate();
        }}
      >
        {children}
        <div aria-live="polite">
          {tried.data ? (
            <>
              <p>{says(going)}</p>
              <Left left={tried.data.left} />
            </>
          ) : (
            !tried.error && <p className="soft">{t("Counting …")}</p>
          )}
        </div>
        <Trouble error={tried.error ?? doing.error} doing={doing.error ? "writing" : "reading"} />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          {/* Not disabled for the browser: it has the focus from the beginning, and keeps it. */}
          <Button
            type="submit"
            data-autofocus
            loading={doing.isPending}
            data-disabled={going === 0 || undefined}
            aria-disabled={going === 0}
          >
            {verb(going)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Left({ left }: { left: DryRunResult["left"] }) {
  const reasons = [...Map.groupBy(left, ({ says }) => says)];
  if (reasons.length === 0) return null;
  return (
    <>
      <p>{t("Skipped:")}</p>
      <ul className="bullets soft">
        {reasons.map(([says, some]) => (
          <li key={says}>
            {figure(some.length)}: {says}
          </li>
        ))}
      </ul>
    </>
  );
}
