// The fonts of the reader's system: pictures and texts are the same for everybody, and 300 kB of fonts less.

import theme from "vitepress/theme-without-fonts";
import "./looks.css";

export default theme;
