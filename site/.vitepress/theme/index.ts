// The fonts of the reader's system: pictures and texts are the same for everybody, and 300 kB of fonts less.

import { useData } from "vitepress";
import theme from "vitepress/theme-without-fonts";
import { h } from "vue";
import { CapacityCalculator } from "./CapacityCalculator.ts";
import "./looks.css";

function Layout() {
  const { page } = useData();
  const calculator = page.value.relativePath === "operate/capacity.md";
  return h(theme.Layout, null, { "doc-footer-before": () => calculator && h(CapacityCalculator) });
}

export default { extends: theme, Layout };
