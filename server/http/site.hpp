#pragma once

#include <map>
#include <memory>
#include <string>

#include "server/http/message.hpp"

// The portal's files, held in memory with their compressed twins (name.br, name.gz). What is served
// is decided when the server starts; nothing a request says touches the disk.

namespace ventanilla::http {

class Site {
  public:
    // Reads all files under `folder`. Errors: NotFound when there is no such folder; TooLarge over
    // 64 MB.
    static Result<Site> load(const std::string& folder);

    // The file, or the portal's page for the paths of its screens (those without a dot in the last
    // part). 304 for a known ETag; 404 otherwise. `request` is GET or HEAD.
    [[nodiscard]] HttpResponse serve(const HttpRequest& request) const;

    // The text of a file; empty when it is not there.
    [[nodiscard]] std::string text_of(const std::string& path) const;

  private:
    struct Variant {
        std::shared_ptr<const std::string> bytes;
        std::string etag;
    };
    struct File {
        std::string type;
        std::string cache;
        Variant plain;
        Variant brotli;
        Variant gzip;
    };

    void add(const std::string& path, std::string bytes);
    [[nodiscard]] const File* find(const std::string& path) const;

    std::map<std::string, File> files_;  // by "/path"
};

}  // namespace ventanilla::http
