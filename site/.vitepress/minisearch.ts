// MiniSearch as the search box loads it, with our ranking. A setting of VitePress cannot hold functions: it would make them in the
// browser from text, which the server's content security policy forbids.

import MiniSearch, { type Options } from "../node_modules/minisearch/dist/es/index.js";
import { ranked } from "./ranking.ts";

export default {
  loadJSON(json: string, options: Options) {
    const index = MiniSearch.loadJSON(json, options);
    return { search: (query: string) => ranked(index, query) };
  },
};
