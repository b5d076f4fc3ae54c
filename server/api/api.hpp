#pragma once

#include "server/api/article_api.hpp"
#include "server/api/routes.hpp"
#include "server/http/server.hpp"
#include "server/http/site.hpp"

// Everything the server answers: the API by its table of routes, articles inside the portal's page
// for those who may read them, all other paths from the portal's files.

namespace ventanilla::api {

class Api final : public http::Application {
  public:
    Api(Services services, const http::Site* site)
        : services_(services), site_(site), articles_(services_, site) {}

    [[nodiscard]] std::size_t body_bytes_max(std::string_view path) const override;
    [[nodiscard]] bool is_quick(std::string_view path) const override;
    std::shared_ptr<const std::string> at_hand(std::string_view path,
                                               std::string_view if_none_match) override;
    http::Gate gate(const HttpRequest& head) override;
    void left(double units) override;
    HttpResponse handle(const HttpRequest& request) override;
    HttpResponse busy(const HttpRequest& request) override;

  private:
    HttpResponse answer(const Route& route, const HttpRequest& request);

    Services services_;
    const http::Site* site_;  // null: there is no portal to serve
    ArticlePages articles_;
};

}  // namespace ventanilla::api
