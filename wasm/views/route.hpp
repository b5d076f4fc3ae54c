#pragma once

#include <string>
#include <string_view>

// Where in the portal somebody is, as a value, and as a URL that can be shared, reloaded and
// bookmarked. Spanish paths are the ones written; English ones are understood.

namespace ventanilla::views {

enum class Page : std::uint8_t {
    Home,          // /
    Search,        // /buscar?q=…            /search
    Catalogue,     // /pedir                 /ask
    Form,          // /pedir/INC-03          /ask/INC-03
    Requests,      // /solicitudes           /requests
    Request,       // /solicitudes/SOL-…     or ~7K2Q4 before it has a number
    Article,       // /articulos/KB0005-…    /articles
    Status,        // /estado                /status
    Queue,         // /cola                  /queue
    QueueRequest,  // /cola/SOL-…
    SignIn,        // /entrar?a=/pedir       /sign-in
    Settings,      // /ajustes               /settings
    Device,        // /este-navegador        /this-browser
    Articles,      // /articulos             /articles: what waits for whoever keeps them
    NewArticle,    // /escribir              /write
    EditArticle,   // /escribir/KB0005       /write/KB0005, the id of a proposal without article, or
                   // "~" and what a new one is about: a request, an item, words
    Review,        // /revision/<id>         /review/<id>: one version, beside the one before
    Knowledge,     // /conocimiento          /knowledge: what helps and what is missing
    NewOutage,     // /interrupciones/nueva  /outages/new
    Outage,        // /interrupciones/<id>   /outages/<id>
    NotFound,      // its key is the path: it may have been an article's
};

struct Route {
    Page page = Page::Home;
    std::string key = {};    // item, request, article number, outage; empty where the page has none
    std::string query = {};  // Search: q; Requests and Queue: the filter; SignIn: where to go then

    friend bool operator==(const Route&, const Route&) = default;
};

// Reads path and query; a fragment is ignored. Never fails: what is nobody's address is NotFound.
Route parse_route(std::string_view url);

// The address of `route`; parse_route gives the same route back.
std::string to_url(const Route& route);
inline std::string to_url(Page page, std::string key = {}, std::string query = {}) {
    return to_url(Route{page, std::move(key), std::move(query)});
}

// "/articulos/KB0005-vpn-errores-809-y-720": the words are for people and ignored when read.
std::string article_url(std::string_view number, std::string_view title);

// The value of a parameter of the query string, percent-decoded; empty when it is not there.
std::string url_parameter(std::string_view url, std::string_view name);

std::string percent_encoded(std::string_view text);
std::string percent_decoded(
    std::string_view text);  // "+" is a space; broken escapes stay as they are

}  // namespace ventanilla::views
