import { contract } from "@cadenza/contract";
import { route, routeFile } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { keepFile } from "./commands.ts";
import { presentAttachment } from "./present.ts";
import { attachmentsOf, findAttachments, seenFiles } from "./store.ts";

export const routes = [
  route(contract.attachments.create, async ({ input, ...act }) => {
    const file = input.file ?? input;
    const kept = await keepFile(act, {
      fileName: input.file_name ?? file.file_name,
      contentType: input.content_type ?? file.content_type,
      content: file.content,
    });
    return { attachment: presentAttachment(kept) };
  }),

  route(contract.attachments.list, async ({ input, db, caller }) => {
    const ids = await seenFiles(db, caller.teamId, input.ids, viewerIn(caller));
    return { attachments: (await findAttachments(db, caller.teamId, ids)).map(presentAttachment) };
  }),

  routeFile(contract.attachments.download, async ({ input, db, caller }) => {
    const ids = await seenFiles(db, caller.teamId, [input.id], viewerIn(caller));
    const [file] = await attachmentsOf(db, caller.teamId, ids);
    if (!file) throw new Refusal("record_not_found");
    return file;
  }),
];
