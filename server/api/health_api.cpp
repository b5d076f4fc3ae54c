#include "server/api/routes.hpp"

namespace ventanilla::api {

// GET /healthz: the process answers.
Result<HttpResponse> get_health(const HttpRequest&, const Session&, const Services&) {
    return http::json_response(R"({"status":"ok"})");
}

// GET /readyz: the store answers too. 503 when it does not.
Result<HttpResponse> get_ready(const HttpRequest&, const Session&, const Services& services) {
    TRY(services.store.read([](const store::Snapshot& snapshot) {
        (void)snapshot.meta();
        return ok();
    }));
    return http::json_response(R"({"status":"ready"})");
}

}  // namespace ventanilla::api
