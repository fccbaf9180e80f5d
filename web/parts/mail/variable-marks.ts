// Highlights variables in the editor; they stay plain text.

import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { Extension } from "@tiptap/react";

const VARIABLE = /\{\{[^{}]{1,200}\}\}|\{%[^{}]{1,200}%\}/g;

export const markVariables = Extension.create({
  name: "markVariables",
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key: new PluginKey("markVariables"),
      state: {
        init: (_, { doc }) => marksIn(doc),
        apply: (change, marks) => (change.docChanged ? marksIn(change.doc) : marks),
      },
      props: {
        decorations(state) {
          return this.getState(state);
        },
      },
    }),
  ],
});

function marksIn(doc: Node) {
  const marks: Decoration[] = [];
  doc.descendants((node, at) => {
    for (const found of node.text?.matchAll(VARIABLE) ?? []) {
      const from = at + found.index;
      marks.push(Decoration.inline(from, from + found[0].length, { class: "mail-variable" }));
    }
  });
  return DecorationSet.create(doc, marks);
}
