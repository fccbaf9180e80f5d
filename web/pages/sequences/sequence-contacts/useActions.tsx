import { lazy, Suspense, useState } from "react";
import { useCarryOut } from "./useCarryOut.ts";
import { type EnrollmentTargets, NOTHING_SAID, VERBS, type Verb, type VerbName } from "./verbs.ts";

const ManageDialog = lazy(async () => ({ default: (await import("./ManageDialog.tsx")).ManageDialog }));

type Of = { sequenceId: string; whom: EnrollmentTargets; count: number; onDone?: () => void };

/** One contact is changed at a click, with undo; many get a dry run first, and so does what only a person can say. */
export function useActions({ sequenceId, whom, count, onDone }: Of) {
  const [asked, setAsked] = useState<VerbName | null>(null);
  const { run, isBusy, error } = useCarryOut(sequenceId, () => {
    setAsked(null);
    onDone?.();
  });
  const begin = (name: VerbName) => {
    const verb: Verb = VERBS[name];
    if (count > 1 || verb.alwaysAsks) setAsked(name);
    else run(verb, whom, NOTHING_SAID);
  };
  const dialog = asked && (
    <Suspense fallback={null}>
      <ManageDialog
        sequenceId={sequenceId}
        verb={VERBS[asked]}
        whom={whom}
        isBusy={isBusy}
        error={error}
        onConfirm={(said) => run(VERBS[asked], whom, said)}
        onClose={() => setAsked(null)}
      />
    </Suspense>
  );
  return { begin, dialog, isWorking: isBusy && !asked };
}
