// The steps of a file as a wish for those that are there: a step or a variant that is still the same keeps its id, its numbers and its
// contacts.

import { matchSteps, matchVariants } from "../../../domain/sequences/file-matches.ts";
import type { StepModel, VariantModel } from "../../../domain/sequences/file-model.ts";
import type { TouchRow } from "../../sequences/touches/store.ts";
import type { StepWish } from "../step-editing/steps-compose.ts";
import type { TouchWish } from "../step-editing/touches-compose.ts";
import { conditionWish } from "./conditions.ts";
import type { SequenceFromFile } from "./files-input.ts";
import type { KnownSequence } from "./modelling.ts";
import { type Names, recordOf } from "./names.ts";
import { fileIds } from "./resolving.ts";

/** What the steps of a file are read with. */
type Around = { names: Names; from: SequenceFromFile; known: KnownSequence | null };

export function stepWishes(around: Around, wanted: readonly StepModel[]): StepWish[] {
  const { known } = around;
  const matches = matchSteps(known?.model.steps ?? [], wanted);
  return wanted.map((step, to) => {
    const from = matches.find((match) => match.to === to)?.from ?? null;
    const before = from === null ? null : (known?.model.steps[from] ?? null);
    // A list of variants that is empty means "as they are", so a step that loses all of them is a new one.
    const isKept = before !== null && !(before.variants.length > 0 && step.variants.length === 0);
    const row = isKept && from !== null ? (known?.steps[from] ?? null) : null;
    return {
      ...(row && { id: row.id }),
      ...settingsOf(step),
      condition: step.condition && conditionWish(around.names, around.from, step.condition, to),
      touches: touchWishes(around, step, to, row ? { id: row.id, variants: before?.variants ?? [] } : null),
    };
  });
}

function settingsOf(step: StepModel): StepWish {
  return {
    type: step.type,
    branch: { stepId: null, at: step.branch?.step, path: step.branch?.path },
    waitTime: step.waitTime,
    waitMode: step.waitMode,
    exactAt: step.at === null ? null : Temporal.Instant.from(step.at),
    isOn: step.enabled,
    priority: step.priority,
    note: step.note,
    maxEmailsPerDay: step.maxEmailsPerDay,
    autoSkipInDays: step.skipAfterDays,
  };
}

type KeptStep = { id: string; variants: readonly VariantModel[] };

function touchWishes(around: Around, step: StepModel, at: number, kept: KeptStep | null): TouchWish[] {
  const touches = around.known?.touches.filter(({ stepId }) => stepId === kept?.id) ?? [];
  const matches = matchVariants(kept?.variants ?? [], step.variants);
  return step.variants.map((variant, to) => {
    const from = matches.find((match) => match.to === to)?.from ?? null;
    return touchWish(around, variant, at, from === null ? undefined : touches[from]);
  });
}

function touchWish(
  { names, from }: Around,
  variant: VariantModel,
  step: number,
  known: TouchRow | undefined,
): TouchWish {
  const template = variant.template === null ? null : recordOf(names, "template", variant.template);
  const kept = known?.attachmentIds ?? [];
  return {
    id: known?.id,
    type: variant.thread,
    status: variant.status,
    weight: variant.weight,
    includeSignature: variant.signature,
    hasPersonalizedOpener: variant.opener,
    personalizedOpenerFallbackOption: variant.openerFallback,
    genericPersonalizedOpener: variant.genericOpener,
    attachmentIds: fileIds(names, from, variant.attachments, { kept, at: ["steps", step, "variants"] }),
    ...(variant.goesWith ? { goesWith: variant.goesWith } : { goesWithTouchId: null }),
    mail: template ? { id: template.id } : { subject: variant.subject, bodyHtml: variant.html },
  };
}
