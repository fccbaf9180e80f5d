// Highlights variables in the editor; they stay plain text.

import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { type Editor, Extension } from "@tiptap/react";

const VARIABLE = /\{\{[^{}]{1,200}\}\}|\{%[^{}]{1,200}%\}/g;

type Marks = { unknown: readonly string[]; set: DecorationSet };

const KEY = new PluginKey<Marks>("markVariables");

export const markVariables = Extension.create({
  name: "markVariables",
  addProseMirrorPlugins: () => [
    new Plugin<Marks>({
      key: KEY,
      state: {
        init: (_, { doc }) => ({ unknown: [], set: marksIn(doc, []) }),
        apply(change, marks) {
          const unknown = (change.getMeta(KEY) as readonly string[] | undefined) ?? marks.unknown;
          if (!change.docChanged && unknown === marks.unknown) return marks;
          return { unknown, set: marksIn(change.doc, unknown) };
        },
      },
      props: {
        decorations(state) {
          return this.getState(state)?.set;
        },
      },
    }),
  ],
});

/** Those that nothing fills look otherwise. */
export function markUnknown({ state, view }: Editor, unknown: readonly string[]) {
  if (KEY.getState(state)?.unknown.join() !== unknown.join()) view.dispatch(state.tr.setMeta(KEY, unknown));
}

function marksIn(doc: Node, unknown: readonly string[]) {
  const marks: Decoration[] = [];
  doc.descendants((node, at) => {
    for (const found of node.text?.matchAll(VARIABLE) ?? []) {
      const from = at + found.index;
      const [name = ""] = /[\w.]+(?:\s+[\w.]+)*/.exec(found[0].replace(/^\{\{\s*#if\b/, "")) ?? [];
      // texts: not translated, classes of the style
      const look = unknown.includes(name) ? "mail-variable mail-variable-unknown" : "mail-variable";
      marks.push(Decoration.inline(from, from + found[0].length, { class: look }));
    }
  });
  return DecorationSet.create(doc, marks);
}
