#include "shared/sync/local_store.hpp"
#include "tests/fuzz/input.hpp"

// The files of a device, damaged in any way: the boot survives, and says what it could not read.
// The first byte chooses the file; what follows are its bytes, bare and again inside a good frame,
// so that the search gets behind the CRC.

namespace {

using namespace ventanilla;

void read_all(std::string_view bytes) {
    (void)sync::unframe(bytes);
    (void)sync::unframe_all(bytes);
    (void)sync::decode_outbox(bytes);
    bool is_damaged = false;
    (void)sync::decode_acked(bytes, is_damaged);
    (void)sync::decode_manifest(bytes);
    (void)sync::decode_draft(bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes = fuzz::text_of(data + 1, size - 1);
    const std::string framed = sync::frame(bytes);
    const auto opened = sync::unframe(framed);
    fuzz::must(opened && *opened == bytes, "a frame survives a round");
    read_all(bytes);
    read_all(framed);
    (void)sync::decode_delta(bytes);
    (void)sync::decode_rows(bytes);

    const std::string paths[] = {
        std::string(sync::kManifestPath),
        std::string(sync::kSessionFile),
        std::string(sync::kOutboxFolder) + "00112233445566778899aabbccddeeff",
        sync::shard_path(1, 0),
        sync::journal_path(1, 0),
        sync::acked_path(0),
        std::string(sync::kDraftsFolder) + "x"};
    const std::string& path = paths[data[0] % std::size(paths)];
    (void)sync::read_store({{path, std::string(bytes)}});
    const sync::Boot boot = sync::read_store({{path, framed}});
    if (path.starts_with(sync::kOutboxFolder))
        fuzz::must(boot.outbox.size() + boot.unreadable.size() == 1, "no command is dropped");
    return 0;
}
