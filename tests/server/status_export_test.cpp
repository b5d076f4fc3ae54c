#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "server/status/signature.hpp"
#include "server/status/snapshot.hpp"
#include "shared/base/text.hpp"
#include "tests/server/support_process.hpp"

namespace ventanilla::server_test {
namespace {

using public_status::opened_snapshot;
using public_status::signed_snapshot;

const Instant kNow = from_ms(1'773'238'800'000);

std::string private_key(char seed) {
    return std::string(public_status::kKeyBytes, seed);
}

std::string public_key(char seed) {
    return public_status::public_key_of(private_key(seed)).value_or("");
}

std::string snapshot() {
    const public_status::Model model = public_status::public_model({}, {}, kNow);
    return signed_snapshot(model, private_key('a')).value_or("");
}

TEST(Signature, KeepsToTheVectorsOfRfc8032) {
    std::string secret, expected_public, expected_signature;
    ASSERT_TRUE(
        from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", secret));
    ASSERT_TRUE(from_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                         expected_public));
    ASSERT_TRUE(
        from_hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                 "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
                 expected_signature));
    EXPECT_EQ(public_status::public_key_of(secret).value_or(""), expected_public);
    EXPECT_EQ(public_status::signature_of(secret, "\x72").value_or(""), expected_signature);
    EXPECT_TRUE(public_status::is_signed_by(expected_public, expected_signature, "\x72"));
    EXPECT_FALSE(public_status::is_signed_by(expected_public, expected_signature, "\x73"));
    EXPECT_FALSE(public_status::is_signed_by("short", expected_signature, "\x72"));
    EXPECT_FALSE(public_status::is_signed_by(expected_public, "short", "\x72"));
    EXPECT_EQ(public_status::public_key_of("short").error().code, Errc::Invalid);
}

TEST(Snapshot, SaysWhatWasSignedAndOfWhenItIs) {
    const Result<Json> content = opened_snapshot(snapshot(), public_key('a'));
    ASSERT_TRUE(content) << content.error().detail;
    EXPECT_EQ(text_or(*content, "as_of"), iso8601(kNow));
    EXPECT_EQ(text_or(*content, "expires_at"), iso8601(kNow + std::chrono::hours{24}));
    EXPECT_EQ(text_or(member(*content, "status"), "description"), "Status Unknown");
}

TEST(Snapshot, IsRefusedWhenAnyOfItsBytesIsAnother) {
    const std::string good = snapshot();
    const Json whole = parse_json(trimmed(good)).value_or(Json{});
    int tried = 0;
    for (std::size_t at = 0; at < good.size(); at += 3) {
        std::string broken = good;
        broken[at] = broken[at] == 'x' ? 'y' : 'x';
        const Result<Json> content = opened_snapshot(broken, public_key('a'));
        // Bits of base64 that mean nothing may differ; what was signed may not.
        const Json changed = parse_json(trimmed(broken)).value_or(Json{});
        EXPECT_TRUE(!content || member(changed, "payload") == member(whole, "payload")) << at;
        ++tried;
    }
    EXPECT_GT(tried, 100);
    EXPECT_EQ(opened_snapshot(good, public_key('b')).error().code, Errc::Corrupt);
    for (const char* text : {"", "{}", "[]", "{\"format\":\"ventanilla-status-1\"}", "\xff"})
        EXPECT_FALSE(opened_snapshot(text, public_key('a'))) << text;
}

TEST(StatusExport, WritesWhatTheServerServesAndASnapshotThatIsRefusedOnceChanged) {
    namespace fs = std::filesystem;
    Program program;
    const std::string to = program.folder() + "/mirror";
    int code = -1;
    const std::string said =
        program.run({"status", "export", to, "--public-url", "https://status.example"}, &code);
    ASSERT_EQ(code, 0) << said;
    for (const char* file : {"/public/status.es.html",
                             "/public/status.css",
                             "/history.atom",
                             "/calendar.ics",
                             "/api/v2/summary.json",
                             "/snapshot.json"})
        EXPECT_TRUE(fs::exists(to + file)) << file;
    struct stat key {};
    ASSERT_EQ(::stat((program.folder() + "/data/status.key").c_str(), &key), 0);
    EXPECT_EQ(key.st_mode & 0777U, 0600U);

    const std::string snapshot_file = to + "/snapshot.json";
    std::string printed = program.run({"status", "key"}, &code);
    const std::string public_text{trimmed(printed)};
    printed = program.run({"status", "verify", snapshot_file}, &code);
    EXPECT_EQ(code, 0) << printed;
    EXPECT_NE(printed.find("0 minutes old"), std::string::npos) << printed;
    program.run({"status", "verify", snapshot_file, "--key", public_text}, &code);
    EXPECT_EQ(code, 0);

    std::ifstream in(snapshot_file);
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    text.replace(text.find("Operational"), 11, "Is Very Bad");
    std::ofstream(snapshot_file) << text;
    printed = program.run({"status", "verify", snapshot_file, "--key", public_text}, &code);
    EXPECT_EQ(code, 1);
    EXPECT_NE(printed.find("do not trust it"), std::string::npos) << printed;
}

}  // namespace
}  // namespace ventanilla::server_test
