import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { readMoment, stored } from "../../../kernel/moments.ts";
import { MOST_SHOWN } from "../../contacts/searching/store.ts";
import { payForPage } from "../paid-searches/commands.ts";
import { searchNews } from "./store.ts";

export const routes = [
  route(contract.newsArticles.search, async ({ input, ...act }) => {
    const { db, caller } = act;
    const { page, per_page, published_at } = input;
    const filter = {
      organizationIds: input.organization_ids,
      categories: input.categories?.length ? input.categories : null,
      published: {
        min: published_at?.min ? readMoment(published_at.min) : null,
        max: published_at?.max ? readMoment(published_at.max) : null,
      },
    };
    const place = { limit: per_page, offset: (page - 1) * per_page };
    const found = await searchNews(db, caller.teamId, filter, place);
    await payForPage(act, "news_search_page", { shown: found.articles.length, perPage: 25 });
    const total = Math.min(found.total, MOST_SHOWN);
    return {
      pagination: { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) },
      news_articles: found.articles.map((article) => ({
        id: article.id,
        url: article.url,
        domain: article.domain,
        title: article.title,
        snippet: article.snippet,
        organization_ids: article.organizationIds,
        published_at: stored(article.publishedAt),
        event_categories: article.eventCategories,
      })),
    };
  }),
];
