#include "server/http/site.hpp"

#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "server/http/problem.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::http {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSiteBytesMax = 64 * 1024 * 1024;

struct Type {
    std::string_view suffix;
    std::string_view name;
};

constexpr auto kTypes = std::to_array<Type>({
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".wasm", "application/wasm"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".ttf", "font/ttf"},
    {".otf", "font/otf"},
    {".txt", "text/plain; charset=utf-8"},
});

std::string_view type_of(const std::string& path) {
    for (const Type& type : kTypes) {
        if (path.size() > type.suffix.size() && path.ends_with(type.suffix)) return type.name;
    }
    return "application/octet-stream";
}

// Whether a part of the file's name is a hash of its content: eight or more hex digits between dots
// or dashes, as in portal.3f9a01bc.wasm.
bool is_hashed(const std::string& path) {
    std::size_t run = 0;
    bool has_digit = false;
    bool is_clean = true;
    const std::string name = path.substr(path.rfind('/') + 1);
    for (const char c : name) {
        if (c == '.' || c == '-' || c == '_') {
            if (is_clean && run >= 8 && has_digit) return true;
            run = 0;
            has_digit = false;
            is_clean = true;
        } else {
            ++run;
            has_digit = has_digit || std::isdigit(static_cast<unsigned char>(c)) != 0;
            is_clean = is_clean && std::isxdigit(static_cast<unsigned char>(c)) != 0;
        }
    }
    return false;
}

std::string_view cache_of(const std::string& path) {
    if (path == "/version.json") return "no-store";
    if (is_hashed(path)) return "public, max-age=31536000, immutable";
    return "no-cache";
}

std::string etag_of(const std::string& bytes) {
    return concat('"', to_hex(sha256_bytes(bytes)).substr(0, 24), '"');
}

// Whether Accept-Encoding lists `coding` without forbidding it. Source: RFC 9110, section 12.5.3.
bool accepts(std::string_view header, std::string_view coding) {
    while (!header.empty()) {
        const std::size_t end = std::min(header.find(','), header.size());
        const std::string_view item = trimmed(header.substr(0, end));
        const std::size_t semicolon = std::min(item.find(';'), item.size());
        if (trimmed(item.substr(0, semicolon)) == coding) {
            const std::string_view weight =
                trimmed(item.substr(std::min(semicolon + 1, item.size())));
            return weight != "q=0" && weight != "q=0.0" && weight != "q=0.00" &&
                   weight != "q=0.000";
        }
        header.remove_prefix(std::min(end + 1, header.size()));
    }
    return false;
}

}  // namespace

Result<Site> Site::load(const std::string& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) return Error{Errc::NotFound, "no folder " + folder, {}};
    Site site;
    std::size_t total = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
        if (!entry.is_regular_file()) continue;
        const std::string path = "/" + entry.path().lexically_relative(folder).generic_string();
        if (path.find("/.") != std::string::npos) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        std::string bytes{std::istreambuf_iterator<char>{file}, {}};
        total += bytes.size();
        if (total > kSiteBytesMax) return Error{Errc::TooLarge, "over 64 MB in " + folder, {}};
        site.add(path, std::move(bytes));
    }
    return site;
}

void Site::add(const std::string& path, std::string bytes) {
    const bool is_brotli = path.ends_with(".br");
    const bool is_gzip = path.ends_with(".gz");
    const std::string plain_path = is_brotli || is_gzip ? path.substr(0, path.size() - 3) : path;
    File& file = files_[plain_path];
    file.type = type_of(plain_path);
    file.cache = cache_of(plain_path);
    const std::string etag = etag_of(bytes);
    const Variant variant{std::make_shared<const std::string>(std::move(bytes)), etag};
    (is_brotli ? file.brotli : is_gzip ? file.gzip : file.plain) = variant;
}

const Site::File* Site::find(const std::string& path) const {
    const auto found = files_.find(path);
    return found != files_.end() && found->second.plain.bytes ? &found->second : nullptr;
}

HttpResponse Site::serve(const HttpRequest& request) const {
    const Result<std::string> path = percent_decoded(request.path);
    if (!path) return problem(400, "bad_request", language_of(request));
    const File* file = find(*path);
    const bool is_screen = path->find('.', path->rfind('/')) == std::string::npos;
    if (file == nullptr && is_screen) file = find("/index.html");
    if (file == nullptr) return problem(404, "not_found", language_of(request));

    const std::string_view codings = request.header("accept-encoding");
    const Variant* variant = &file->plain;
    std::string_view coding;
    if (file->brotli.bytes && accepts(codings, "br")) {
        variant = &file->brotli;
        coding = "br";
    } else if (file->gzip.bytes && accepts(codings, "gzip")) {
        variant = &file->gzip;
        coding = "gzip";
    }
    HttpResponse response;
    response.with("content-type", file->type)
        .with("cache-control", file->cache)
        .with("etag", variant->etag)
        .with("vary", "accept-encoding");
    if (!coding.empty()) response.with("content-encoding", coding);
    if (request.header("if-none-match").find(variant->etag) != std::string_view::npos) {
        response.status = 304;
    } else {
        response.shared_body = variant->bytes;
    }
    return response;
}

std::string Site::text_of(const std::string& path) const {
    const File* file = find(path);
    return file == nullptr ? std::string{} : *file->plain.bytes;
}

}  // namespace ventanilla::http
