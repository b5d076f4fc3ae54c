#include "server/api/door.hpp"
#include "server/api/routes.hpp"

namespace ventanilla::api {

// GET /s/banner: what concerns everybody, and how to come back. No session. The event loop answers
// it from the door's buffer before it gets here; this is for HEAD and for HTTP/1.0. Source:
// outage.md 3.3.
Result<HttpResponse> get_banner(const HttpRequest& request,
                                const Session&,
                                const Services& services) {
    return services.door.banner(request);
}

// POST /api/v1/sync/slot  {"items", "bytes", "oldest_age_ms"}: a turn. No session: it is asked for
// by everybody at once, when sessions cannot all be looked up.
Result<HttpResponse> post_slot(const HttpRequest& request,
                               const Session&,
                               const Services& services) {
    return services.door.slot(request);
}

}  // namespace ventanilla::api
