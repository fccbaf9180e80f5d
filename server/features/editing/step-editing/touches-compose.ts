// One variant and its mail, as a wish makes them out of what is there.

import type { Act } from "../../../app.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { refuseUnknownAttachments } from "../../sequences/attachments/commands.ts";
import { lockTemplates, type TemplateRow, type TemplateValues } from "../../sequences/templates/store.ts";
import type { TouchValues } from "../../sequences/touches/store.ts";
import { blankTemplate, type TemplateWish, templateAfter } from "../template-editing/write.ts";

export type VariantPosition = { step: number; variant: number };

export type TouchWish = {
  id?: string | null | undefined;
  type?: TouchValues["type"] | undefined;
  status?: TouchValues["status"] | undefined;
  weight?: number | undefined;
  includeSignature?: boolean | undefined;
  hasPersonalizedOpener?: boolean | null | undefined;
  personalizedOpenerFallbackOption?: string | undefined;
  genericPersonalizedOpener?: string | null | undefined;
  attachmentIds?: string[] | undefined;
  goesWithTouchId?: string | null | undefined;
  /** Instead of an id, in a list of steps: counted from one, as the list is to be. */
  goesWith?: VariantPosition | undefined;
  mail?: TemplateWish | undefined;
};

/** The templates that wishes name and touches have, locked: by id, those that are there for this person. Files must be there. */
export async function gatherTemplates(act: Act, wishes: readonly TouchWish[], known: readonly TouchValues[]) {
  const { db, caller } = act;
  await refuseUnknownAttachments(act, [
    ...new Set(wishes.flatMap(({ attachmentIds }) => attachmentIds ?? [])),
  ]);
  const own = known.map(({ templateId }) => templateId);
  const named = wishes.flatMap(({ mail }) => (mail?.id ? [mail.id] : []));
  const found = await lockTemplates(db, caller.teamId, [...own, ...named]);
  const isThere = (template: TemplateRow) =>
    caller.role === "admin" ||
    template.userId === caller.userId ||
    template.isGlobal ||
    own.includes(template.id);
  return new Map(found.filter(isThere).map((template) => [template.id, template]));
}

export type ComposedTouch = { touch: TouchValues; template: TemplateValues | null };

/** The template is null where it stays as it is. */
export function composeTouch(
  { caller }: Act,
  stepId: string,
  known: TouchValues | null,
  wish: TouchWish,
  templates: ReadonlyMap<string, TemplateValues>,
): ComposedTouch {
  const template = templateFor(caller, known, wish.mail, templates);
  const touch: TouchValues = {
    id: known?.id ?? newId(),
    stepId,
    templateId: template.id,
    type: wish.type ?? known?.type ?? "new_thread",
    status: wish.status ?? known?.status ?? "to_be_reviewed",
    weight: wish.weight ?? known?.weight ?? 1,
    includeSignature: wish.includeSignature ?? known?.includeSignature ?? true,
    hasPersonalizedOpener: said(wish.hasPersonalizedOpener, known?.hasPersonalizedOpener),
    personalizedOpenerFallbackOption:
      wish.personalizedOpenerFallbackOption ??
      known?.personalizedOpenerFallbackOption ??
      "send_without_opener",
    genericPersonalizedOpener: said(wish.genericPersonalizedOpener, known?.genericPersonalizedOpener),
    attachmentIds: wish.attachmentIds ?? known?.attachmentIds ?? [],
    goesWithTouchId: said(wish.goesWithTouchId, known?.goesWithTouchId),
  };
  const isNew = !templates.has(template.id);
  return {
    touch,
    template: isNew || saysSomething(wish.mail) ? templateAfter(template, wish.mail ?? {}) : null,
  };
}

function templateFor(
  caller: Act["caller"],
  known: TouchValues | null,
  mail: TemplateWish | undefined,
  templates: ReadonlyMap<string, TemplateValues>,
): TemplateValues {
  const id = mail?.id ?? known?.templateId;
  if (!id) return blankTemplate(newId(), caller.userId);
  const template = templates.get(id);
  if (!template) throw new Refusal("template_not_found", { id });
  const isForeign = template.isGlobal && template.userId !== caller.userId && caller.role !== "admin";
  if (isForeign && saysSomething(mail)) throw new Refusal("template_not_permitted");
  return template;
}

function saysSomething(mail: TemplateWish | undefined) {
  return Boolean(
    mail && (mail.name !== undefined || mail.subject !== undefined || mail.bodyHtml !== undefined),
  );
}

function said<Value>(wish: Value | null | undefined, known: Value | null | undefined): Value | null {
  return wish === undefined ? (known ?? null) : wish;
}
