#include "server/status/snapshot.hpp"

#include "server/status/signature.hpp"
#include "server/status/statuspage_json.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::public_status {
namespace {

constexpr std::string_view kFormat = "ventanilla-status-1";

// What is signed, so that the signature is good for nothing else.
std::string signed_bytes(std::string_view payload) {
    return concat(kFormat, "\n", payload);
}

}  // namespace

Result<std::string> signed_snapshot(const Model& model, std::string_view private_key) {
    Json content = statuspage_answer(model, "/api/v2/summary.json");
    content["as_of"] = iso8601(model.as_of);
    content["expires_at"] = iso8601(model.as_of + kSnapshotTrusted);
    const std::string payload = dump_json(content);
    const std::string signature = TRY(signature_of(private_key, signed_bytes(payload)));
    return dump_json({{"format", kFormat},
                      {"payload", payload},
                      {"signature", to_base64url(signature)}}) +
           "\n";
}

Result<Json> opened_snapshot(std::string_view text, std::string_view public_key) {
    const Result<Json> outer = parse_json(trimmed(text));
    if (!outer || text_or(*outer, "format") != kFormat)
        return invalid("this is no snapshot of a status page");
    const std::string payload = text_or(*outer, "payload");
    std::string signature;
    const bool is_coded = from_base64url(text_or(*outer, "signature"), signature);
    if (!is_coded || !is_signed_by(public_key, signature, signed_bytes(payload)))
        return Error{Errc::Corrupt,
                     "the snapshot is not as it was signed, or was signed with another key: do not "
                     "trust it",
                     {}};
    return parse_json(payload);
}

}  // namespace ventanilla::public_status
