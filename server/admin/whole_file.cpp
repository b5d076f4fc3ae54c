#include "server/admin/whole_file.hpp"

#include <filesystem>
#include <fstream>

#include "shared/base/text.hpp"

namespace ventanilla::admin {

namespace fs = std::filesystem;

Status write_whole_file(const std::string& path, std::string_view bytes) {
    std::error_code error;
    fs::create_directories(fs::path{path}.parent_path(), error);
    const std::string next = path + ".new";
    std::ofstream file(next, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (file) fs::rename(next, path, error);
    if (!file || error) return Error{Errc::Unavailable, concat("cannot write ", path), {}};
    return ok();
}

}  // namespace ventanilla::admin
