#include "server/api/article_page.hpp"

// The colours are the portal's own custom properties, which its style sheet sets on the same page.
// The canvas is fixed and painted from the first moment; the article stands above it until the
// portal has drawn, and below the trouble when it never does.

namespace ventanilla::api {

std::string_view article_style() {
    return R"css(.article-page, .article-note {
  font: 1rem/1.6 Inter, system-ui, sans-serif; color: var(--text);
}
.article-page { position: relative; z-index: 2; box-sizing: border-box; min-height: 100vh;
  padding: 1.5rem max(1rem, 50vw - 36ch) 4rem; background: var(--bg); overflow-wrap: anywhere; }
html.drawn .article-page { display: none; }
.article-page h1 { font-size: 1.75rem; line-height: 1.25; margin: 0.5rem 0; }
.article-page h2 { font-size: 1.25rem; margin: 2rem 0 0.5rem; }
.article-page h3 { font-size: 1.05rem; margin: 1.5rem 0 0.5rem; }
.article-page article { overflow-x: auto; }
.article-page a, .article-note a { color: var(--accent); }
.article-page a:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.article-meta { color: var(--text-2); font-size: 0.875rem; }
.article-note { position: relative; z-index: 3; margin: 0; padding: 0.75rem max(1rem, 50vw - 36ch);
  background: var(--accent-soft); }
.article-page .article-note { padding: 0.75rem 1rem; border-radius: 0.5rem; }
.article-page pre { overflow-x: auto; padding: 0.75rem 1rem; border-radius: 0.5rem;
  background: var(--surface-2); }
.article-page code, .article-page pre { font-family: ui-monospace, Menlo, Consolas, monospace; }
.article-page table { border-collapse: collapse; }
.article-page th, .article-page td { padding: 0.5rem 0.75rem; text-align: start;
  vertical-align: top; border-bottom: 1px solid var(--line); }
.article-page .center { text-align: center; }
.article-page .right { text-align: end; }
.article-page blockquote, .article-page .callout { margin: 1rem 0; padding: 0.25rem 1rem;
  border-inline-start: 0.25rem solid var(--line-strong); background: var(--surface); }
.article-page .callout .title { font-weight: 600; }
.article-page .callout.note { border-color: var(--accent); }
.article-page .callout.tip { border-color: var(--ok); }
.article-page .callout.warning { border-color: var(--warn); }
.article-page .callout.danger { border-color: var(--crit); }
)css";
}

}  // namespace ventanilla::api
