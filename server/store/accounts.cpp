#include "server/store/accounts.hpp"

#include <algorithm>

#include "server/store/changes.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::store {
namespace {

// The server's own steps have ids too; derived, so that seeding twice gives the same history.
Author own_step(const Snapshot& snapshot, std::string_view what) {
    Author author;
    author.type = concat("system.", what);
    author.cmd_id = derived_id("system", concat(what, ":", snapshot.meta().head + 1));
    return author;
}

std::vector<domain::Audience> open_audiences(const Snapshot& snapshot, const domain::RowRef& ref) {
    std::vector<domain::Audience> open;
    for (const Snapshot::Sight& sight : snapshot.sights(ref)) {
        if (!sight.touch.out_seq) open.push_back(sight.audience);
    }
    return open;  // by name
}

}  // namespace

Status put_account(Transaction& transaction,
                   const domain::User& user,
                   const std::string& hash,
                   Instant now) {
    TRY(put_user(transaction, user, own_step(transaction, "user"), now));
    if (!hash.empty())
        transaction.put_credential({.user = user.id, .hash = hash, .must_change = false});
    return ok();
}

bool put_own_row(Transaction& transaction,
                 const domain::RowRef& ref,
                 const Json& body,
                 const std::vector<domain::Audience>& audiences,
                 Instant now) {
    std::vector<domain::Audience> wanted = audiences;
    std::sort(wanted.begin(), wanted.end());
    const std::optional<domain::Row> old = transaction.find(ref);
    if (old && old->body == body && open_audiences(transaction, ref) == wanted) return false;
    const commands::Decision decision{
        .entity = ref,
        .changes = {{.ref = ref, .body = body, .audiences = wanted, .needs_number = false}}};
    apply(transaction, decision, own_step(transaction, domain::name(ref.type)), now);
    return true;
}

}  // namespace ventanilla::store
