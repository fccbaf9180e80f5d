import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import "@mantine/core/styles/Stepper.css";
import { Button, Stepper } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useMe } from "../../../session.ts";
import { useMailboxes, useSendable, usualOf } from "../../mail/mailboxes/queries.ts";
import { ASK_OWNER } from "../sequences/access.ts";
import { sequenceQuery } from "../sequences/queries.ts";
import { rightTo } from "../sequences/right.ts";
import { AddButton } from "./AddButton.tsx";
import classes from "./AddContactsDialog.module.css";
import { CheckStage } from "./CheckStage.tsx";
import { DoneStage } from "./DoneStage.tsx";
import { FileButton, FileCheck } from "./FileCheck.tsx";
import { FileDone } from "./FileDone.tsx";
import { importOf } from "./file.ts";
import { HowStage } from "./HowStage.tsx";
import { type Given, useKeptEnrollment } from "./kept-enrollment.ts";
import { type Added, listsQuery } from "./queries.ts";
import { WhoStage } from "./WhoStage.tsx";
import { type EnrollmentForm, isNobody, requestOf } from "./wish.ts";

type Props = Given & { onClose: () => void };

const STAGES = perLanguage(() => [t("Contacts"), t("Options"), t("Preview")] as const);

/** Who joins a sequence, how they are mailed, and what that comes to; nothing happens before the last button. */
export function AddContactsDialog({ onClose, ...given }: Props) {
  const { contactIds, labelIds, filter, sequenceId } = given;
  const { wish, stage, change, goTo, forget } = useKeptEnrollment(given);
  const [added, setAdded] = useState<Added | null>(null);
  const [importId, setImportId] = useState<string | null>(null);
  const isChosen = !isNobody({ ids: contactIds ?? [], listIds: labelIds ?? [], filter: filter ?? null });
  const close = () => {
    forget();
    onClose();
  };
  useUsualMailbox(wish, change);
  const { data: lists = [] } = useQuery(listsQuery);
  const refusal = useRefusal(wish.sequenceId);
  const missing = refusal ?? missingIn(wish, stage);
  const next = (event: FormEvent) => {
    event.preventDefault();
    if (!missing && stage < 2) goTo(stage + 1);
  };
  const request = requestOf(wish, lists);
  const fileRequest = importOf(wish);

  if (importId) return <FileDone importId={importId} terms={wish} onClose={onClose} />;
  if (added) return <DoneStage added={added} sequenceId={wish.sequenceId ?? ""} onClose={onClose} />;
  return (
    <Dialog onClose={close} title={t("Add contacts")} size="46rem">
      <form className={classes.form} onSubmit={next} aria-label={t("Add contacts")}>
        <Stepper
          active={stage}
          onStepClick={(to) => to < stage && goTo(to)}
          size="xs"
          iconSize={24}
          classNames={{ steps: classes.steps, stepLabel: classes.stepLabel, separator: classes.separator }}
        >
          {STAGES.map((name, place) => (
            <Stepper.Step key={name} label={name} allowStepSelect={place < stage} />
          ))}
        </Stepper>
        <Stage name={STAGES[stage] ?? ""}>
          {stage === 0 && (
            <WhoStage wish={wish} change={change} isGiven={isChosen} isSequenceGiven={!!sequenceId} />
          )}
          {stage === 1 && <HowStage wish={wish} change={change} />}
          {stage === 2 && fileRequest && <FileCheck wish={wish} change={change} request={fileRequest} />}
          {stage === 2 && !fileRequest && request && (
            <CheckStage wish={wish} change={change} request={request} />
          )}
        </Stage>
        <footer className={classes.foot}>
          <p className={classes.missing} aria-live="polite">
            {missing}
          </p>
          {stage > 0 && (
            <Button variant="default" onClick={() => goTo(stage - 1)}>
              {t("Back")}
            </Button>
          )}
          {stage < 2 ? (
            <Button type="submit" disabled={missing !== null}>
              {stage === 0 ? t("Next: options") : t("Next: preview")}
            </Button>
          ) : fileRequest ? (
            <FileButton
              request={fileRequest}
              isRefused={refusal !== null}
              onStarted={(id) => {
                forget();
                setImportId(id);
              }}
            />
          ) : (
            request && (
              <AddButton
                request={request}
                isRefused={refusal !== null}
                onAdded={(done) => {
                  forget();
                  setAdded(done);
                }}
                onStarted={close}
              />
            )
          )}
        </footer>
      </form>
    </Dialog>
  );
}

/** Going on takes the focus along, so that keys and screen readers begin where the eye does. */
function Stage({ name, children }: { name: string; children: React.ReactNode }) {
  const place = useRef<HTMLElement>(null);
  const last = useRef(name);
  useEffect(() => {
    if (last.current !== name) place.current?.focus({ preventScroll: true });
    last.current = name;
  }, [name]);
  return (
    <section ref={place} aria-label={name} tabIndex={-1} className={classes.stage}>
      {children}
    </section>
  );
}

function missingIn({ whom, file, sequenceId, mailboxIds }: EnrollmentForm, stage: number) {
  if (isNobody(whom) && !file) return t("Choose at least one contact.");
  if (!sequenceId) return t("Choose a sequence.");
  if (stage >= 1 && mailboxIds.length === 0) return t("Choose a mailbox to send from.");
  return null;
}

/** A user who may only look at the sequence is told before choosing anything. */
function useRefusal(sequenceId: string | null) {
  const me = useMe();
  const { data } = useQuery({ ...sequenceQuery(sequenceId ?? ""), enabled: sequenceId !== null });
  const sequence = data?.emailer_campaign;
  if (!sequence) return null;
  if (sequence.archived) return t("This sequence is archived. You can't add contacts to it.");
  return rightTo(sequence, me) === "can_view" ? ASK_OWNER.edit : null;
}

/** One's own default mailbox is what most people mean; it can be changed at the next stage. */
function useUsualMailbox(wish: EnrollmentForm, change: (part: Partial<EnrollmentForm>) => void) {
  const { user } = useMe();
  const { isSuccess } = useMailboxes();
  const usable = useSendable();
  const isSet = useRef(false);
  useEffect(() => {
    if (!isSuccess || isSet.current) return;
    isSet.current = true;
    const usual = usualOf(usable, user.id);
    if (usual && wish.mailboxIds.length === 0) change({ mailboxIds: [usual.id] });
  }, [isSuccess, usable, user.id, wish.mailboxIds.length, change]);
}
