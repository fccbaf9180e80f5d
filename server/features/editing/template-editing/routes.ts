import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { presentFolder } from "../../sequences/folders/present.ts";
import { listFolders } from "../../sequences/folders/store.ts";
import { presentTemplate } from "../../sequences/templates/present.ts";
import { searchTemplates } from "../../sequences/templates/store.ts";
import {
  archiveTemplate,
  createTemplate,
  getTemplate,
  restoreTemplate,
  starTemplate,
  updateTemplate,
} from "./commands.ts";
import type { TemplateWish } from "./write.ts";

export const routes = [
  route(contract.templates.create, async ({ input, ...act }) => ({
    emailer_template: presentTemplate(await createTemplate(act, wishFrom(input))),
  })),

  route(contract.templates.search, async ({ db, caller, input }) => {
    const { page, per_page } = input;
    const { templates, total } = await searchTemplates(db, caller.teamId, {
      nameWords: words(input.q_name),
      words: words(input.q_keywords),
      folderId: input.folder_id ?? null,
      isArchived: input.archived ?? false,
      viewer: { userId: caller.userId, isAdmin: caller.role === "admin" },
      limit: per_page,
      offset: (page - 1) * per_page,
    });
    return {
      emailer_templates: templates.map(presentTemplate),
      folders: (await listFolders(db, caller.teamId, "templates")).map(presentFolder),
      pagination: { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) },
    };
  }),

  route(contract.templates.show, async ({ input, ...act }) => ({
    emailer_template: presentTemplate(await getTemplate(act, input.id)),
  })),

  route(contract.templates.update, async ({ input, ...act }) => {
    const { id, archived, edit_mode, ...wish } = input;
    if (archived === false) await restoreTemplate(act, id);
    if (Object.keys(wish).length > 0 || archived === undefined)
      await updateTemplate(act, id, wishFrom(wish), edit_mode);
    if (archived) await archiveTemplate(act, id);
    return { emailer_template: presentTemplate(await getTemplate(act, id)) };
  }),

  route(contract.templates.archive, async ({ input, ...act }) => ({
    emailer_template: presentTemplate(await archiveTemplate(act, input.id)),
  })),

  route(contract.stars.starTemplate, async ({ input, ...act }) => ({
    emailer_template: presentTemplate(await starTemplate(act, input.id, true)),
  })),

  route(contract.stars.unstarTemplate, async ({ input, ...act }) => ({
    emailer_template: presentTemplate(await starTemplate(act, input.id, false)),
  })),
];

type Input = {
  name?: string | null | undefined;
  subject?: string | null | undefined;
  body_html?: string | null | undefined;
  global?: boolean | undefined;
  folder_id?: string | null | undefined;
  creation_type?: string | undefined;
};

function wishFrom(input: Input): TemplateWish {
  return {
    name: input.name,
    subject: input.subject,
    bodyHtml: input.body_html,
    isGlobal: input.global,
    folderId: input.folder_id,
    creationType: input.creation_type,
  };
}

function words(text: string | undefined) {
  return text?.split(/\s+/).filter(Boolean) ?? [];
}
