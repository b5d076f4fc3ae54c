#include "server/api/routes.hpp"

#include <array>

#include "server/api/article_page.hpp"
#include "shared/recovery/advice.hpp"

namespace ventanilla::api {
namespace {

constexpr std::size_t kSmall = 8 * 1024;

constexpr auto kRoutes = std::to_array<Route>({
    {"GET", "/healthz", Access::Anyone, 0, get_health},
    {"GET", "/readyz", Access::Anyone, 0, get_ready},
    {"GET", "/api/v1/setup", Access::Anyone, 0, get_setup},
    {"POST", "/api/v1/setup", Access::Anyone, kSmall, post_setup},
    {"GET", sync::kSessionPath, Access::Person, 0, get_session},
    {"POST", sync::kLoginPath, Access::Anyone, kSmall, post_login},
    {"POST", sync::kLogoutPath, Access::Stream, kSmall, post_logout},
    {"POST", "/api/v1/session/password", Access::Person, kSmall, post_password},
    {"POST", sync::kPushPath, Access::Person, limits::kPushBytesMax, post_push},
    {"GET", sync::kPullPath, Access::Person, 0, get_pull},
    {"GET", sync::kLivePath, Access::Stream, 0, get_live},
    {"GET", sync::kStatusPath, Access::Person, 0, get_status},
    {"POST", "/api/v1/sync/quarantine", Access::Person, limits::kPushBytesMax, post_quarantine},
    {"GET", recovery::kBannerPath, Access::Anyone, 0, get_banner},
    {"POST", recovery::kSlotPath, Access::Anyone, kSmall, post_slot},
    {"GET", kArticleStylePath, Access::Anyone, 0, get_article_style},
});

}  // namespace

std::span<const Route> routes() {
    return kRoutes;
}

}  // namespace ventanilla::api
