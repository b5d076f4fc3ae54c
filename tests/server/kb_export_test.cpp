#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include <gtest/gtest.h>
#include <unistd.h>

#include "server/admin/tasks.hpp"
#include "server/store/accounts.hpp"
#include "server/store/store.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/row.hpp"

// `ventanilla kb export` and `kb import` on stores and real folders.

namespace ventanilla::server_test {
namespace {

namespace fs = std::filesystem;

const std::string kDemo = VENTANILLA_SOURCE_DIR "/assets/demo/articles";

// A store with nothing in it, and the tasks of the command line.
struct Kb {
    std::unique_ptr<store::Store> store =
        store::create_memory_store(derived_id("test", "epoch"), std::string(32, 'k'));
    auth::Passwords passwords;
    SeededRandom random{1};
    Instant now = from_ms(1'773'238'800'000);

    Result<std::string> run(const std::string& name, const Json& args) {
        return admin::run_task({.store = *store,
                                .passwords = passwords,
                                .clock = [this] { return now; },
                                .random = random,
                                .sign_out = {}},
                               name,
                               args);
    }

    std::map<std::string, std::string> articles() {
        std::map<std::string, std::string> out;
        EXPECT_TRUE(store->read([&](const store::Snapshot& snapshot) {
            for (const domain::Row& row : snapshot.rows(domain::RowType::Article))
                out.emplace(to_text(row.ref.id), dump_json(row.body));
            return ok();
        }));
        return out;
    }

    store::Seq head() {
        store::Seq head = 0;
        EXPECT_TRUE(store->read([&](const store::Snapshot& snapshot) {
            head = snapshot.meta().head;
            return ok();
        }));
        return head;
    }
};

class KbExport : public testing::Test {
  protected:
    KbExport() {
        std::string name = (fs::temp_directory_path() / "ventanilla-kb-XXXXXX").string();
        EXPECT_NE(::mkdtemp(name.data()), nullptr);
        root = name;
        folder = name + "/out";
        EXPECT_TRUE(kb.run("kb.import", {{"folder", kDemo}, {"source", "demo"}, {"lang", "es"}}));
    }
    ~KbExport() override { fs::remove_all(root); }

    std::string exported() {
        const Result<std::string> done = kb.run("kb.export", {{"folder", folder}});
        return done ? *done : "refused: " + done.error().detail;
    }

    [[nodiscard]] std::map<std::string, std::string> files() const {
        std::map<std::string, std::string> out;
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            if (!entry.is_regular_file()) continue;
            std::ifstream in(entry.path(), std::ios::binary);
            out.emplace(entry.path().lexically_relative(folder).generic_string(),
                        std::string(std::istreambuf_iterator<char>(in), {}));
        }
        return out;
    }

    void write(const std::string& path, const std::string& text) const {
        fs::create_directories(fs::path(folder + "/" + path).parent_path());
        std::ofstream(folder + "/" + path) << text;
    }

