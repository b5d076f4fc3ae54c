#include "server/status/page.hpp"

// The colours are those of assets/theme: light, dark and their soft variants.

namespace ventanilla::public_status {

std::string_view page_style() {
    return R"css(:root {
  color-scheme: light dark;
  --bg: #F5F7FA; --surface: #FFFFFF; --line: #D8DFE8; --text: #16202E; --text-2: #4B5869;
  --accent: #0B5FCC; --ok: #12703F; --ok-bar: #4D9570; --warn: #8A4B00; --warn-bar: #D08A1E;
  --crit: #B3201B; --maint: #5B3BB0; --none: #8893A3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #0F151D; --surface: #18202B; --line: #2E3A4A; --text: #EAF0F7; --text-2: #AAB7C7;
    --accent: #7DB2FF; --ok: #7FD6A4; --ok-bar: #65A888; --warn: #F3C27B; --warn-bar: #D08A1E;
    --crit: #FF9B93; --maint: #C3B0FF; --none: #7C8A9D;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--accent); }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
header, main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
header { display: flex; justify-content: space-between; gap: 1rem; }
.brand { font-weight: 700; text-decoration: none; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0.5rem 0; }
h2 { font-size: 1.25rem; margin: 2rem 0 0.5rem; }
h3 { font-size: 1.05rem; margin: 0; }
.as-of, .share, .scale, .when { color: var(--text-2); font-size: 0.875rem; }
.headline { font-size: 1.25rem; font-weight: 600; padding: 1rem; background: var(--surface);
  border: 1px solid var(--line); border-left: 0.5rem solid currentcolor; border-radius: 0.5rem; }
article { background: var(--surface); border: 1px solid var(--line); border-radius: 0.75rem;
  padding: 1rem; margin: 0.75rem 0; overflow-wrap: anywhere; }
.state { font-size: 0.875rem; font-weight: 600; white-space: nowrap; }
.late { font-weight: 600; color: var(--warn); }
.services { list-style: none; margin: 0; padding: 0; background: var(--surface);
  border: 1px solid var(--line); border-radius: 0.75rem; }
.services > li { padding: 0.75rem 1rem; border-top: 1px solid var(--line); }
.services > li:first-child { border-top: 0; }
.name { display: flex; justify-content: space-between; gap: 1rem; margin: 0; }
.bars { display: flex; gap: 1px; height: 2rem; margin: 0.5rem 0 0.25rem; }
.bars i { flex: 1 1 0; min-width: 0; border-radius: 1px; background: currentcolor; }
.scale { display: flex; justify-content: space-between; margin: 0; }
.share { margin: 0; }
.updates { list-style: none; margin: 0.75rem 0 0; padding: 0 0 0 0.75rem;
  border-left: 2px solid var(--line); }
.updates p { margin: 0.25rem 0; }
.headline.ok, .state.ok { color: var(--ok); }
.headline.maintenance, .state.maintenance, .bars .maintenance { color: var(--maint); }
.headline.degraded, .state.degraded, .headline.partial, .state.partial { color: var(--warn); }
.headline.major, .state.major, .bars .partial, .bars .major { color: var(--crit); }
.headline.unknown, .state.unknown { color: var(--text-2); }
.bars .ok { color: var(--ok-bar); }
.bars .degraded { color: var(--warn-bar); }
.bars .unknown { color: var(--none); opacity: 0.4; }
@media (forced-colors: active) {
  .bars i { forced-color-adjust: none; }
}
@media print { .skip, header { display: none; } }
)css";
}

}  // namespace ventanilla::public_status
