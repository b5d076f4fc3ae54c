#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "server/admin/tasks.hpp"
#include "server/admin/whole_file.hpp"
#include "server/content/export.hpp"
#include "shared/base/text.hpp"

// `ventanilla kb export FOLDER`: all articles as Markdown. The folder keeps a list of what it
// holds, so that a later export knows what is its own; nothing else in it is touched.

namespace ventanilla::admin {
namespace {

namespace fs = std::filesystem;

// Hidden, so that an import passes it over.
constexpr const char* kListName = ".ventanilla-export";
constexpr std::string_view kListHead = "Pages written by `ventanilla kb export`, one a line:";

std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>{file}, {}};
}

class Folder {
  public:
    explicit Folder(fs::path path) : path_(std::move(path)) {
        std::string_view text = list_ = text_of(path_ / kListName);
        is_export_ = text.starts_with(kListHead);
        while (is_export_ && !text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            if (end > 0) own_.insert(std::string(text.substr(0, end)));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        own_.erase(std::string(kListHead));
    }

    // Errors: Invalid when it holds what no export wrote and this one would write over.
    [[nodiscard]] Status check(const std::vector<content::SourceFile>& files) const {
        std::error_code error;
        const fs::file_status status = fs::status(path_, error);
        if (fs::exists(status) && !fs::is_directory(status))
            return invalid(path_.string() + " is a file; name a folder", "folder");
        if (!is_export_ && fs::exists(status) && shows_something())
            return invalid(concat(path_.string(),
                                  " holds other things than an export, which would be mixed up "
                                  "with it; name an empty folder or a new one"),
                           "folder");
        for (const content::SourceFile& file : files) {
            const fs::path there = path_ / file.path;
            const bool is_foreign = fs::exists(fs::symlink_status(there, error)) &&
                                    own_.count(file.path) == 0 && !is_same(file);
            if (is_foreign)
                return invalid(concat(there.string(),
                                      " is not from an earlier export and would be lost; move it "
                                      "away and export again"),
                               "folder");
        }
        return ok();
    }

    // Brings the folder to hold `files`. The list names what may be there at any moment, so that an
    // export cut short can be done again. Errors: Unavailable.
    Status take(const std::vector<content::SourceFile>& files) {
        std::set<std::string> wanted;
        for (const content::SourceFile& file : files)
            wanted.insert(file.path);
        std::set<std::string> either = own_;
        either.insert(wanted.begin(), wanted.end());
        TRY(write_list(either));
        for (const content::SourceFile& file : files) {
            if (is_same(file)) continue;
            TRY(write_whole_file((path_ / file.path).string(), file.text));
            ++written_;
        }
        for (const std::string& old : own_) {
            if (wanted.count(old) == 0) remove(old);
        }
        return write_list(wanted);
    }

    [[nodiscard]] std::size_t written() const { return written_; }
    [[nodiscard]] std::size_t removed() const { return removed_; }

  private:
    // Hidden files are no reason to refuse: a folder under version control is a good place.
    [[nodiscard]] bool shows_something() const {
        std::error_code error;
        const fs::directory_iterator entries(path_, error);
        return error || std::any_of(begin(entries), end(entries), [](const auto& entry) {
                   return !entry.path().filename().string().starts_with('.');
               });
    }

    [[nodiscard]] bool is_same(const content::SourceFile& file) const {
        std::error_code error;
        const fs::path there = path_ / file.path;
        return fs::is_regular_file(fs::symlink_status(there, error)) && text_of(there) == file.text;
    }

    Status write_list(const std::set<std::string>& paths) {
        std::string text = concat(kListHead, "\n");
        for (const std::string& path : paths)
            text += path + "\n";
        if (text == list_) return ok();
        TRY(write_whole_file((path_ / kListName).string(), text));
        list_ = text;
        return ok();
    }

    // With the folders it leaves empty. A list that leads outside was written by somebody else.
    void remove(const std::string& old) {
        const fs::path relative = fs::path(old).lexically_normal();
        if (relative.is_absolute() || relative.begin()->string() == "..") return;
        std::error_code error;
        removed_ += fs::remove(path_ / relative, error) ? 1U : 0U;
        for (fs::path folder = relative.parent_path(); !folder.empty() && !error;
             folder = folder.parent_path()) {
            if (!fs::is_empty(path_ / folder, error) || !fs::remove(path_ / folder, error)) return;
        }
    }

    fs::path path_;
    std::string list_;
    bool is_export_ = false;
    std::set<std::string> own_;  // written by the last export
    std::size_t written_ = 0;
    std::size_t removed_ = 0;
};

struct Stored {
    std::vector<domain::Article> articles;
    std::size_t votes = 0;
    std::vector<std::string> damaged;
};

Result<Stored> stored_articles(store::Store& store) {
    Stored stored;
    TRY(store.read([&](const store::Snapshot& snapshot) {
        for (const domain::Row& row : snapshot.rows(domain::RowType::Article)) {
            Result<domain::Article> article = domain::article_from(row);
            if (!article) {
                stored.damaged.push_back(concat(to_text(row.ref.id), ": ", article.error().detail));
                continue;
            }
            stored.votes += static_cast<std::size_t>(article->votes_total);
            stored.articles.push_back(std::move(article).value());
        }
        return ok();
    }));
    return stored;
}

}  // namespace

Result<std::string> export_kb(const TaskContext& context, const Json& args) {
    const std::string name = TRY(text_at(args, "folder"));
    const Stored stored = TRY(stored_articles(context.store));
    const content::Export made = content::export_articles(stored.articles);
    Folder folder{fs::path(name)};
    TRY(folder.check(made.files));
    TRY(folder.take(made.files));
    std::string out;
    for (const std::string& sentence : stored.damaged)
        out += concat("left out, damaged: ", sentence, "\n");
    for (const std::string& sentence : made.losses)
        out += sentence + "\n";
    out += concat(stored.articles.size(),
                  " articles in ",
                  made.files.size(),
                  " pages: ",
                  folder.written(),
                  " written, ",
                  made.files.size() - folder.written(),
                  " unchanged, ",
                  folder.removed(),
                  " removed\n");
    if (stored.votes > 0)
        out += concat("not in the folder: ", stored.votes, " votes, which belong to the readers\n");
    return out;
}

}  // namespace ventanilla::admin
