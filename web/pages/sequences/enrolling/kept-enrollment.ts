// The choices of the dialog that adds contacts, at the stage that they have reached: a reload brings both back. A file is not kept by
// the browser, so the dialog begins again where the file is chosen; the other choices stay.

import { useState } from "react";
import { useKept } from "../../../parts/kept.ts";
import type { ChosenFile } from "./file.ts";
import type { ContactSearch, EnrollmentForm } from "./wish.ts";

/** What is chosen already where the dialog is opened: contacts by name, by list, or all that a search finds; a sequence. */
export type Given = {
  contactIds?: readonly string[];
  labelIds?: readonly string[];
  filter?: ContactSearch;
  sequenceId?: string;
};

export function useKeptEnrollment({ contactIds, labelIds, filter, sequenceId }: Given) {
  const whom = { ids: contactIds ?? [], listIds: labelIds ?? [], filter: filter ?? null };
  const kept = useKept(`enrol-${JSON.stringify([sequenceId, whom])}`, {
    stage: 0,
    wish: {
      sequenceId: sequenceId ?? null,
      whom,
      mailboxIds: [],
      startsAt: null,
      startStep: 1,
      skipsValidation: false,
      waived: [],
      reEnrolls: false,
      waitsForOthers: false,
    } as Omit<EnrollmentForm, "file">,
  });
  const [file, setFile] = useState<ChosenFile | null>(null);
  // With a file, the stage lives as long as the page does.
  const [stageOfFile, setStageOfFile] = useState(0);
  const { keep, forget } = kept;
  return {
    wish: { ...kept.value.wish, file } satisfies EnrollmentForm,
    stage: file ? stageOfFile : kept.value.stage,
    change: ({ file: nextFile, ...part }: Partial<EnrollmentForm>) => {
      if (nextFile !== undefined) {
        setFile(nextFile);
        setStageOfFile(0);
      }
      keep((now) => ({ ...now, wish: { ...now.wish, ...part }, ...(nextFile && { stage: 0 }) }));
    },
    goTo: (stage: number) => {
      if (file) setStageOfFile(stage);
      else keep((now) => ({ ...now, stage }));
    },
    forget,
  };
}
