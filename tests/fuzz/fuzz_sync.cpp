#include "shared/sync/protocol.hpp"
#include "tests/fuzz/input.hpp"

// Everything either side reads from the other: cursors, queries, messages. Refused, or the same
// after a round. A forged cursor comes this far only with a broken MAC check, and must do no harm
// even then.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ventanilla;
    const std::string_view text = fuzz::text_of(data, size);
    if (const auto position = sync::decode_cursor(text)) {
        const auto again = sync::decode_cursor(sync::encode_cursor(*position));
        fuzz::must(again && *again == *position, "a cursor survives a round");
    }
    if (const auto query = sync::parse_pull_query(text)) {
        const std::string target = sync::pull_target(*query);
        const auto again = sync::parse_pull_query(target.substr(target.find('?') + 1));
        fuzz::must(again && sync::pull_target(*again) == target, "a query survives a round");
    }
    if (const auto request = sync::decode_push_request(text)) sync::encode(*request);
    if (const auto response = sync::decode_push_response(text)) {
        const std::string written = sync::encode(*response);
        const auto again = sync::decode_push_response(written);
        fuzz::must(again && sync::encode(*again) == written, "a push answer survives a round");
    }
    if (const auto response = sync::decode_pull_response(text)) {
        const std::string written = sync::encode(*response);
        const auto again = sync::decode_pull_response(written);
        fuzz::must(again && sync::encode(*again) == written, "a pull answer survives a round");
    }
    (void)sync::decode_hint(text);
    (void)sync::decode_sync_status(text);
    (void)sync::decode_problem(text);
    (void)sync::decode_login_request(text);
    (void)sync::decode_session_info(text);
    return 0;
}