    Kb kb;
    std::string root, folder;
};

TEST_F(KbExport, OfTheDemoIsTheSameKnowledgeInAnEmptyStore) {
    EXPECT_EQ(exported(), "32 articles in 62 pages: 62 written, 0 unchanged, 0 removed\n");
    Kb empty;
    empty.now = kb.now + std::chrono::days{100};
    ASSERT_TRUE(empty.run("kb.import", {{"folder", folder}}));
    EXPECT_EQ(empty.articles(), kb.articles());
}

TEST_F(KbExport, IntoTheStoreItCameFromChangesNothing) {
    exported();
    const store::Seq head = kb.head();
    kb.now += std::chrono::days{3};
    const auto done = kb.run("kb.import", {{"folder", folder}});
    ASSERT_TRUE(done);
    EXPECT_NE(done->find("0 articles written, 32 unchanged"), std::string::npos) << *done;
    EXPECT_EQ(kb.head(), head);
}

TEST(KbImport, AgainChangesNothingHoweverTheFolderIsWritten) {
    Kb kb;
    const auto first = kb.run("kb.import", {{"folder", kDemo}});
    ASSERT_TRUE(first);
    EXPECT_NE(first->find("32 articles written, 0 unchanged"), std::string::npos) << *first;
    const auto articles = kb.articles();
    const store::Seq head = kb.head();
    for (const char* written : {"", "/", "/.", "/../articles//"}) {
        kb.now += std::chrono::days{1};
        const auto again = kb.run("kb.import", {{"folder", kDemo + written}});
        ASSERT_TRUE(again);
        EXPECT_NE(again->find("0 articles written, 32 unchanged"), std::string::npos) << *again;
    }
    EXPECT_EQ(kb.articles(), articles);
    EXPECT_EQ(kb.head(), head);
}

TEST_F(KbExport, AgainWritesNothingAnew) {
    exported();
    const auto before = files();
    EXPECT_EQ(exported(), "32 articles in 62 pages: 0 written, 62 unchanged, 0 removed\n");
    EXPECT_EQ(files(), before);
}

TEST_F(KbExport, AChangedPageComesBackAsANewVersionOfTheSameArticle) {
    exported();
    const auto pages = files();
    const std::string path = "05-vpn-errores.es.md";
    ASSERT_TRUE(pages.contains(path));
    write(path, pages.at(path) + "\nUna línea más.\n");
    const auto done = kb.run("kb.import", {{"folder", folder}});
    ASSERT_TRUE(done);
    EXPECT_NE(done->find("1 articles written, 31 unchanged"), std::string::npos) << *done;
    EXPECT_EQ(kb.articles().size(), 32U);
    EXPECT_EQ(exported(), "32 articles in 62 pages: 2 written, 60 unchanged, 0 removed\n")
        << "both languages say the new version";
}

TEST_F(KbExport, AnAddressAloneIsNoNewVersion) {
    // As a store is that imported the folder before addresses were kept.
    const auto without_addresses = [&](store::Transaction& transaction) {
        for (domain::Row row : transaction.rows(domain::RowType::Article)) {
            row.body.erase("addresses");
            store::put_own_row(transaction, row.ref, row.body, {"kb:public"}, kb.now);
        }
        return ok();
    };
    const auto with = kb.articles();
    ASSERT_TRUE(kb.store->write(without_addresses));
    ASSERT_NE(kb.articles(), with);
    ASSERT_TRUE(kb.run("kb.import", {{"folder", kDemo}, {"source", "demo"}, {"lang", "es"}}));
    EXPECT_EQ(kb.articles(), with) << "the addresses are there, and no version was counted";
}

TEST_F(KbExport, TakesAwayItsOwnOldPagesAndNothingElse) {
    exported();
    Kb small;
    ASSERT_TRUE(
        small.run("kb.import",
                  {{"folder", VENTANILLA_SOURCE_DIR "/tests/content/fixture"}, {"source", "f"}}));
    write("notas.txt", "mías");
    const auto done = small.run("kb.export", {{"folder", folder}});
    ASSERT_TRUE(done) << done.error().detail;
    EXPECT_EQ(*done, "5 articles in 6 pages: 6 written, 0 unchanged, 62 removed\n");
    EXPECT_EQ(files().at("notas.txt"), "mías");
    EXPECT_EQ(files().size(), 8U) << "six pages, the notes and the list";
    EXPECT_NE(exported().find("62 written, 0 unchanged, 6 removed"), std::string::npos);
    EXPECT_FALSE(fs::exists(folder + "/viajes")) << "a folder left empty goes too";
}

TEST_F(KbExport, LeavesAFolderAloneThatIsNotAnExport) {
    write("apuntes.md", "mis apuntes");
    const std::string refused = exported();
    EXPECT_NE(refused.find("name an empty folder or a new one"), std::string::npos) << refused;
    EXPECT_EQ(files().size(), 1U);
    folder += "/apuntes.md";
    EXPECT_NE(exported().find("is a file; name a folder"), std::string::npos);
}

TEST_F(KbExport, TakesAFolderUnderVersionControlForAnEmptyOne) {
    write(".git/config", "[core]");
    EXPECT_NE(exported().find("62 written"), std::string::npos);
    EXPECT_EQ(files().at(".git/config"), "[core]");
}

TEST_F(KbExport, LeavesAPageAloneThatSomebodyElsePutThere) {
    exported();
    const std::string page = "01-restablecer-contrasena.es.md";
    std::string list = files().at(".ventanilla-export");
    list.erase(list.find(page + "\n"), page.size() + 1);
    write(".ventanilla-export", list);
    EXPECT_NE(exported().find("62 unchanged"), std::string::npos) << "the same bytes are no loss";
    write(".ventanilla-export", list);
    write(page, "de otra persona");
    EXPECT_NE(exported().find("move it away and export again"), std::string::npos);
    EXPECT_EQ(files().at(page), "de otra persona");
}

TEST_F(KbExport, AListThatLeadsOutsideRemovesNothingThere) {
    exported();
    std::ofstream(root + "/ajeno.md") << "ajeno";
    write(".ventanilla-export", files().at(".ventanilla-export") + "../ajeno.md\n");
    exported();
    EXPECT_TRUE(fs::exists(root + "/ajeno.md"));
}

TEST_F(KbExport, AnEmptyStoreGivesAnEmptyExport) {
    Kb empty;
    const auto done = empty.run("kb.export", {{"folder", folder}});
    ASSERT_TRUE(done);
    EXPECT_EQ(*done, "0 articles in 0 pages: 0 written, 0 unchanged, 0 removed\n");
}

}  // namespace
}  // namespace ventanilla::server_test
